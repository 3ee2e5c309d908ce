"""Reading measures from another program: ``/api/v1/measures/``, through the same gate and words as the screens."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import field_validator

from src.foundations import references
from src.foundations.plain_fields import plain_text

from . import measure_page
from . import measure_reading as reading
from .measure_files import measure_as_dict
from .models import Measure

PAGE_SIZE = 50

router = Router(tags=["measures"])


class MeasureOut(Schema):
    """One line of the list."""

    reference: str
    url: str
    title: str
    changes: str
    status: str
    status_label: str
    is_trial: bool
    year: int
    theme: str
    place: str
    direction: str
    budget: int | None
    due_on: date | None
    news_on: date | None
    silent_days: int
    is_imported: bool
    # Signatures of authors who asked that the measure says so; empty otherwise.
    born_of_ideas_of: list[str]


class MeasurePageOfList(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[MeasureOut]
    next: str | None


class MilestoneOut(Schema):
    """A step with its planned day, and the day it was done."""

    title: str
    planned_on: date | None
    done_on: date | None


class NewsOut(Schema):
    """A piece of news, as its page shows it."""

    on: date
    text: str
    signed_as: str


class MeasureFullOut(MeasureOut):
    """One measure with its steps and its news."""

    sentence: str
    milestones: list[MilestoneOut]
    news: list[NewsOut]


class MeasureQuery(Schema):
    """What may be asked: the words of the public page's address."""

    q: str = ""
    etat: str = ""
    direction: str = ""
    origine: str = ""
    annee: str = ""
    cursor: str = ""

    @field_validator("q", "etat", "direction", "origine", "annee", mode="after")
    @classmethod
    def _readable(cls, value: str) -> str:
        """Signs no database takes (NUL, halves of signs) are left out, as the screens do."""
        return plain_text(value)[:200]


@router.get("/", response=MeasurePageOfList, summary="Measures")
def list_measures(request, asked: Query[MeasureQuery]):
    """Measures the caller may see, the latest year first. A stranger reads every published one."""
    question = reading.MeasureQuestion.read(asked.dict(exclude={"cursor"}))
    page = reading.measure_list(request.viewer, question, cursor=asked.cursor, size=PAGE_SIZE)
    return {"items": [measure_as_dict(row) for row in page.items], "next": page.next_cursor or None}


@router.get("/{reference}/", response=MeasureFullOut, summary="One measure")
def read_measure(request, reference: str):
    """One measure the caller may see; 404 otherwise, as if it didn't exist."""
    try:
        page = measure_page.read(request.viewer, references.normalise(reference))
    except Measure.DoesNotExist:
        raise Http404 from None
    return {
        **measure_as_dict(page.row),
        "sentence": page.sentence,
        "milestones": [
            {"title": one.title, "planned_on": one.planned_on, "done_on": one.done_on}
            for one in sorted(page.measure.milestones.all(), key=lambda one: (one.done_on or one.planned_on, one.pk))
        ],
        "news": [{"on": note.on, "text": note.text, "signed_as": note.signed_as} for note in page.notes],
    }
