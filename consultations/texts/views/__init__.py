"""The screens of reform texts."""
