"""Screens of accountability: answers in figures, measures and their workshop, the questions asked on the ground."""
