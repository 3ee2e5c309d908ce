"""Tone and icon of a step's badge. The word beside them comes from the core and says the same thing alone."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import PublicStep

_OUTCOMES = {
    "accepted": ("ok", "circle-check"),
    "pilot": ("info", "flask-conical"),
    "deferred": ("warn", "calendar"),
    "declined": ("danger", "circle-x"),
    "already_done": ("ok", "check"),
}
_STEPS = {
    PublicStep.RECEIVED: ("", "inbox"),
    PublicStep.STUDY: ("info", "search"),
    PublicStep.DECIDED: ("ok", "circle-check"),
    PublicStep.IN_PROGRESS: ("info", "wrench"),
    PublicStep.CONFIRMED: ("ok", "shield-check"),
}
_ASIDE = ("", "archive")


@dataclass(frozen=True)
class Badge:
    """A word with its icon and tone: never a colour alone."""

    tone: str
    icon: str
    label: str


def badge_of(row) -> Badge:
    """The badge of an idea's row."""
    if row.hidden_label:
        return Badge("warn", "eye-off", row.hidden_label)
    tone, icon = _OUTCOMES.get(row.outcome) or _STEPS.get(row.step) or _ASIDE
    return Badge(tone, icon, row.step_label)


def answer_tone(outcome: str) -> str:
    """The tone of the official answer's box; its first word says the same."""
    return _OUTCOMES.get(outcome, ("", ""))[0]


def row_card(row, back: str = "") -> dict:
    """One idea as ``theme/c/idea_row.html`` draws it; a press of its button comes back to ``back``."""
    badge = badge_of(row)
    may_support = row.accepts_supports and not row.is_mine
    return {
        "title": row.title,
        "url": row.url,
        "excerpt": row.excerpt,
        "badge_label": badge.label,
        "badge_tone": badge.tone,
        "badge_icon": badge.icon,
        "facts": [row.direction_label, row.author_label, came_from(row)],
        "comments": row.comments,
        "total": row.supports,
        "support_url": reverse("ideas:support", kwargs={"reference": row.reference}) if may_support else "",
        "supported": row.supported,
        "late_days": row.days_late if row.is_late else 0,
        "due_on": row.promised_on,
        "imported": row.imported_supports,
        "archived": row.is_archive,
        "back": back,
    }


def came_from(row) -> str:
    """The space an idea passed from; empty for one that never did."""
    return _("came from “%(space)s”") % {"space": row.came_from} if row.came_from else ""


def supports_in_words(row) -> str:
    return ngettext("%(n)d support", "%(n)d supports", row.supports) % {"n": row.supports}
