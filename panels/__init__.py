"""Panels: recruitment, draw and life of citizen panels. The room is reserved; nothing is installed yet."""
