"""Screens of the paper desk, and of following by code."""
