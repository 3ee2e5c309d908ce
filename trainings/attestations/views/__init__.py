"""Screens of attestations."""
