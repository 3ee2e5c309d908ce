"""Screens of participation: openings of identities, and how a name is protected."""
