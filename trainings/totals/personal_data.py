"""Totals hold nobody."""

from src.foundations.personal_data import declare_impersonal

from .models import QuestionTotal, SceneTotal

declare_impersonal(
    "trainings_totals",
    (
        (QuestionTotal, "How many people answered what, eleven at least at a time."),
        (SceneTotal, "How many people chose what at a scene, eleven at least at a time."),
    ),
)
