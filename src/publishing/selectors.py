"""Reads of the home page and of lists of pages."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from src.notices import selectors as notices
from src.notices import todo
from src.participation import limits, rules
from src.participation.enums import PhaseVerb
from src.participation.models import Phase, Space

from . import cards
from .languages import default_language
from .models import DossierPage, OutcomePage, StandardPage
from .querysets import PublishedPageQuerySet

TASKS_SHOWN = 6
NEWS_SHOWN = 3
SPACES_SHOWN = 4
OUTCOMES_SHOWN = 3


@dataclass(frozen=True)
class OpenSpace:
    """A box one may propose in now, and until when."""

    space: Space
    url: str
    until: object


def home(viewer) -> dict:
    """What the home page shows this person."""
    if not viewer.is_authenticated:
        return {
            "opened": cards.opened(viewer),
            "spaces": open_spaces(viewer),
            "outcomes": latest_outcomes(viewer),
        }
    tasks = todo.items(viewer)
    return {
        "first_name": viewer.user.get_short_name(),
        "lede": expected(tasks),
        "tasks": tasks[:TASKS_SHOWN],
        "other_tasks": tasks[TASKS_SHOWN:],
        "news": notices.latest(viewer, limit=NEWS_SHOWN),
        "opened": cards.opened(viewer),
        "spaces": open_spaces(viewer),
        "outcomes": latest_outcomes(viewer),
    }


def expected(tasks: list[todo.TodoItem]) -> str:
    """What awaits, in one sentence; the minutes only when every line has its own, so that they add up."""
    if not tasks:
        return gettext("Nothing awaits you today.")
    minutes = [task.minutes for task in tasks]
    if all(minutes):
        total = sum(minutes)
        return ngettext(
            "%(count)d thing awaits you, allow %(minutes)d minutes.",
            "%(count)d things await you, allow %(minutes)d minutes.",
            len(tasks),
        ) % {"count": len(tasks), "minutes": total}
    return ngettext("%(count)d thing awaits you.", "%(count)d things await you.", len(tasks)) % {"count": len(tasks)}


def open_spaces(viewer) -> list[OpenSpace]:
    """Boxes of the home page open to proposals now, in two statements."""
    spaces = (
        Space.objects.visible_to(viewer)
        .filter(limits.condition(viewer), on_home_page=True, is_archive=False)
        .prefetch_related(Prefetch("phases", queryset=Phase.objects.order_by("starts_at", "id")))
        .order_by("name")
    )
    found = []
    for space in spaces:
        status = rules.phase_status(space)
        if PhaseVerb.PROPOSE in status.verbs:
            found.append(OpenSpace(space, cards.space_url(space), status.until_of(PhaseVerb.PROPOSE)))
    return found[:SPACES_SHOWN]


def latest_outcomes(viewer) -> list[OutcomePage]:
    """The newest outcomes this person may read."""
    newest = OutcomePage.objects.visible_to(viewer).in_language(default_language())
    return list(newest.order_by("-first_published_at", "-pk")[:OUTCOMES_SHOWN])


def pages_below(page, viewer) -> list[Page]:
    """The pages just below, newest first, those this person may read, with their summaries."""
    children = PublishedPageQuerySet(Page).child_of(page)
    kinds = [DossierPage, OutcomePage, StandardPage]
    children = children.filter(reduce(or_, (Q(**{f"{kind._meta.model_name}__isnull": False}) for kind in kinds)))
    return list(children.visible_to(viewer).order_by("-first_published_at", "-pk").specific())


def translation_of(page, language: str, viewer=None) -> Page | None:
    """This page in another language, when this person may read it there; None otherwise. One statement."""
    found = PublishedPageQuerySet(Page).filter(translation_key=page.translation_key).in_language(language)
    return found.visible_to(viewer).first()
