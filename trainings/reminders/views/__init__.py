"""Screens of reminders."""
