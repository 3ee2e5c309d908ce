"""What texts put on to-do lists: contributing, giving outcomes, moderating."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import clock
from src.notices.todo import TodoItem
from src.participation.enums import AppealState, CaseState
from src.participation.models import Phase
from src.questionnaires.rules import last_day

from . import rules, selectors
from .enums import TextState
from .models import ReformText, TextCase, UnitContribution

MOST = 20


def to_comment(viewer) -> list[TodoItem]:
    """Open texts the person may contribute to and has not. One statement when none is open to them."""
    now = clock.now()
    running = Phase.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), space=OuterRef("space"), starts_at__lte=now
    )
    own = UnitContribution.objects.of(viewer).filter(unit__version__text=OuterRef("pk"))
    found = (
        ReformText.objects.visible_to(viewer)
        .published()
        .filter(Exists(running), closed_at__isnull=True)
        .exclude(Exists(own))
        .for_pages()[:MOST]
    )
    return [
        TodoItem(
            title=one.title,
            detail=_("a text to read; contributing is up to you"),
            url=one.get_absolute_url(),
            verb=_("Read"),
            icon="file-text",
            due_on=last_day(rules.until(one)),
            kind="texts.contribute",
        )
        for one in found
        if rules.is_open(one, now) and not rules.why_not_contribute(viewer, one)
    ]


def to_decide(viewer) -> list[TodoItem]:
    """Texts one organises, whose period is over or closed, with contributions that wait. Nothing for most people."""
    if not rules.may_use_workshop(viewer):
        return []
    asking = UnitContribution.objects.undecided().filter(unit__version__text=OuterRef("pk"))
    found = list(ReformText.objects.organised_by(viewer).filter(Exists(asking)).for_pages()[:MOST])
    found = [one for one in found if rules.state_of(one) in (TextState.STUDIED, TextState.CLOSED)]
    waiting = selectors.waiting_counts(found) if found else {}
    return [
        TodoItem(
            title=one.title,
            detail=ngettext(
                "%(n)d contribution waits for its outcome",
                "%(n)d contributions wait for their outcome",
                waiting[one.pk],
            )
            % {"n": waiting[one.pk]},
            url=selectors.url("queue", one),
            verb=_("Give outcomes"),
            icon="list-checks",
            kind="texts.decide",
        )
        for one in found
        if waiting.get(one.pk)
    ]


def to_moderate(viewer) -> list[TodoItem]:
    """Reported contributions, and objections, where the person moderates."""
    if Role.MODERATOR not in viewer.roles:
        return []
    waiting = (
        TextCase.objects.visible_to(viewer)
        .filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))
        .order_by("due_on", "pk")
    )
    due = list(waiting.values_list("due_on", flat=True)[:100])
    if not due:
        return []
    return [
        TodoItem(
            title=_("Contributions to texts, reported"),
            detail=ngettext("%(n)d to read", "%(n)d to read", len(due)) % {"n": len(due)},
            url=reverse("texts:moderation"),
            verb=_("Read"),
            icon="flag",
            due_on=due[0],
            kind="texts.moderate",
        )
    ]
