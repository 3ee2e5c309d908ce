"""Closed lists of what is owed and answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    """Same codes as the stages they lead to."""

    ACCEPTED = "accepted", _("Yes")
    PILOT = "pilot", _("Trial")
    DEFERRED = "deferred", _("Later")
    DECLINED = "declined", _("No")
    ALREADY_DONE = "already_done", _("Already in place")


# Answers that say what could change them, and can be looked at again.
REFUSALS = (Outcome.DECLINED, Outcome.DEFERRED)


class Reason(models.TextChoices):
    """Closed list of reasons of an answer (demo/glossary)."""

    RULE = "regle", _("A rule forbids it")
    BUDGET = "budget", _("No budget this year")
    COMPETENCE = "competence", _("Not for the City to decide")
    SAFETY = "securite", _("Safety of people")
    PRIVACY = "vie_privee", _("Protection of privacy")
    EQUALITY = "egalite", _("Would create an inequality")
    TECHNICAL = "technique", _("Not possible with our tools")
    EFFECT = "effet", _("Would not solve the problem")
    EXISTING = "deja", _("Already exists")
    PRIORITY = "priorite", _("Other priorities first")


class ConditionKind(models.TextChoices):
    """What has to change for a “no” or a “later” to be looked at again."""

    BUDGET = "budget", pgettext_lazy("condition", "A budget")
    LAW = "loi", pgettext_lazy("condition", "A law or a rule")
    TOOL = "outil", pgettext_lazy("condition", "A tool")
    YEAR = "annee", pgettext_lazy("condition", "A year or a date")
    PEOPLE = "equipe", pgettext_lazy("condition", "People to do it")
    PROOF = "preuve", pgettext_lazy("condition", "Proof that it works")
    OTHER = "autre", pgettext_lazy("condition", "Something else")


# What a condition is about when whoever answers doesn't say: read from the reason of the answer.
KIND_OF_REASON = {
    Reason.RULE: ConditionKind.LAW,
    Reason.BUDGET: ConditionKind.BUDGET,
    Reason.COMPETENCE: ConditionKind.LAW,
    Reason.PRIVACY: ConditionKind.LAW,
    Reason.TECHNICAL: ConditionKind.TOOL,
    Reason.EFFECT: ConditionKind.PROOF,
    Reason.PRIORITY: ConditionKind.YEAR,
}


class MeasureStatus(models.TextChoices):
    """Where a measure stands. Done is the implementer's word; confirmed is the ground's."""

    PLANNED = "planned", pgettext_lazy("measure", "To come")
    STUDIES = "studies", pgettext_lazy("measure", "Being studied")
    PROCEDURE = "procedure", pgettext_lazy("measure", "Being ordered")
    WORKS = "works", pgettext_lazy("measure", "Being done")
    DELIVERED = "delivered", pgettext_lazy("measure", "Done, to confirm")
    VERIFIED = "verified", pgettext_lazy("measure", "Confirmed")
    STOPPED = "stopped", pgettext_lazy("measure", "Stopped")


# In these somebody must give news; each is a step a manager may choose.
RUNNING = (MeasureStatus.PLANNED, MeasureStatus.STUDIES, MeasureStatus.PROCEDURE, MeasureStatus.WORKS)
ENDED = (MeasureStatus.VERIFIED, MeasureStatus.STOPPED)


class Confirmation(models.TextChoices):
    """How a measure was confirmed: never by whoever delivered it."""

    SAMPLE = "sample", _("People drawn by lot, on the ground")
    WORD = "word", _("The word of the correspondent, with a photo")


class StepKind(models.TextChoices):
    """What happened to a measure; its history keeps one row each, for good."""

    BORN = "born", pgettext_lazy("history of a measure", "Decided")
    ADOPTED = "adopted", pgettext_lazy("history of a measure", "Taken in hand")
    PUBLISHED = "published", pgettext_lazy("history of a measure", "Published")
    REWORDED = "reworded", pgettext_lazy("history of a measure", "Put in other words")
    MOVED = "moved", pgettext_lazy("history of a measure", "New step")
    MILESTONE = "milestone", pgettext_lazy("history of a measure", "Date changed")
    DELIVERED = "delivered", pgettext_lazy("history of a measure", "Said to be done")
    REOPENED = "reopened", pgettext_lazy("history of a measure", "Taken up again")
    VERIFIED = "verified", pgettext_lazy("history of a measure", "Confirmed")
    STOPPED = "stopped", pgettext_lazy("history of a measure", "Stopped")


class CheckResult(models.TextChoices):
    """How a ground check ended; empty while it is open."""

    CONFIRMED = "confirmed", pgettext_lazy("ground check", "Confirmed")
    TO_CONFIRM = "to_confirm", pgettext_lazy("ground check", "Still to confirm")
    DROPPED = "dropped", pgettext_lazy("ground check", "Taken up again meanwhile")
