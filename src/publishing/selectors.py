"""Reads of the home page and of lists of pages."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from src.foundations import together
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
# Of each group, so many at least before the others fill the place left.
OF_EACH = 3
SPACES_SHOWN = 4
OUTCOMES_SHOWN = 3


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under the words that say why they come there; without words when all stand together."""

    label: str
    tasks: list[todo.TodoItem]

    @property
    def level(self) -> int:
        """The level of the titles of its lines."""
        return 4 if self.label else 3


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
        groups, folded = grouped(tasks)
        context |= {
            "first_name": viewer.user.get_short_name(),
            "lede": expected(tasks),
            "groups": groups,
            "other_tasks": folded,
        }
    return context


def expected(tasks: list[todo.TodoItem]) -> str:
    """What awaits, in one sentence; the minutes only when every line has its own, so that they add up."""
    if not tasks:
        return gettext("Nothing awaits you today.")
    minutes = [task.minutes for task in tasks]
    if all(minutes):
        return ngettext(
            "%(count)d thing awaits you, allow %(time)s.",
            "%(count)d things await you, allow %(time)s.",
            len(tasks),
        ) % {"count": len(tasks), "time": _in_words(sum(minutes))}
    return ngettext("%(count)d thing awaits you.", "%(count)d things await you.", len(tasks)) % {"count": len(tasks)}


def _in_words(minutes: int) -> str:
    """A time needed: minutes up to an hour and a half, hours and minutes beyond."""
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours, left = divmod(minutes, 60)
    return gettext("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": left}


def grouped(tasks: list[todo.TodoItem]) -> tuple[list[TaskGroup], list[todo.TodoItem]]:
    """What the law asks, what presses, the rest, in this order; and the tasks that are folded.

    No group hides another: each shows its first ones. No words where there is one group only.
    """
    kinds = (
        (gettext("The law asks for it"), [task for task in tasks if task.legal]),
        (gettext("Without delay"), [task for task in tasks if not task.legal and task.presses]),
        (gettext("When you have time"), [task for task in tasks if not task.legal and not task.presses]),
    )
    first = [task for _label, lines in kinds for task in lines[:OF_EACH]]
    shown = [*first, *(task for task in tasks if task not in first)][: max(TASKS_SHOWN, len(first))]
    found = [TaskGroup(label, kept) for label, lines in kinds if (kept := [task for task in lines if task in shown])]
    alone = [TaskGroup("", group.tasks) for group in found]
    return found if len(found) > 1 else alone, [task for task in tasks if task not in shown]


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
    newest = OutcomePage.objects.visible_to(viewer).in_language(default_language())
    return (yield newest.order_by("-first_published_at", "-pk")[:OUTCOMES_SHOWN])


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
