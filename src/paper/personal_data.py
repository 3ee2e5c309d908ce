"""What the paper room keeps of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare

from . import codes
from .models import Batch, FollowCode, PrintRun, TypedSheet


def _purge_codes(now, apply):
    return codes.expired(now).delete()[0] if apply else codes.expired(now).count()


def _old_batches(now):
    day = timezone.localdate(now) - timedelta(days=settings.TERRAIN_BATCH_DAYS)
    return Batch.objects.filter(destroyed_on__lt=day)


def _purge_batches(now, apply):
    return _old_batches(now).delete()[0] if apply else _old_batches(now).count()


def _batches(user):
    for batch in Batch.objects.filter(typed_by=user).select_related("unit").order_by("held_on", "pk"):
        yield {"place": batch.unit.name, "day": batch.held_on, "sheets": batch.announced}


def _erase_batches(user):
    touched = 0
    for column in ("typed_by", "checked_by", "destroyed_by"):
        touched += Batch.objects.filter(**{column: user}).update(**{column: None})
    return touched


def _runs(user):
    for run in PrintRun.objects.filter(printed_by=user).select_related("unit").order_by("printed_on", "pk"):
        yield {"place": run.unit.name, "day": run.printed_on, "sheets": run.sheets}


def _erase_runs(user):
    return PrintRun.objects.filter(printed_by=user).update(printed_by=None)


code_words.register(
    "verb",
    {
        "paper.batch_closed": _("Batch of sheets closed"),
        "paper.batch_opened": _("Batch of sheets opened"),
        "paper.sheet_set_aside": _("Sheet set aside"),
        "paper.sheets_destroyed": _("Sheets destroyed"),
        "paper.sheets_printed": _("Sheets printed"),
    },
)
declare(
    FollowCode,
    owner="paper",
    classification=Classification.C4,
    retention="180 days for a sheet that never came back, 3 years for one that was sent",
    export=None,
    erase=None,
    purge=_purge_codes,
    reason="A keyed hash that leads to a contribution and to no account; whoever holds the code isn't known.",
)
declare(
    TypedSheet,
    owner="paper",
    classification=Classification.C4,
    retention="until its second look",
    export=None,
    erase=None,
    reason="What a sheet says, encrypted, without an account column, deleted when it is sent or set aside.",
)
declare(
    Batch,
    owner="paper",
    classification=Classification.C2,
    retention=_("one year after the sheets were destroyed"),
    title=_("Sheets I typed"),
    export=_batches,
    erase=_erase_batches,
    purge=_purge_batches,
    reason="Which facilitators typed, checked and destroyed sheets: counts and days, nothing of their authors.",
)
declare(
    PrintRun,
    owner="paper",
    classification=Classification.C2,
    retention=_("as long as the account"),
    title=_("Sheets I printed"),
    export=_runs,
    erase=_erase_runs,
    reason="How many sheets a facilitator printed for a place, and by when they must be destroyed.",
)
