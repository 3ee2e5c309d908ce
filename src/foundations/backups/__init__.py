"""Encrypted backups: one file holds the database and the media, never the field keys nor what opens it."""
