"""What the wall keeps of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare

from .models import Sheet


def _old(now):
    return Sheet.objects.filter(week__lt=timezone.localdate(now) - timedelta(days=settings.TERRAIN_WALL_DAYS))


def _purge(now, apply):
    return _old(now).delete()[0] if apply else _old(now).count()


def _export(user):
    for sheet in Sheet.objects.filter(posted_by=user).select_related("unit").order_by("week", "pk"):
        yield {"place": sheet.unit.name, "week": sheet.week, "posted_on": sheet.posted_on}
    for sheet in Sheet.objects.filter(printed_by=user).select_related("unit").order_by("week", "pk"):
        yield {"place": sheet.unit.name, "week": sheet.week, "printed_on": sheet.printed_on}


def _erase(user):
    posted = Sheet.objects.filter(posted_by=user).update(posted_by=None)
    return posted + Sheet.objects.filter(printed_by=user).update(printed_by=None)


declare(
    Sheet,
    owner="wall",
    classification=Classification.C2,
    retention=_("one year"),
    export=_export,
    erase=_erase,
    purge=_purge,
    reason="Who printed a place's sheet and put it up, and when; its text names who signed answers, never an author.",
)

code_words.register(
    "verb",
    {
        "wall.drawn": _("Sheets of the week drawn"),
        "wall.printed": _("Sheets for the wall printed"),
        "wall.posted": _("Sheet said to be on the wall"),
        "wall.taken_back": _("Sheet said not to be on the wall"),
    },
)
