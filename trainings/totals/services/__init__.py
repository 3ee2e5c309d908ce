"""Verbs of totals."""

from .counting import count_answers

__all__ = ["count_answers"]
