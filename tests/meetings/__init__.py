"""Meetings and concertation spaces."""
