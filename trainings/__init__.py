"""Trainings: tracks and their versions, modules, questions; rooms inside hold learning, proofs and obligations."""
