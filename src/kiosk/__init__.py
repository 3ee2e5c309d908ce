"""Shared devices (bornes): enrolled, limited to a visit, and leaving nothing for the next person."""
