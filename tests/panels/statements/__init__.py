"""Statements of panels."""
