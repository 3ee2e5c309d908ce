"""Processes in the Wagtail admin: list, editor, picture, check, activation, new version, adoption."""
