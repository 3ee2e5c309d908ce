"""By which way answers came: on the web, on sheets of paper, from a file; told apart and in the total."""

from django.db.models import Count
from django.utils.translation import gettext as _

from src.participation.enums import Channel
from src.participation.small_numbers import Cell, publishable

from .models import AnswerSet

ROUNDED_TO = 10


def counts(questionnaire) -> dict[str, int]:
    """How many answers came by each way; for computing, never for showing."""
    rows = (
        AnswerSet.objects.filter(questionnaire=questionnaire).order_by().values_list("channel").annotate(Count("pk"))
    )
    return dict(rows)


def told(questionnaire) -> dict:
    """The part of the results that says how answers came, when there are several ways and none is too small."""
    found = counts(questionnaire)
    shown, together = publishable([Cell(channel, number) for channel, number in found.items()])
    if len(found) < 2 or not shown:
        return {}
    rows = [[cell.key, cell.count] for cell in sorted(shown, key=lambda cell: (-cell.count, cell.key))]
    return {"channels": {"rows": rows, "together": together}}


def cells(table: dict) -> dict[str, int]:
    """The table as the registry of what is published reads it."""
    return dict(table["rows"]) | ({"": table["together"]} if table["together"] else {})


def words(table: dict | None) -> str:
    """« 52 sur le web, 12 sur papier », from the results; empty when it isn't told."""
    if not table:
        return ""
    parts = [_way(channel, number) for channel, number in table["rows"]]
    if table["together"]:
        parts.append(_("%(n)d by other ways, together") % {"n": table["together"]})
    return _("How they came: %(ways)s.") % {"ways": ", ".join(parts)}


def rounded_counts(questionnaire) -> dict[str, int]:
    """The same while it is open, for organisers: by tens."""
    return {channel: number // ROUNDED_TO * ROUNDED_TO for channel, number in counts(questionnaire).items()}


def ways_words(found: dict[str, int]) -> str:
    """Rounded counts in a sentence: only what reaches ten; empty when all came one way."""
    if len(found) < 2:
        return ""
    parts = [
        _way(channel, number) for channel, number in sorted(found.items(), key=lambda one: (-one[1], one[0])) if number
    ]
    return _("At least: %(ways)s.") % {"ways": ", ".join(parts)} if parts else ""


def _way(channel: str, number: int) -> str:
    return {
        Channel.WEB: _("%(n)d on the web"),
        Channel.PAPER: _("%(n)d on paper"),
        Channel.KIOSK: _("%(n)d at a kiosk"),
        Channel.PHONE: _("%(n)d by telephone"),
        Channel.TRAINING: _("%(n)d during a training"),
        Channel.IMPORT: _("%(n)d from a file"),
    }[channel] % {"n": number}
