"""Reads of the home page and of lists of pages."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from src.foundations import clock, together
from src.notices import selectors as notices
from src.notices import todo
from src.participation import limits, rules
from src.participation.enums import PhaseVerb
from src.participation.models import Space
from src.participation.selectors import read_spaces

from . import cards
from .languages import default_language
from .models import DossierPage, OutcomePage, StandardPage
from .querysets import PublishedPageQuerySet

TASKS_SHOWN = 6
NEWS_SHOWN = 3
# What closes within so many days closes soon.
SOON = timedelta(days=14)
SPACES_SHOWN = 4
OUTCOMES_SHOWN = 3


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under the words that say why they come there; without words when all stand together."""

    label: str
    tasks: list[todo.TodoItem]


@dataclass(frozen=True)
class OpenSpace:
    """A box one may propose in now, and until when."""

    space: Space
    url: str
    until: object


def home(viewer) -> dict:
    """What the home page shows this person, in four statements at most: who they are, then three rounds."""
    viewer.read_ahead()
    return _home(viewer)


@together.reading
def _home(viewer):
    shown = {"opened": cards.opened, "spaces": open_spaces, "outcomes": latest_outcomes}
    if viewer.is_authenticated:
        shown |= {"tasks": todo.items, "news": notices.latest, "inbox_unread": notices.unread_count}
    found = yield from together.all_of(together.asking(read, viewer) for read in shown.values())
    context = dict(zip(shown, found, strict=True))
    if viewer.is_authenticated:
        tasks = context.pop("tasks")
        context |= {
            "first_name": viewer.user.get_short_name(),
            "lede": expected(tasks),
            "groups": grouped(tasks[:TASKS_SHOWN]),
            "other_tasks": tasks[TASKS_SHOWN:],
        }
    return context


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


def grouped(tasks: list[todo.TodoItem]) -> list[TaskGroup]:
    """What the law asks, what closes soon, the rest, in this order; no words where there is one group only."""
    soon = clock.today() + SOON
    legal = [task for task in tasks if task.legal]
    closing = [task for task in tasks if not task.legal and task.due_on is not None and task.due_on <= soon]
    rest = [task for task in tasks if task not in legal and task not in closing]
    words = (gettext("The law asks for it"), gettext("Closes soon"), gettext("When you have time"))
    found = [TaskGroup(label, lines) for label, lines in zip(words, (legal, closing, rest), strict=True) if lines]
    return found if len(found) > 1 else [TaskGroup("", group.tasks) for group in found]


@together.reading
def open_spaces(viewer):
    """Boxes of the home page open to proposals now, in two statements."""
    spaces = (
        Space.objects.visible_to(viewer)
        .filter(limits.condition(viewer), on_home_page=True, is_archive=False)
        .order_by("name")
    )
    found = []
    for space in (yield from read_spaces.asking((yield spaces), viewer)):
        status = rules.phase_status(space)
        if PhaseVerb.PROPOSE in status.verbs:
            found.append(OpenSpace(space, cards.space_url(space), status.until_of(PhaseVerb.PROPOSE)))
    return found[:SPACES_SHOWN]


@together.reading
def latest_outcomes(viewer):
    """The newest outcomes this person may read."""
    return (yield OutcomePage.objects.visible_to(viewer).order_by("-first_published_at", "-pk")[:OUTCOMES_SHOWN])
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
