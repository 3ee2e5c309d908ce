"""What questionnaires put on the to-do list of those who may answer."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import clock, together
from src.notices.todo import TodoItem
from src.participation.models import Phase
from src.participation.selectors import read_spaces
from src.participation.services import drafts

from . import rules, runs
from .models import AnswerRoll, AnswerSet, OutreachTask, Questionnaire, QuestionnaireRevision, QuoteCase


@together.reading
def to_answer(viewer):
    """Open questionnaires the person may answer and has not, in two rounds."""
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
        .select_related("space")
    )
    found, begun = yield found, drafts.rows_of(viewer.user).values_list("kind", flat=True)
    _spaces, revisions = yield from together.all_of(
        [
            read_spaces.asking([one.space for one in found], viewer),
            _revisions(found),
        ]
    )
    together.attach(found, "revisions", revisions, "questionnaire_id")
    shown = [one for one in found if rules.is_open(one, now) and not rules.why_not_answer(viewer, one)]
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


def _revisions(found):
    return (yield QuestionnaireRevision.objects.filter(questionnaire_id__in=sorted(one.pk for one in found)))


@together.reading
def to_reach(viewer):
    """Outreach tasks the person is in charge of, where they still organise; nothing for most people."""
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
            awaited=True,
            kind="questionnaires.outreach",
        )
        for task in (yield tasks)
        if rules.may_organise(viewer, task.questionnaire)
    ]


@together.reading
def to_moderate(viewer):
    """Quotes reported, and objections, where the person moderates; nothing for most people."""
    if Role.MODERATOR not in viewer.roles:
        return []
    due = (
        yield QuoteCase.objects.visible_to(viewer).waiting().order_by("due_on").values_list("due_on", flat=True)[:100]
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
            minutes=3 * len(due),
            awaited=True,
            kind="questionnaires.moderate",
        )
    ]
