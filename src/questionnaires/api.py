"""Reading questionnaires from another program: ``/api/v1/questionnaires/``, through the same gate as the screens."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema

from src.foundations import keyset, references

from . import rules, selectors
from .models import Questionnaire

PAGE_SIZE = 50

router = Router(tags=["questionnaires"])


class QuestionnaireOut(Schema):
    """One line of the list."""

    reference: str
    url: str
    title: str
    space: str
    circle: str
    state: str
    state_label: str
    minutes: int
    questions: int
    version: int
    # Days of the period of answers that runs, or of the next one; null when the calendar doesn't say.
    opens_on: date | None
    last_day: date | None
    closed_on: date | None


class QuestionnairePage(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[QuestionnaireOut]
    next: str | None


class LineOut(Schema):
    """A choice, or a line that is answered about."""

    key: str
    label: str


class ConditionOut(Schema):
    """The question is asked of those who gave one of these values to an earlier one."""

    question: str
    values: list[str]


class QuestionOut(Schema):
    """One question, as everybody who is asked reads it; ``number`` is 0 for an information block."""

    number: int
    key: str
    kind: str
    text: str
    help: str
    required: bool
    personal: bool
    sensitive: bool
    choices: list[LineOut]
    rows: list[LineOut]
    least: int | None
    most: int | None
    no_opinion: bool
    condition: ConditionOut | None


class QuestionnaireFullOut(QuestionnaireOut):
    """One questionnaire with its questions, as published last."""

    introduction: str
    asked: list[QuestionOut]


class ListQuery(Schema):
    """Where the list goes on."""

    cursor: str = ""


def _published(request):
    """What the caller's session may read, never what is being written: not even to whoever writes it."""
    return Questionnaire.objects.visible_to(request.viewer).filter(revisions__published_at__isnull=False).distinct()


@router.get("/", response=QuestionnairePage, summary="Questionnaires")
def list_questionnaires(request, asked: Query[ListQuery]):
    """Published questionnaires the caller may see, last first. A stranger reads those open to everybody."""
    page = keyset.paginate(
        _published(request).for_pages(), order=("-created_at", "-reference"), cursor=asked.cursor, size=PAGE_SIZE
    )
    return {"items": [_as_dict(one) for one in page.items], "next": page.next_cursor or None}


@router.get("/{reference}/", response=QuestionnaireFullOut, summary="One questionnaire")
def read_questionnaire(request, reference: str):
    """One questionnaire with its questions; 404 when the caller may not see it, as if it didn't exist. No answer."""
    found = _published(request).for_pages().filter(reference=references.normalise(reference[:20])).first()
    if found is None:
        raise Http404
    return _as_dict(found) | {
        "introduction": found.introduction,
        "asked": [_question(printed) for printed in selectors.printed(found.revision)],
    }


def _as_dict(one: Questionnaire) -> dict:
    state, opens = rules.state_of(one), rules.opens_at(one)
    return {
        "reference": one.reference,
        "url": one.get_absolute_url(),
        "title": one.title,
        "space": one.space.name,
        "circle": one.space.circle,
        "state": state,
        "state_label": str(state.label),
        "minutes": one.minutes,
        "questions": sum(1 for question in one.revision.ordered if question.is_asked),
        "version": one.revision.number,
        "opens_on": rules.day_of(opens),
        "last_day": rules.last_day(rules.until(one)),
        "closed_on": rules.day_of(one.closed_at),
    }


def _question(printed) -> dict:
    question, spec = printed.question, printed.question.spec
    return {
        "number": printed.number,
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "help": question.help,
        "required": question.is_required,
        "personal": question.is_personal,
        "sensitive": question.is_sensitive,
        "choices": question.choices,
        "rows": question.rows,
        "least": spec.least,
        "most": spec.most,
        "no_opinion": spec.no_opinion,
        "condition": question.condition,
    }
