"""Questionnaires: what is asked, who answers once, and what may be told of it."""
