"""What reminders keep of people, for how long, and how it leaves."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare

from .models import ManagerDigest, ReminderBatch, ReminderPlan, ReminderSent

OWNER = "trainings_reminders"
KEPT = timedelta(days=365)


def _sent(user):
    found = ReminderSent.objects.filter(requirement__agent=user).select_related("requirement__obligation__track")
    for one in found:
        yield {
            "title": one.requirement.obligation.track.title,
            "because": one.get_step_display(),
            "means": one.get_channel_display(),
            "sent_at": one.sent_at,
        }


def _purge_sent(now, apply: bool) -> int:
    """A step that may still be asked keeps its row: without it, it would be sent again."""
    over = Q(requirement__is_current=False) | Q(requirement__satisfied_by__isnull=False)
    found = ReminderSent.objects.filter(over, sent_at__lt=now - KEPT)
    return found.delete()[0] if apply else found.count()


def _purge_digests(now, apply: bool) -> int:
    found = ManagerDigest.objects.filter(sent_at__lt=now - KEPT)
    return found.delete()[0] if apply else found.count()


def _plans(user):
    for one in ReminderPlan.objects.filter(changed_by=user).select_related("obligation__track"):
        yield {"title": one.obligation.track.title, "decided_at": one.changed_at}


def _batches(user):
    for one in ReminderBatch.objects.filter(made_by=user).select_related("obligation__track"):
        yield {"title": one.obligation.track.title, "sent_at": one.ran_at}


def _digests(user):
    for one in ManagerDigest.objects.filter(manager=user):
        yield {"week": one.week, "number": one.people, "sent_at": one.sent_at}


declare(
    ReminderSent,
    owner=OWNER,
    classification="C2",
    retention=_("twelve months once the training is done; until then, so that nothing is sent twice"),
    title=_("Reminders of trainings I was sent"),
    export=_sent,
    erase=lambda user: ReminderSent.objects.filter(requirement__agent=user).delete()[0],
    purge=_purge_sent,
    reason="That a step was sent, so that it isn't sent again; it leaves with the account.",
)
declare(
    ManagerDigest,
    owner=OWNER,
    classification="C2",
    retention=_("twelve months"),
    title=_("Weeks of my team I was told of"),
    export=_digests,
    erase=lambda user: ManagerDigest.objects.filter(manager=user).delete()[0],
    purge=_purge_digests,
    reason="A number of people, nobody's name.",
)
declare(
    ReminderPlan,
    owner=OWNER,
    classification="C1",
    retention=_("as long as the mandatory training; your name until your account is erased"),
    title=_("Reminders of trainings I set"),
    export=_plans,
    erase=lambda user: ReminderPlan.objects.filter(changed_by=user).update(changed_by=None),
    reason="A decision of the city; who typed it leaves with the account.",
)
declare(
    ReminderBatch,
    owner=OWNER,
    classification="C1",
    retention=_("as long as the mandatory training; your name until your account is erased"),
    title=_("Batches of reminders I let leave"),
    export=_batches,
    erase=lambda user: ReminderBatch.objects.filter(made_by=user).update(made_by=None),
    reason="Totals by channel; who let it leave is forgotten with their account.",
)
code_words.register(
    "verb",
    {
        "trainings.reminders_set": _("Reminders of a training set"),
        "trainings.reminders_started": _("Reminders of a training started"),
        "trainings.reminders_paused": _("Reminders of a training paused"),
    },
)
