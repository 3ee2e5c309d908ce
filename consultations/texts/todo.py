"""What texts put on to-do lists: contributing, giving outcomes, moderating."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.directory.enums import Role
from src.foundations import clock, together
from src.notices.todo import TodoItem
from src.participation.enums import AppealState, CaseState
from src.participation.models import Phase
from src.participation.selectors import read_spaces
from src.questionnaires.rules import last_day

from . import rules, selectors
from .enums import TextState
from .models import ReformText, TextCase, TextVersion, UnitContribution

MOST = 20


@together.reading
def to_comment(viewer):
    """Open texts the person may contribute to and has not, in two rounds."""
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
        .select_related("space")[:MOST]
    )
    found = yield from _read(found, viewer)
    return [
        TodoItem(
            title=one.title,
            detail=_("a text to read; contributing is up to you"),
            url=one.get_absolute_url(),
            verb=pgettext("button", "Read"),
            icon="file-text",
            due_on=last_day(rules.until(one)),
            kind="texts.contribute",
        )
        for one in found
        if rules.is_open(one, now) and not rules.why_not_contribute(viewer, one)
    ]


def _read(texts, viewer):
    """Texts with what rules ask of them: their space, their versions."""
    found = yield texts
    _spaces, versions = yield from together.all_of(
        [read_spaces.asking([one.space for one in found], viewer), _versions(found)]
    )
    together.attach(found, "versions", versions, "text_id")
    return found


def _versions(found):
    return (yield TextVersion.objects.filter(text_id__in=sorted(one.pk for one in found)))


@together.reading
def to_decide(viewer):
    """Texts one organises, whose period is over or closed, with contributions that wait. Nothing for most people."""
    if not rules.may_use_workshop(viewer):
        return []
    asking = UnitContribution.objects.undecided().filter(unit__version__text=OuterRef("pk"))
    waiting = asking.order_by().values("unit__version__text").annotate(n=Count("pk")).values("n")
    found = ReformText.objects.organised_by(viewer).filter(Exists(asking)).select_related("space")
    found = yield from _read(found.annotate(waiting=Subquery(waiting))[:MOST], viewer)
    found = [one for one in found if rules.state_of(one) in (TextState.STUDIED, TextState.CLOSED)]
    return [
        TodoItem(
            title=one.title,
            detail=ngettext(
                "%(n)d contribution waits for its outcome",
                "%(n)d contributions wait for their outcome",
                one.waiting,
            )
            % {"n": one.waiting},
            url=selectors.url("queue", one),
            verb=_("Give outcomes"),
            icon="list-checks",
            minutes=5 * one.waiting,
            awaited=True,
            kind="texts.decide",
        )
        for one in found
    ]


@together.reading
def to_moderate(viewer):
    """Reported contributions, and objections, where the person moderates."""
    if Role.MODERATOR not in viewer.roles:
        return []
    waiting = (
        TextCase.objects.visible_to(viewer)
        .filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))
        .order_by("due_on", "pk")
    )
    due = yield waiting.values_list("due_on", flat=True)[:100]
    if not due:
        return []
    return [
        TodoItem(
            title=_("Contributions to texts, reported"),
            detail=ngettext("%(n)d to read", "%(n)d to read", len(due)) % {"n": len(due)},
            url=reverse("texts:moderation"),
            verb=pgettext("button", "Read"),
            icon="flag",
            due_on=due[0],
            minutes=3 * len(due),
            awaited=True,
            kind="texts.moderate",
        )
    ]
