"""Drafts: written by members, or typed by the team for a table; their text goes from version to version."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.models import Panel
from panels.rules import may_run
from panels.services.recording import record
from src.foundations import clock
from src.foundations.text import tidy

from ..enums import AmendmentState, DraftState
from ..models import Recommendation, RecommendationVersion
from ..models.drafting import MOST_REASON, MOST_TEXT, MOST_TITLE
from .gates import held_draft, member_of, worded, writer, writing

MOST_NOTE = 300


@transaction.atomic
def write_draft(*, actor, panel: Panel, title: str, text: str, for_table: str = "") -> Recommendation:
    """Begin a recommendation, under the next number. Members, or the team for a table, which it names."""
    held = writing(panel)
    who = writer(actor, held, for_table)
    words = _words(title, text)
    last = Recommendation.objects.filter(panel=held).aggregate(last=Max("number"))["last"] or 0
    made = Recommendation.objects.create(panel=held, number=last + 1, created_at=clock.now())
    add_version(made, **words, **who)
    record("draft_written", held, actor=actor, about=f"recommendation:{made.number}")
    return made


@transaction.atomic
def write_version(
    *, actor, recommendation: Recommendation, title: str, text: str, note: str, on: int | None = None,
    for_table: str = "",
) -> RecommendationVersion:  # fmt: skip
    """Other words for a draft, as a new version; the former ones stay. Whoever began it, or the team for a table.

    ``on``: the number of the version that was read. Refuses another one written meanwhile, words that don't change
    anything, a recommendation that is voted or was withdrawn. Says what changes, and why.
    """
    held = held_draft(recommendation)
    who = writer(actor, held.panel, for_table)
    if not may_write_version(actor, held):
        raise PermissionDenied(_("Propose an amendment: this draft was begun by somebody else."))
    last = held.versions.last()
    if on is not None and last.number != on:
        raise ValidationError(_("Somebody wrote a new version meanwhile: read it first."), code="stale")
    words = _words(title, text)
    if (words["title"], words["text"]) == (last.title, last.text):
        raise ValidationError({"text": _("Nothing changes in these words.")})
    said = worded("note", note, MOST_NOTE, one_line=True, missing=_("Say what changes, and why."))
    made = add_version(held, note=said, **words, **who)
    record("version_written", held.panel, actor=actor, about=f"recommendation:{held.number}/{made.number}")
    return made


def may_write_version(actor, recommendation: Recommendation) -> bool:
    """Whether somebody writes the draft again: the team, or the member who began it."""
    if may_run(actor, recommendation.panel):
        return True
    found = member_of(actor, recommendation.panel)
    return found is not None and recommendation.versions.filter(number=1, written_by=found).exists()


@transaction.atomic
def withdraw_draft(*, actor, recommendation: Recommendation, because: str) -> Recommendation:
    """Withdraw a draft, with a reason members read; its number isn't used again. Whoever began it, or the team."""
    held = held_draft(recommendation)
    if not may_write_version(actor, held):
        raise PermissionDenied(_("Whoever began this draft withdraws it, or the team when the panel says so."))
    held.withdrawn_because = worded("because", because, MOST_REASON, missing=_("Write why."))
    held.state = DraftState.WITHDRAWN
    held.save(update_fields=["withdrawn_because", "state"])
    held.amendments.filter(state=AmendmentState.OPEN).update(
        state=AmendmentState.REJECTED, reason=_("The recommendation was withdrawn."), ended_at=clock.now()
    )
    record("draft_withdrawn", held.panel, actor=actor, about=f"recommendation:{held.number}")
    return held


def add_version(recommendation: Recommendation, **fields) -> RecommendationVersion:
    """The next version of a held draft, in the caller's transaction."""
    last = recommendation.versions.aggregate(last=Max("number"))["last"] or 0
    return RecommendationVersion.objects.create(
        recommendation=recommendation, number=last + 1, created_at=clock.now(), **fields
    )


def _words(title: str, text: str) -> dict:
    return {
        "title": worded("title", tidy(title, one_line=True), MOST_TITLE, one_line=True),
        "text": worded("text", text, MOST_TEXT),
    }
