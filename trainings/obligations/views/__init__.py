"""Screens of obligations."""
