"""Screens of the Wagtail admin for spaces."""
