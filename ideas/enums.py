"""Closed lists of ideas."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.workflow.enums import DECIDED

# Roles of the directory (for a unit or a space) that mean something on an idea.
IDEA_ROLES = frozenset(
    role.value
    for role in (
        Role.MODERATOR,
        Role.FACILITATOR,
        Role.IDEA_CORRESPONDENT,
        Role.INSTRUCTOR,
        Role.DELEGATE,
        Role.DECISION_MAKER,
    )
)
# Those whose word may be said in the name of their role.
OFFICIAL_VOICES = frozenset(
    role.value
    for role in (
        Role.FACILITATOR,
        Role.IDEA_CORRESPONDENT,
        Role.INSTRUCTOR,
        Role.DELEGATE,
        Role.DECISION_MAKER,
        Role.MODERATOR,
    )
)
# Those who handle an idea for the direction that has it, and write internal notes: not those who moderate.
NOTE_ROLES = IDEA_ROLES - {Role.MODERATOR.value}


class IdeaKind(models.TextChoices):
    IDEA = "idea", _("Idea")
    PAIN_POINT = "pain_point", _("Pain point")
    # A question put to debate elsewhere; exists only in archives.
    DEBATE = "debate", _("Debate question")


class FileKind(models.TextChoices):
    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")


class IdeaScale(models.TextChoices):
    """Said at orientation: a project is studied, the others are answered by one person and countersigned."""

    QUICK_FIX = "quick_fix", _("Quick fix")
    ALREADY_DONE = "already_done", _("Already in place")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    PROJECT = "project", _("Project to study")


class PublicStep(models.TextChoices):
    """The five public steps (settled.md), plus the side words of the glossary."""

    RECEIVED = "received", _("Received")
    STUDY = "study", _("Under study")
    DECIDED = "decided", _("Decided")
    IN_PROGRESS = "in_progress", _("In progress")
    CONFIRMED = "confirmed", _("Confirmed")


PUBLIC_STEP_OF_KIND = {
    "submitted": PublicStep.RECEIVED,
    "open": PublicStep.RECEIVED,
    "qualified": PublicStep.RECEIVED,
    "transferred": PublicStep.RECEIVED,
    "needs_info": PublicStep.RECEIVED,
    "shortlisted": PublicStep.STUDY,
    "countersign": PublicStep.STUDY,
    "in_review": PublicStep.STUDY,
    "decision_pending": PublicStep.STUDY,
    "accepted": PublicStep.DECIDED,
    "selected": PublicStep.DECIDED,
    "cohort": PublicStep.DECIDED,
    "pilot": PublicStep.DECIDED,
    "deferred": PublicStep.DECIDED,
    "declined": PublicStep.DECIDED,
    "already_done": PublicStep.DECIDED,
    "in_progress": PublicStep.IN_PROGRESS,
    "delivered": PublicStep.IN_PROGRESS,
    "verified": PublicStep.CONFIRMED,
    "graduated": PublicStep.CONFIRMED,
}

# Kinds that aren't one of the five steps are told by their own word.
SIDE_KINDS = ("withdrawn", "dormant", "stopped", "merged", "removed")

# Kind of stage that an answer leads to, when it isn't named as the answer: a "yes" among several is "chosen", a "yes"
# to an application is a seat in the cohort.
STAGES_OF_OUTCOME = {"accepted": frozenset({"accepted", "selected", "cohort"})}


def outcome_of_stage(kind: str) -> str:
    """The answer that a stage of decision says; empty for the other stages."""
    if kind not in DECIDED:
        return ""
    return next((outcome for outcome, kinds in STAGES_OF_OUTCOME.items() if kind in kinds), kind)


def leads_to(outcome: str, kind: str) -> bool:
    """Whether an answer may bring an idea to a stage of this kind."""
    return kind in STAGES_OF_OUTCOME.get(outcome, (outcome,))


# The guard of an answer that one person drafts without a study.
ALONE = "one_person_answer"
ONE_PERSON_SCALES = frozenset({IdeaScale.QUICK_FIX, IdeaScale.ALREADY_DONE, IdeaScale.OUT_OF_SCOPE})
