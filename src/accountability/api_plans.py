"""Reading plans from another program: ``/api/v1/plans/``, through the same gate and words as the screens."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import field_validator

from src.foundations import references
from src.foundations.plain_fields import plain_text

from . import plan_reading as reading
from .api import MeasureOut
from .models import Plan
from .plan_files import full_plan_as_dict, plan_as_dict

PAGE_SIZE = 50

router = Router(tags=["plans"])


class StandingOut(Schema):
    """How many measures stand where; a silent one is counted where it stands, and among ``silent``."""

    to_come: int
    under_way: int
    to_confirm: int
    confirmed: int
    stopped: int
    silent: int


class PlanOut(Schema):
    """One line of the list."""

    reference: str
    url: str
    title: str
    summary: str
    adopted_on: date
    ends_on: date | None
    direction: str
    measures: int
    standing: StandingOut


class PlanPageOfList(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[PlanOut]
    next: str | None


class PlanMeasureOut(MeasureOut):
    """A measure with its number in the plan."""

    number: int


class OrientationOut(Schema):
    """An orientation and its measures."""

    number: int
    title: str
    measures: list[PlanMeasureOut]


class AxisOut(Schema):
    """An axis, where all its measures stand, and its orientations."""

    number: int
    title: str
    standing: StandingOut
    orientations: list[OrientationOut]


class PlanFullOut(PlanOut):
    """One plan with its axes."""

    axes: list[AxisOut]


class PlanListQuery(Schema):
    """Where the list goes on."""

    cursor: str = ""


class PlanQuery(Schema):
    """What may be asked of a plan's measures: the words of the public page's address."""

    q: str = ""
    axe: str = ""
    etat: str = ""
    direction: str = ""

    @field_validator("q", "axe", "etat", "direction", mode="after")
    @classmethod
    def _readable(cls, value: str) -> str:
        """Signs no database takes (NUL, halves of signs) are left out, as the screens do."""
        return plain_text(value)[:200]


@router.get("/", response=PlanPageOfList, summary="Plans")
def list_plans(request, asked: Query[PlanListQuery]):
    """Plans the caller may see, the latest adopted first. A stranger reads every published one."""
    page = reading.plan_list(request.viewer, cursor=asked.cursor, size=PAGE_SIZE)
    return {"items": [plan_as_dict(row) for row in page.items], "next": page.next_cursor or None}


@router.get("/{reference}/", response=PlanFullOut, summary="One plan")
def read_plan(request, reference: str, asked: Query[PlanQuery]):
    """One plan with its measures, 400 at most; 404 when the caller may not see it, as if it didn't exist."""
    try:
        page = reading.read(request.viewer, references.normalise(reference), reading.PlanQuestion.read(asked.dict()))
    except Plan.DoesNotExist:
        raise Http404 from None
    return full_plan_as_dict(page)
