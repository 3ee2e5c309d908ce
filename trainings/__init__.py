"""Trainings: tracks, obligations and proofs. The room is reserved; nothing is installed yet."""
