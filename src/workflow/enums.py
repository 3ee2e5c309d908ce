"""Closed lists the code reasons on; a city names its stages freely."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageKind(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("stage kind", "Submitted")
    OPEN = "open", pgettext_lazy("stage kind", "Open")
    QUALIFIED = "qualified", pgettext_lazy("stage kind", "Oriented")
    SHORTLISTED = "shortlisted", pgettext_lazy("stage kind", "Shortlisted")
    NEEDS_INFO = "needs_info", pgettext_lazy("stage kind", "Question to the author")
    TRANSFERRED = "transferred", pgettext_lazy("stage kind", "Proposed to another direction")
    IN_REVIEW = "in_review", pgettext_lazy("stage kind", "Under study")
    COUNTERSIGN = "countersign", pgettext_lazy("stage kind", "Answer to countersign")
    DECISION_PENDING = "decision_pending", pgettext_lazy("stage kind", "Awaiting a decision")
    ACCEPTED = "accepted", pgettext_lazy("stage kind", "Accepted")
    SELECTED = "selected", pgettext_lazy("stage kind", "Chosen among several")
    COHORT = "cohort", pgettext_lazy("stage kind", "In the cohort")
    PILOT = "pilot", pgettext_lazy("stage kind", "Trial")
    DEFERRED = "deferred", pgettext_lazy("stage kind", "Later")
    DECLINED = "declined", pgettext_lazy("stage kind", "Declined")
    ALREADY_DONE = "already_done", pgettext_lazy("stage kind", "Already in place")
    IN_PROGRESS = "in_progress", pgettext_lazy("stage kind", "In progress")
    DELIVERED = "delivered", pgettext_lazy("stage kind", "Done, to confirm")
    VERIFIED = "verified", pgettext_lazy("stage kind", "Confirmed")
    GRADUATED = "graduated", pgettext_lazy("stage kind", "Graduated")
    STOPPED = "stopped", pgettext_lazy("stage kind", "Stopped")
    MERGED = "merged", pgettext_lazy("stage kind", "Merged")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage kind", "Withdrawn")
    REMOVED = "removed", pgettext_lazy("stage kind", "Removed")
    DORMANT = "dormant", pgettext_lazy("stage kind", "Dormant")


DECIDED = frozenset({"accepted", "selected", "cohort", "pilot", "deferred", "declined", "already_done"})
# Entering one of these closes what was asked: a transition into them carries a form with a reason.
CLOSING = DECIDED | {"stopped", "merged", "withdrawn", "removed"}
# Stages where a subject may rest for good.
FINAL = CLOSING | {"verified", "graduated", "dormant"}


class ProcessStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", pgettext_lazy("version", "In use")
    RETIRED = "retired", pgettext_lazy("version", "Replaced")


class AdoptionState(models.TextChoices):
    """An adoption waits for the relay, runs in slices, ends; a cancelled one keeps what it already moved."""

    WAITING = "waiting", pgettext_lazy("adoption", "Waiting")
    RUNNING = "running", pgettext_lazy("adoption", "Under way")
    DONE = "done", pgettext_lazy("adoption", "Finished")
    CANCELLED = "cancelled", pgettext_lazy("adoption", "Interrupted")


class ClockEffect(models.TextChoices):
    """What a transition does to the promised date."""

    NONE = "none", _("The clock keeps running")
    PAUSE = "pause", _("The clock is paused")
    RESUME = "resume", _("The clock starts again")
    STOP = "stop", _("The clock stops: answered or closed")


class Actor(models.TextChoices):
    """Who may act beside the roles of the directory."""

    AUTHOR = "author", pgettext_lazy("who acts", "Author")
    SYSTEM = "system", _("The clock (automatic)")


# The journal's word for a passage made by an adoption: no transition may take it.
ADOPTION_SLUG = "adoption"
# The journal's word for the passage that corrects the one before it, while nobody has been told.
TAKEN_BACK_SLUG = "taken-back"
