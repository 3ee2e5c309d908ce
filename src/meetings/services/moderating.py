"""Moderation of topics, by the house's verbs."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.participation.enums import IdentityMode, Visibility
from src.participation.services import moderation

from .. import rules
from ..enums import MeetingState
from ..models import Meeting, Topic, TopicAppeal, TopicCase, TopicReport
from .planning import index


def _show(topic, visibility: str, reason: str) -> None:
    Topic.objects.filter(pk=topic.pk).update(visibility=visibility, removal_reason=reason)
    topic.visibility, topic.removal_reason = visibility, reason
    # Its title is found by the minutes of the meetings that spoke of it.
    for meeting in Meeting.objects.filter(lines__topic=topic, state=MeetingState.PUBLISHED):
        index(meeting)


def _restore(topic, viewer, text: str, moment) -> None:
    _show(topic, Visibility.SHOWN, "")


DESK = moderation.Desk(
    cases=TopicCase,
    reports=TopicReport,
    appeals=TopicAppeal,
    spot=lambda topic: {"topic": topic},
    show=_show,
    restore=_restore,
    room="meetings",
)


def report_topic(*, actor, topic: Topic, reason_code: str, words: str = ""):
    """Report a topic; reports of enough units hide it until somebody reads. Refuses one's own, and a stranger."""
    viewer = as_viewer(actor)
    if rules.is_own(viewer, topic):
        raise PermissionDenied(_("This topic is yours."))
    if not Topic.objects.visible_to(viewer).filter(pk=topic.pk).exists():
        raise PermissionDenied(_("Only those who read this group report its topics."))
    return moderation.report(DESK, topic, viewer=viewer, reason_code=reason_code, text=words, withholds=True)


def keep_topic(*, actor, topic: Topic, remark: str = ""):
    """Decide that it stays. Refuses who doesn't moderate there, or wrote or reported it."""
    return moderation.keep(DESK, topic, viewer=_moderator(actor, topic), remark=remark)


def remove_topic(*, actor, topic: Topic, reason_code: str, words: str, remark: str = ""):
    """Hide it for good, with the words its author reads. A meeting says nothing of what is removed."""
    viewer = _moderator(actor, topic)
    return moderation.remove(DESK, topic, viewer=viewer, reason_code=reason_code, text=words, remark=remark)


def object_to_removal(*, actor, topic: Topic, text: str):
    """The author objects to a removal, once."""
    if not rules.is_own(actor, topic):
        raise PermissionDenied(_("This topic isn’t yours."))
    by_week = topic.identity_mode != IdentityMode.NAMED
    return moderation.appeal(DESK, topic, text=text, by_week=by_week, for_administrators=False)


def may_object(topic: Topic) -> bool:
    """Whether it was removed, and its author hasn't objected yet."""
    if topic.visibility != Visibility.REMOVED:
        return False
    case = moderation.last_removal(DESK, topic)
    return case is not None and not TopicAppeal.objects.filter(case=case).exists()


def answer_objection(*, actor, topic: Topic, restored: bool, words: str):
    """Uphold or undo a removal; by somebody else than who removed it. Restored, a topic that waited waits again."""
    return moderation.answer_appeal(DESK, topic, viewer=_moderator(actor, topic), restored=restored, text=words)


def _moderator(actor, topic):
    viewer = as_viewer(actor)
    if not rules.moderates(viewer, topic):
        raise PermissionDenied(_("Those who moderate this space decide on its topics."))
    return viewer
