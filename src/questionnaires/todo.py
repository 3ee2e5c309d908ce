"""What questionnaires put on the to-do list of those who may answer."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import clock
from src.notices.todo import TodoItem
from src.participation.models import Phase
from src.participation.services import drafts

from . import rules, runs
from .models import AnswerRoll, AnswerSet, OutreachTask, Questionnaire, QuoteCase


def to_answer(viewer) -> list[TodoItem]:
    """Open questionnaires the person may answer and has not. One statement when none is open to them."""
    now = clock.now()
    running = Phase.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), space=OuterRef("space"), starts_at__lte=now
    )
    answered = AnswerSet.objects.of(viewer).filter(questionnaire=OuterRef("pk"))
    on_roll = AnswerRoll.objects.filter(person_id=viewer.user_id, questionnaire=OuterRef("pk"))
    found = (
        Questionnaire.objects.visible_to(viewer)
        .filter(Exists(running), closed_at__isnull=True)
        .exclude(Exists(answered))
        .exclude(Exists(on_roll))
        .for_pages()
    )
    shown = [one for one in found if rules.is_open(one, now) and not rules.why_not_answer(viewer, one)]
    begun = _begun(viewer) if shown else frozenset()
    return [
        TodoItem(
            title=one.title,
            detail=_("begun, not sent") if runs.kind_of(one, False) in begun else _("voluntary answer"),
            url=one.get_absolute_url(),
            verb=_("Reply"),
            icon="clipboard-list",
            due_on=rules.last_day(rules.until(one, now)),
            minutes=one.minutes,
            kind="questionnaires.answer",
        )
        for one in shown
    ]


def _begun(viewer) -> frozenset:
    """What the person began and did not send, read in their own keyring: no row could say it and keep it to itself."""
    return frozenset(draft.kind for draft in drafts.drafts_of(viewer.user))


def to_reach(viewer) -> list[TodoItem]:
    """Outreach tasks the person is in charge of, where they still organise. One statement, none for most people."""
    if not rules.may_use_workshop(viewer):
        return []
    tasks = OutreachTask.objects.filter(owner=viewer.user_id, done_on__isnull=True).select_related("questionnaire")
    return [
        TodoItem(
            title=_("Go and see: %(category)s") % {"category": task.words},
            detail=_("heard too little: %(title)s") % {"title": task.questionnaire.title},
            url=reverse(
                "questionnaires:outreach",
                kwargs={"reference": task.questionnaire.reference, "key": task.reference},
            ),
            verb=_("Say what was done"),
            icon="users",
            due_on=task.due_on,
            kind="questionnaires.outreach",
        )
        for task in tasks
        if rules.may_organise(viewer, task.questionnaire)
    ]


def to_moderate(viewer) -> list[TodoItem]:
    """Quotes reported, and objections, where the person moderates. One statement, none for most people."""
    if Role.MODERATOR not in viewer.roles:
        return []
    due = list(
        QuoteCase.objects.visible_to(viewer).waiting().order_by("due_on").values_list("due_on", flat=True)[:100]
    )
    if not due:
        return []
    return [
        TodoItem(
            title=_("Quoted answers, reported"),
            detail=ngettext("%(n)d to read", "%(n)d to read", len(due)) % {"n": len(due)},
            url=reverse("questionnaires:quotes"),
            verb=_("Read"),
            icon="flag",
            due_on=due[0],
            kind="questionnaires.moderate",
        )
    ]
