"""Whether a question asked again is the same question: its words, its answers, its scale, who it is asked of."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from . import asking
from .figures import scale_words
from .words import no_opinion

FOLLOWED = (asking.SINGLE, asking.SCALE)


def can_be_followed(question) -> bool:
    """Whether one share can be told of it: one answer chosen in a list, or on a scale."""
    return question.kind in FOLLOWED


def answers_of(question) -> list[tuple[str, str]]:
    """The answers of a question one may follow, in their order: key and words."""
    if question.kind == asking.SCALE:
        return [
            (value, no_opinion() if value == asking.NO_OPINION else scale_words(question, value))
            for value in question.spec.readable
        ]
    return [(choice["key"], choice["label"]) for choice in question.choices]


def differences(before, after) -> list[str]:
    """What keeps two questions of one key from being compared, in sentences; empty when they are the same.

    Its help, its place and whether it must be answered may change; its condition may name another source by the same
    key only.
    """
    found = []
    if before.kind != after.kind:
        return [_("It isn’t answered in the same way.")]
    if _squeezed(before.text) != _squeezed(after.text):
        found.append(_("Its words changed."))
    if answers_of_any(before) != answers_of_any(after):
        found.append(_("Its answers changed."))
    if before.is_personal != after.is_personal:
        found.append(_("“I do not wish to answer” is offered in one edition alone."))
    if before.condition != after.condition:
        found.append(_("It isn’t asked of the same people."))
    return found


def answers_of_any(question) -> list:
    """Everything that may be answered: choices in their order, lines, the ends of a scale."""
    settings = question.settings
    lines = [(line["key"], _squeezed(line["label"])) for line in (*question.choices, *question.rows)]
    ends = [settings.get(name) for name in ("least", "most", "least_label", "most_label")]
    return [*lines, *ends, bool(settings.get("no_opinion"))]


def _squeezed(text: str) -> str:
    """Words without what the eye doesn't read as a change: blanks, the kind of apostrophe."""
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").split())


def kept(earlier: Iterable, later: Iterable) -> tuple[list, list, list]:
    """Questions that both ask by their key, those added, those no longer asked; in the order of their edition."""
    before, after = {one.key: one for one in earlier}, {one.key: one for one in later}
    return (
        [one for key, one in after.items() if key in before],
        [one for key, one in after.items() if key not in before],
        [one for key, one in before.items() if key not in after],
    )
