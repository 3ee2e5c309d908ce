"""Sentences about texts, changes and outcomes, said the same on every page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.questionnaires.words import until_words
from theme.templatetags.theme import short_day

from . import rules
from .enums import ContributionKind, OutcomeKind, SpanKind, TextState

TONES = {
    TextState.OPEN: "ok",
    TextState.CLOSED: "info",
    TextState.COMING: "",
    TextState.STUDIED: "",
    TextState.PREPARED: "warn",
}
ICONS = {
    TextState.OPEN: "circle-play",
    TextState.CLOSED: "flag",
    TextState.COMING: "clock",
    TextState.STUDIED: "hourglass",
    TextState.PREPARED: "pencil",
}
OUTCOME_TONES = {
    OutcomeKind.TAKEN: "ok",
    OutcomeKind.PARTLY: "ok",
    OutcomeKind.SET_ASIDE: "warn",
    OutcomeKind.ANSWERED: "info",
}
OUTCOME_ICONS = {
    OutcomeKind.TAKEN: "check",
    OutcomeKind.PARTLY: "check",
    OutcomeKind.SET_ASIDE: "x",
    OutcomeKind.ANSWERED: "messages-square",
}


def when_words(text) -> str:
    """Until when one contributes, or from when; empty when the calendar says nothing."""
    state = rules.state_of(text)
    if state == TextState.OPEN:
        ends = rules.until(text)
        return (
            _("Open until %(moment)s") % {"moment": until_words(ends)} if ends else _("Open, without an end for now")
        )
    opens = rules.opens_at(text)
    if state == TextState.COMING and opens:
        return _("Opens on %(day)s") % {"day": short_day(opens)}
    if state == TextState.CLOSED:
        return _("Closed on %(day)s") % {"day": short_day(text.closed_at)}
    return ""


def count_words(n: int) -> str:
    return ngettext("%(n)d contribution", "%(n)d contributions", n) % {"n": n}


def kinds_words(counts: dict) -> list[str]:
    """« 3 accords · 5 autres rédactions · 1 question », without what nobody said."""
    words = {
        ContributionKind.SUPPORT: ngettext(
            "%(n)d agreement", "%(n)d agreements", counts.get(ContributionKind.SUPPORT, 0)
        ),
        ContributionKind.AMEND: ngettext(
            "%(n)d other wording", "%(n)d other wordings", counts.get(ContributionKind.AMEND, 0)
        ),
        ContributionKind.QUESTION: ngettext(
            "%(n)d question", "%(n)d questions", counts.get(ContributionKind.QUESTION, 0)
        ),
    }
    return [said % {"n": counts[kind]} for kind, said in words.items() if counts.get(kind)]


def change_words(kind: str, before: str, after: str, other: str = "") -> str:
    """One change, in a sentence that is heard as well as it is seen."""
    before, after = before.strip(), after.strip()
    if kind == SpanKind.ADDED:
        return _("New unit.")
    if kind == SpanKind.REMOVED:
        return _("Removed unit.")
    if kind == SpanKind.SPLIT:
        return _("Cut off: %(other)s.") % {"other": other} if other else _("Cut off another unit.")
    if kind == SpanKind.MERGED:
        return _("Put into: %(other)s.") % {"other": other} if other else _("Put into another unit.")
    if kind == SpanKind.MOVED:
        return _("Moved: it was in place %(before)s, it is in place %(after)s.") % {"before": before, "after": after}
    if before and after:
        return _("Replaced: “%(before)s” by “%(after)s”.") % {"before": before, "after": after}
    if after:
        return _("Added: “%(after)s”.") % {"after": after}
    if before:
        return _("Removed: “%(before)s”.") % {"before": before}
    return _("Blanks alone.")


def sources_words(taken: int, partly: int, is_editorial: bool) -> str:
    """Where a change comes from: contributions, or the word."""
    if is_editorial:
        return _("Wording")
    words = []
    if taken:
        words.append(ngettext("taken from %(n)d contribution", "taken from %(n)d contributions", taken) % {"n": taken})
    if partly:
        words.append(
            ngettext("partly taken from %(n)d contribution", "partly taken from %(n)d contributions", partly)
            % {"n": partly}
        )
    said = ", ".join(words)
    return said[:1].upper() + said[1:]
