"""Closed lists of tracks, modules and questions."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Nature(models.TextChoices):
    """What a track claims to be: learning that something exists, or learning to do it."""

    AWARENESS = "awareness", pgettext_lazy("track", "Awareness")
    TRAINING = "training", pgettext_lazy("track", "Training")


class ChangeKind(models.TextChoices):
    """How far a publication goes: words alone, a version for those who begin, or one that changes what is learnt."""

    EDITORIAL = "editorial", pgettext_lazy("version", "Words corrected: the version stays the same")
    MINOR = "minor", pgettext_lazy("version", "New version: those under way finish theirs")
    MAJOR = "major", pgettext_lazy("version", "New version that changes what is learnt")


class ModuleKind(models.TextChoices):
    """How a module is followed."""

    LESSON = "lesson", pgettext_lazy("module", "Lesson")
    SCENARIO = "scenario", pgettext_lazy("module", "Scenario")
    QUIZ = "quiz", pgettext_lazy("module", "Quiz")
    SESSION = "session", pgettext_lazy("module", "Session with a trainer")
    REFLECTION = "reflection", pgettext_lazy("module", "Reflection")


class QuestionKind(models.TextChoices):
    """How a question of a bank is answered."""

    SINGLE = "single", pgettext_lazy("bank", "One right answer")
    MULTIPLE = "multiple", pgettext_lazy("bank", "Several right answers")
    TRUE_FALSE = "true_false", pgettext_lazy("bank", "True or false")
    MATCHING = "matching", pgettext_lazy("bank", "Match two lists")
    ORDERING = "ordering", pgettext_lazy("bank", "Put in order")
    SHORT = "short", pgettext_lazy("bank", "Short text")


class FeedbackTime(models.TextChoices):
    """When the reasons of a quiz are told."""

    AFTER_ANSWER = "after_answer", pgettext_lazy("quiz", "After each answer")
    AT_END = "at_end", pgettext_lazy("quiz", "Once it is sent")
    AFTER_PASS = "after_pass", pgettext_lazy("quiz", "Once it is passed")


class MediaKind(models.TextChoices):
    """What a file of a lesson is."""

    VIDEO = "video", pgettext_lazy("media", "Film")
    AUDIO = "audio", pgettext_lazy("media", "Sound")
    CAPTIONS = "captions", pgettext_lazy("media", "Captions (VTT)")
