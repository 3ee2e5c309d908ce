"""Searching from another program: ``/api/v1/search/``, the same question, gate and order as the page of results."""

from datetime import date

from ninja import Query, Router, Schema

from .asking import NAMES, Asked
from .finding import find

router = Router(tags=["search"])


class SearchQuery(Schema):
    """The question, under the names the page's address uses."""

    q: str = ""
    genre: str = ""
    etape: str = ""
    direction: str = ""
    boite: str = ""
    annee: str = ""
    tri: str = ""
    page: str = ""
    exact: str = ""


class ResultOut(Schema):
    """One result; ``passage`` is HTML whose only element is <mark>. The Monday of the week for what isn't signed."""

    kind: str
    label: str
    title: str
    url: str
    passage: str
    day: date | None


class FoundOut(Schema):
    """One page of results, how many there are, and what they may be narrowed by."""

    items: list[ResultOut]
    total: int
    pages: int
    corrected: str
    facets: dict[str, dict[str, int]]


@router.get("/", response=FoundOut, summary="What one may see that answers a question")
def search(request, asked: Query[SearchQuery]):
    """Whatever the page of results finds for the caller, the closest first; a stranger's is what everyone may read."""
    found = find(request.viewer, Asked.read(asked.dict()))
    return {
        "items": [
            {
                "kind": line.kind,
                "label": line.result.label,
                "title": line.result.title,
                "url": line.result.url,
                "passage": str(line.passage),
                "day": line.day if line.day > date.min else None,
            }
            for line in found.lines
        ],
        "total": found.total,
        "pages": found.pages,
        "corrected": found.corrected,
        "facets": {
            NAMES[facet.trait]: {choice.value: choice.count for choice in facet.choices} for facet in found.facets
        },
    }
