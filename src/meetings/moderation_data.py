"""What moderation of topics keeps of people, for how long, and how it leaves."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations.personal_data import Classification, declare
from src.participation.services import moderation

from .models import Topic, TopicAppeal, TopicCase, TopicReport
from .services.moderating import DESK


def _reports(user):
    for one in TopicReport.objects.filter(reporter=user).select_related("topic").order_by("pk"):
        yield {"title": one.topic.title, "reason": str(one.get_reason_code_display()), "text": one.text}


def _cases(user):
    for one in TopicCase.objects.filter(decided_by=user).select_related("topic").order_by("pk"):
        yield {"reference": one.topic.reference, "decision": str(one.get_state_display())}


def _appeals(user):
    found = TopicAppeal.objects.filter(case__topic__in=Topic.objects.of(as_viewer(user)))
    for one in found.select_related("case__topic").order_by("pk"):
        yield {"title": one.case.topic.title, "text": one.text, "answer": one.answer}


def _erase_appeals(user):
    done = TopicAppeal.objects.filter(decided_by=user).update(decided_by=None)
    return done + TopicAppeal.objects.filter(removed_by=user).update(removed_by=None)


declare(
    TopicReport,
    owner="meetings",
    classification=Classification.C3,
    retention=format_lazy(_("the reporter is forgotten after {n} months"), n=settings.TERRAIN_REPORTER_MONTHS),
    title=_("Topics of meetings I reported"),
    export=_reports,
    erase=lambda user: TopicReport.objects.filter(reporter=user).update(reporter=None, unit=None, text=""),
    purge=lambda now, apply: moderation.forget_reporters(DESK, now, apply=apply),
    reason="Who reported a topic: told to nobody, kept against misuse.",
)
declare(
    TopicCase,
    owner="meetings",
    classification=Classification.C3,
    retention=_("as long as the topic"),
    title=_("Topics of meetings I moderated"),
    export=_cases,
    erase=lambda user: TopicCase.objects.filter(decided_by=user).update(decided_by=None),
    reason="What a moderator decided of a topic.",
)
declare(
    TopicAppeal,
    owner="meetings",
    classification=Classification.C3,
    retention=_("as long as the topic"),
    title=_("Objections I made about topics"),
    export=_appeals,
    erase=_erase_appeals,
    reason="An author's objection to a removal.",
)
