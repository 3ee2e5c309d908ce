"""Reading reform texts from another program: ``/api/v1/texts/``, through the same gate as the screens."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema

from src.foundations import keyset, references

from . import selectors
from .models import ReformText
from .views.files import contribution_data

PAGE_SIZE = 50

router = Router(tags=["texts"])


class TextOut(Schema):
    """One line of the list."""

    reference: str
    url: str
    title: str
    space: str
    circle: str
    state: str
    state_label: str
    version: int
    contributions: int
    closed_on: date | None


class TextPage(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[TextOut]
    next: str | None


class UnitOut(Schema):
    """One unit of the last version; ``key`` is the same from one version to the next."""

    key: str
    kind: str
    number: str
    title: str
    body: str
    contributions: int


class TextFullOut(TextOut):
    """One text with its units and the numbers of its versions."""

    introduction: str
    versions: list[int]
    units: list[UnitOut]


class ContributionOut(Schema):
    """One contribution as its page shows it; what isn't signed carries the Monday of its week."""

    reference: str
    version: int
    unit: str
    unit_name: str
    kind: str
    identity: str
    by: str
    week: date
    body: str
    proposal: str
    supports: int
    outcome: str | None
    reason: str
    theme: str


class ContributionPage(Schema):
    """One page of contributions."""

    items: list[ContributionOut]
    next: str | None


class ChangeOut(Schema):
    """One change, in words, and where it comes from."""

    kind: str
    before: str
    after: str
    sentence: str
    source: str
    is_wording: bool
    contributions: int


class ChangedUnitOut(Schema):
    """One unit that changed."""

    key: str
    name: str
    kinds: list[str]
    changes: list[ChangeOut]


class ListQuery(Schema):
    """Where the list goes on."""

    cursor: str = ""


def _found(request, reference: str) -> ReformText:
    found = ReformText.objects.visible_to(request.viewer).published().for_pages()
    text = found.filter(reference=references.normalise(reference[:20])).first()
    if text is None:
        raise Http404
    return text


def _line(card: selectors.Card) -> dict:
    text = card.text
    return {
        "reference": text.reference,
        "url": card.url,
        "title": text.title,
        "space": text.space.name,
        "circle": text.space.circle,
        "state": card.state,
        "state_label": str(card.state.label),
        "version": text.current.number,
        "contributions": card.count,
        "closed_on": text.closed_at.date() if text.closed_at else None,
    }


@router.get("/", response=TextPage, summary="Reform texts")
def list_texts(request, asked: Query[ListQuery]):
    """Published texts the caller may see, last first. A stranger reads those open to everybody."""
    found = ReformText.objects.visible_to(request.viewer).published().for_pages()
    page = keyset.paginate(found, order=("-created_at", "-reference"), cursor=asked.cursor, size=PAGE_SIZE)
    return {"items": [_line(card) for card in selectors.cards(page.items)], "next": page.next_cursor or None}


@router.get("/{reference}/", response=TextFullOut, summary="One text, unit by unit")
def read_text(request, reference: str):
    """The last version published, with how many contributions each unit has."""
    text = _found(request, reference)
    rows = selectors.unit_rows(text, text.current)
    return _line(selectors.cards([text])[0]) | {
        "introduction": text.introduction,
        "versions": [one.number for one in text.published_versions],
        "units": [
            {
                "key": row.unit.key,
                "kind": row.unit.kind,
                "number": row.unit.label,
                "title": row.unit.title,
                "body": row.unit.body,
                "contributions": row.total,
            }
            for row in rows
        ],
    }


@router.get("/{reference}/contributions/", response=ContributionPage, summary="What was said of a text")
def read_contributions(request, reference: str, asked: Query[ListQuery]):
    """Contributions by week, with their outcome once their authors were told."""
    text = _found(request, reference)
    found = selectors.asked_of(text, selectors.Asked()).select_related("unit__version", "outcome", "counts")
    page = keyset.paginate(found, order=selectors.ORDER, cursor=asked.cursor, size=PAGE_SIZE)
    return {
        "items": [contribution_data(one, request.viewer, text) for one in page.items],
        "next": page.next_cursor or None,
    }


@router.get("/{reference}/changes/{version}/", response=list[ChangedUnitOut], summary="What changed in a version")
def read_changes(request, reference: str, version: int):
    """Units of a version that differ from the one before: each change in words, with where it comes from."""
    text = _found(request, reference)
    by_number = {one.number: one for one in text.published_versions}
    if version not in by_number or version - 1 not in by_number:
        raise Http404
    rows = selectors.change_rows(text, by_number[version], by_number[version - 1], request.viewer)
    return [
        {
            "key": row.key,
            "name": row.name,
            "kinds": list(row.line.kinds),
            "changes": [
                {
                    "kind": one.kind,
                    "before": one.before,
                    "after": one.after,
                    "sentence": told.sentence,
                    "source": told.why,
                    "is_wording": bool(told.span and told.span.is_editorial),
                    "contributions": told.sources,
                }
                for one, told in zip(row.line.spans, row.spans, strict=True)
            ],
        }
        for row in rows
        if row.line.is_changed
    ]
