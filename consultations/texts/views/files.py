"""What files and the API say of a contribution: as its page does, never finer than the week if unsigned."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.participation.enums import IdentityMode

from .. import rules, selectors

COLUMNS = (
    _("Reference"),
    _("Version"),
    _("Article"),
    _("What is said"),
    _("By"),
    _("Week"),
    _("Words"),
    _("Wording proposed"),
    _("Supports"),
    pgettext_lazy("of a contribution", "Outcome"),
    _("Reason"),
    _("Theme"),
)


def contribution_data(one, viewer, text) -> dict:
    """One contribution, as JSON takes it."""
    reads = rules.reads(viewer, one, text)
    outcome = selectors.outcome_of(one, viewer, text)
    counts = getattr(one, "counts", None)
    return {
        "reference": one.reference,
        "version": one.unit.version.number,
        "unit": one.unit.key,
        "unit_name": one.unit.name,
        "kind": one.kind,
        "identity": one.identity_mode,
        "by": one.signed_as if one.identity_mode == IdentityMode.NAMED else "",
        "week": one.week.isoformat(),
        "body": one.body if reads else "",
        "proposal": one.proposal if reads else "",
        "supports": counts.supports if counts else 0,
        "outcome": outcome.kind if outcome else None,
        "reason": outcome.reason if outcome else "",
        "theme": outcome.theme if outcome else "",
    }


def contribution_cells(one, viewer, text) -> list:
    """One contribution, as a line of a table."""
    data = contribution_data(one, viewer, text)
    outcome = selectors.outcome_of(one, viewer, text)
    return [
        data["reference"],
        data["version"],
        data["unit_name"],
        one.get_kind_display(),
        one.signed_as,
        data["week"],
        data["body"],
        data["proposal"],
        data["supports"],
        outcome.get_kind_display() if outcome else "",
        data["reason"],
        data["theme"],
    ]
