"""Reading ideas from another program: ``/api/v1/ideas/``, through the same gate and the same words as the screens.

No account, no handle, no sequence; contributions that aren't signed carry the Monday of their week and nothing finer.
"""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import field_validator

from src.foundations import references
from src.participation.enums import IdentityMode

from . import selectors
from .forms.fields import plain_text
from .models import Idea

PAGE_SIZE = 50

router = Router(tags=["ideas"])


class IdeaOut(Schema):
    """One line of a list."""

    reference: str
    url: str
    space: str
    kind: str
    title: str
    excerpt: str
    step: str | None
    step_label: str
    outcome: str | None
    direction: str
    signed_as: str
    tags: list[str]
    supports: int
    imported_supports: int
    comments: int
    week: date
    promised_on: date | None
    is_late: bool
    is_archive: bool
    channel: str


class AnswerOut(Schema):
    """The official response, once announced."""

    outcome: str
    text_html: str
    reason: str
    reopening_conditions: str
    revisit_on: date | None
    signed_by: str
    announced_on: date


class StepOut(Schema):
    """One of the public steps."""

    step: str
    label: str
    state: str
    when: str


class IdeaPageOut(IdeaOut):
    """An idea with its text, its way and its answer."""

    identity_mode: str
    created_on: date | None
    text_html: str
    answer: AnswerOut | None
    steps: list[StepOut]


class IdeaPageOfList(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[IdeaOut]
    next: str | None


class ListQuery(Schema):
    """What may be asked. There is no ``since``: order by time would tell who wrote when."""

    q: str = ""
    step: str = ""
    outcome: str = ""
    direction: str = ""
    space: str = ""
    tag: str = ""
    kind: str = ""
    sort: str = "newest"
    cursor: str = ""

    @field_validator("q", "step", "outcome", "direction", "space", "tag", "kind", "sort", mode="after")
    @classmethod
    def _readable(cls, value: str) -> str:
        """Signs no database takes (NUL, halves of signs) are left out, as the screens do."""
        return plain_text(value)[:200]


def _line(row) -> dict:
    return {
        "reference": row.reference,
        "url": row.url,
        "space": row.space_slug,
        "kind": row.kind,
        "title": row.title,
        "excerpt": row.excerpt,
        "step": str(row.step) if row.step else None,
        "step_label": str(row.step_label),
        "outcome": row.outcome or None,
        "direction": row.direction_label,
        "signed_as": str(row.author_label),
        "tags": [name for _slug, name in row.tags],
        "supports": row.supports,
        "imported_supports": row.imported_supports,
        "comments": row.comments,
        "week": row.week,
        "promised_on": row.promised_on,
        "is_late": row.is_late,
        "is_archive": row.is_archive,
        "channel": row.channel,
    }


@router.get("/", response=IdeaPageOfList, summary="Ideas one may see")
def list_ideas(request, asked: Query[ListQuery]):
    """Ideas the caller may see, newest week first. A stranger reads those of spaces open to everyone."""
    found = selectors.idea_list(
        request.viewer,
        q=asked.q,
        step=asked.step,
        outcome=asked.outcome,
        direction=asked.direction,
        space=asked.space,
        tag=asked.tag,
        kind=asked.kind,
        sort=asked.sort,
        cursor=asked.cursor or None,
        size=PAGE_SIZE,
        with_tags=True,
    )
    return {"items": [_line(row) for row in found.rows], "next": found.next_cursor or None}


@router.get("/{reference}/", response=IdeaPageOut, summary="One idea")
def read_idea(request, reference: str):
    """One idea the caller may see; 404 otherwise, as if it didn't exist."""
    get_object_or_404(Idea.objects.visible_to(request.viewer).only("pk"), reference=references.normalise(reference))
    page = selectors.idea_page(request.viewer, references.normalise(reference))
    named = page.idea.identity_mode == IdentityMode.NAMED
    return {
        **_line(page.row),
        "identity_mode": page.idea.identity_mode,
        "created_on": timezone.localdate(page.idea.created_at) if named else None,
        "text_html": "" if page.body_hidden else str(page.body_html),
        "answer": _answer(page.answer) if page.answer else None,
        "steps": [
            {"step": str(step.step), "label": str(step.label), "state": step.state, "when": step.when_label}
            for step in page.timeline
        ],
    }


def _answer(answer) -> dict:
    return {
        "outcome": answer.outcome,
        "text_html": str(answer.html),
        "reason": str(answer.reason_label),
        "reopening_conditions": answer.reopening_conditions,
        "revisit_on": answer.revisit_on,
        "signed_by": answer.signed_by,
        "announced_on": answer.announced_on,
    }
