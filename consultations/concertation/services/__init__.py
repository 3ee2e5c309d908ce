"""Verbs of concertation spaces."""
