"""What meetings keep of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations import clock, code_words
from src.foundations.personal_data import Classification, declare
from src.participation.models import SealedAuthor

from . import models

SEALED_KEPT = timedelta(days=730)


def _topics(user):
    for topic in models.Topic.objects.of(as_viewer(user)).select_related("space").order_by("week", "reference"):
        yield {
            "group": topic.space.name,
            "title": topic.title,
            "text": topic.body,
            "identity": topic.get_identity_mode_display(),
            "week": topic.week,
            "state": topic.get_state_display(),
        }


def _old_sealed(now):
    before = clock.today() - SEALED_KEPT
    return models.Topic.objects.filter(closed_on__lt=before).exclude(identity_mode="named")


@transaction.atomic
def _purge_seals(now, apply):
    """Two years after a topic was dealt with, nothing leads to its protected author any more."""
    sealed = SealedAuthor.objects.filter(pk__in=_old_sealed(now).order_by().values("handle"))
    return sealed.delete()[0] if apply else sealed.count()


declare(
    models.Topic,
    owner="meetings",
    classification=Classification.C2,
    retention=_("as long as the meetings; the link of a protected name, two years after the answer"),
    title=_("Topics I raised for a meeting"),
    export=_topics,
    erase=lambda user: models.Topic.objects.filter(author=user).update(author=None, signed_as=""),
    purge=_purge_seals,
    reason="What was asked stays with what was answered; its author's name leaves with the account.",
)


def _of_meetings(model, path: str):
    def export(user):
        names = model.objects.filter(user=user).order_by(path, "pk").values_list(path, flat=True)
        return ({"title": name} for name in names)

    return export


declare(
    models.TopicSupport,
    owner="meetings",
    classification=Classification.C3,
    retention=_("until you withdraw it"),
    title=_("Topics I support"),
    export=_of_meetings(models.TopicSupport, "topic__title"),
    erase=lambda user: models.TopicSupport.objects.filter(user=user).delete()[0],
    reason="A support is shown as a total; its row goes when the person withdraws it, or leaves.",
)


def _attended(user):
    rows = models.Attendance.objects.filter(user=user).order_by("meeting__starts_at", "pk")
    return ({"group": name, "day": at} for name, at in rows.values_list("meeting__space__name", "meeting__starts_at"))


def _old_attendances(now):
    return models.Attendance.objects.filter(
        meeting__starts_at__lt=now - timedelta(days=settings.TERRAIN_ATTENDANCE_DAYS)
    )


declare(
    models.Attendance,
    owner="meetings",
    classification=Classification.C3,
    retention=_("a month after the meeting"),
    title=_("Meetings I said I would come to"),
    export=_attended,
    erase=lambda user: models.Attendance.objects.filter(user=user).delete()[0],
    purge=lambda now, apply: _old_attendances(now).delete()[0] if apply else _old_attendances(now).count(),
    reason="A word to help prepare the room; nobody reads it by name, and it goes a month after.",
)


def _promised(user):
    rows = models.Action.objects.filter(owner=user).select_related("series__space").order_by("due_on", "pk")
    for action in rows:
        yield {
            "group": action.series.space.name,
            "text": action.text,
            "due_on": action.due_on,
            "state": action.get_state_display(),
        }


declare(
    models.Action,
    owner="meetings",
    classification=Classification.C2,
    retention=_("as long as the minutes that promise it"),
    title=_("Actions a meeting gave me"),
    export=_promised,
    erase=lambda user: models.Action.objects.filter(owner=user).update(owner=None),
    reason="What a meeting promised stays with its minutes; the account it was given to leaves it.",
)


def _keys(user):
    for day in models.CalendarKey.objects.filter(user=user).values_list("made_on", flat=True):
        yield {"day": day}


declare(
    models.CalendarKey,
    owner="meetings",
    classification=Classification.C2,
    retention=_("until you take it away"),
    title=_("The address of my calendar"),
    export=_keys,
    erase=lambda user: models.CalendarKey.objects.filter(user=user).delete()[0],
    reason="The mark of a secret address that its owner asked for; the secret itself isn't kept.",
)
for _model, _reason in (
    (models.MeetingSeries, "How a unit meets: no personal data."),
    (models.Meeting, "Days, places and minutes being written: no person by name but those the minutes name."),
    (models.MinutesRevision, "Minutes published to a group, signed by the function of who published them."),
    (models.AgendaLine, "What was done with a topic: no person."),
    (models.TopicCounts, "Totals of supports: no person."),
):
    declare(
        _model,
        owner="meetings",
        classification=Classification.C2,
        retention=None,
        export=None,
        erase=None,
        reason=_reason,
    )

code_words.register(
    "verb",
    {
        "meetings.opened": _("Meetings of a unit opened"),
        "meetings.changed": _("Meetings of a unit changed"),
        "meetings.stopped": _("Meetings of a unit stopped"),
        "meetings.planned": _("Meeting prepared"),
        "meetings.called": _("Meeting announced"),
        "meetings.moved": _("Meeting moved"),
        "meetings.cancelled": _("Meeting cancelled"),
        "meetings.held": _("Meeting held"),
        "meetings.published": _("Minutes published"),
        "meetings.corrected": _("Minutes corrected"),
        "meetings.action_ended": _("Action of a meeting ended"),
        "meetings.topic_raised": _("Topic raised"),
        "meetings.topic_on_agenda": _("Topic put on an agenda"),
        "meetings.topic_off_agenda": _("Topic taken off an agenda"),
        "meetings.topic_set_aside": _("Topic set aside"),
        "meetings.calendar_key_made": _("Address of a calendar made"),
        "meetings.calendar_key_dropped": _("Address of a calendar taken away"),
    },
)
