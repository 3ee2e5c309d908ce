"""Closed lists the code reasons on; a city names its stages freely."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StageKind(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    OPEN = "open", _("Open")
    QUALIFIED = "qualified", _("Oriented")
    NEEDS_INFO = "needs_info", _("Question to the author")
    TRANSFERRED = "transferred", _("Proposed to another direction")
    IN_REVIEW = "in_review", _("Under study")
    COUNTERSIGN = "countersign", _("Answer to countersign")
    DECISION_PENDING = "decision_pending", _("Awaiting a decision")
    ACCEPTED = "accepted", _("Accepted")
    PILOT = "pilot", _("Trial")
    DEFERRED = "deferred", _("Later")
    DECLINED = "declined", _("Declined")
    ALREADY_DONE = "already_done", _("Already in place")
    IN_PROGRESS = "in_progress", _("In progress")
    DELIVERED = "delivered", _("Done, to confirm")
    VERIFIED = "verified", _("Confirmed")
    STOPPED = "stopped", _("Stopped")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed")
    DORMANT = "dormant", _("Dormant")


DECIDED = frozenset({"accepted", "pilot", "deferred", "declined", "already_done"})
# Entering one of these closes what was asked: a transition into them carries a form with a reason.
CLOSING = DECIDED | {"stopped", "merged", "withdrawn", "removed"}
# Stages where a subject may rest for good.
FINAL = CLOSING | {"verified", "dormant"}


class ProcessStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In use")
    RETIRED = "retired", _("Replaced")


class AdoptionState(models.TextChoices):
    """An adoption waits for the relay, runs in slices, ends; a cancelled one keeps what it already moved."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Interrupted")


class ClockEffect(models.TextChoices):
    """What a transition does to the promised date."""

    NONE = "none", _("The clock keeps running")
    PAUSE = "pause", _("The clock is paused")
    RESUME = "resume", _("The clock starts again")
    STOP = "stop", _("The clock stops: answered or closed")


class Actor(models.TextChoices):
    """Who may act beside the roles of the directory."""

    AUTHOR = "author", _("Author")
    SYSTEM = "system", _("The clock (automatic)")


# The journal's word for a passage made by an adoption: no transition may take it.
ADOPTION_SLUG = "adoption"
