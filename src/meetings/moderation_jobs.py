"""What the relay does for the moderation of topics."""

from django.utils.formats import date_format

from src.foundations import outbox
from src.notices.services import send
from src.participation.enums import AppealState, CaseState, IdentityMode
from src.participation.services.moderation import last_day_to_appeal

from .models import TopicCase
from .moderation_notices import TopicObjectionAnswered, TopicRemoved


@outbox.handles("meetings.moderated")
def tell_removal(payload: dict) -> None:
    """Tell the author of a removed topic why, and until when they may object."""
    case = _case(payload)
    if case is None or case.state != CaseState.REMOVED:
        return
    words = {
        "reason": str(case.get_reason_code_display()),
        "text": case.text,
        "until": date_format(last_day_to_appeal(case), "DATE_FORMAT"),
    }
    _to_author(TopicRemoved.code, case, words)


@outbox.handles("meetings.appeal_answered")
def tell_objection(payload: dict) -> None:
    """Tell the author what came of their objection."""
    case = _case(payload)
    if case is None or not hasattr(case, "appeal"):
        return
    words = {"restored": case.appeal.state == AppealState.RESTORED, "text": case.appeal.answer}
    _to_author(TopicObjectionAnswered.code, case, words)


@outbox.handles("meetings.reported")
@outbox.handles("meetings.withheld")
@outbox.handles("meetings.appealed")
def wait_for_moderators(payload: dict) -> None:
    """Nothing is sent: what waits for moderators stands on their to-do list."""


def _case(payload: dict) -> TopicCase | None:
    return TopicCase.objects.select_related("topic__series", "appeal").filter(pk=payload["case"]).first()


def _to_author(code: str, case: TopicCase, words: dict) -> None:
    topic = case.topic
    context = {"reference": topic.series.reference, "topic": topic.reference, "title": topic.title, **words}
    key = f"{code}:{case.pk}"
    if topic.identity_mode == IdentityMode.PROTECTED:
        send(code, handles=[topic.handle], context=context, key=key)
    elif topic.author_id:
        send(code, recipients=[topic.author_id], context=context, key=key)
