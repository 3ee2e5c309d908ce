"""What apps tell of the subjects they have answered: who sees them, who wrote them, what an announcement does."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

_appliers: dict[str, Callable] = {}
_interest_checks: dict[str, Callable] = {}
_visible: dict[str, Callable] = {}
_refusals: dict[str, Callable] = {}
_published: dict[str, Callable] = {}
_links: dict[str, Callable] = {}
_together: dict[str, Callable] = {}
_reply_words: dict[str, Callable] = {}
_on_discarded: dict[str, Callable] = {}
_measure_words: dict[str, Callable] = {}
_origin_words: dict[str, Callable] = {}
_origin_labels: dict[str, str] = {}
_on_measure_moved: dict[str, Callable] = {}
_on_measure_news: dict[str, Callable] = {}
_on_escalated: dict[str, Callable] = {}
_owed_words: dict[str, Callable] = {}
_carriers: dict[str, "Carriers"] = {}


@dataclass(frozen=True)
class MeasureWords:
    """What a measure says of itself at birth. ``for_everybody``: the subject was already everybody's to read."""

    title: str
    for_everybody: bool


@dataclass(frozen=True)
class ReplyWords:
    """What somebody who signs the reply reads of its subject: its words, never who wrote them."""

    title: str
    text: str


@dataclass(frozen=True)
class OwedWords:
    """What an answer is owed to, as a reminder says it: ``title`` and the ``url`` where the answer is given."""

    title: str
    url: str


@dataclass(frozen=True)
class Carriers:
    """What a room has that may carry a measure.

    ``offered()`` answers groups of (reference, label), as a choice of a form; ``words(viewer, reference)`` answers
    OriginWords, its ``url`` empty for who can't open it, or None.
    """

    offered: Callable
    words: Callable


@dataclass(frozen=True)
class OriginWords:
    """A subject a measure comes from, for somebody who may see it."""

    label: str
    url: str


def on_announced(subject_kind: str, apply: Callable) -> None:
    """Register what happens to a subject when its decision is announced: ``apply(decision)``, in a transaction."""
    _put(_appliers, subject_kind, apply)


def register_interest_check(subject_kind: str, has_interest: Callable) -> None:
    """Register ``has_interest(reference, viewer) -> bool``: nobody decides on what they wrote or would gain by."""
    _put(_interest_checks, subject_kind, has_interest)


def register_visible_subjects(subject_kind: str, references: Callable) -> None:
    """Register ``references(viewer)``: a queryset of the references of the subjects the viewer may see."""
    _put(_visible, subject_kind, references)


def register_announcement_check(subject_kind: str, refusal: Callable) -> None:
    """Register ``refusal(decision) -> str | None``: a sentence when the subject can't receive its answer now."""
    _put(_refusals, subject_kind, refusal)


def register_published_subjects(subject_kind: str, references: Callable) -> None:
    """Register ``references()``: a queryset of the references whose answers are told in figures, to everybody."""
    _put(_published, subject_kind, references)


def register_links(subject_kind: str, links: Callable) -> None:
    """Register ``links(references, viewer) -> {reference: (title, address)}`` of those the viewer may see."""
    _put(_links, subject_kind, links)


def register_check_together(subject_kind: str, refusal: Callable) -> None:
    """Register ``refusal(decisions) -> str | None``: why these can't be announced as they are gathered."""
    _put(_together, subject_kind, refusal)


def register_reply_words(subject_kind: str, words: Callable) -> None:
    """Register ``words(references) -> {reference: ReplyWords}``: in one read, for who signs the replies to them."""
    _put(_reply_words, subject_kind, words)


def on_discarded(subject_kind: str, apply: Callable) -> None:
    """Register ``apply(decision)``: what an answer in preparation took is given back when it is thrown away.

    Called in the transaction that throws it away.
    """
    _put(_on_discarded, subject_kind, apply)


def register_measure_words(subject_kind: str, words: Callable) -> None:
    """Register ``words(reference) -> MeasureWords``: the title of the measure born of a subject's yes."""
    _put(_measure_words, subject_kind, words)


def register_origin_words(subject_kind: str, words: Callable, label: str) -> None:
    """Register ``words(viewer, references) -> {reference: OriginWords}``: those the viewer may see, in one read.

    ``label`` names the kind in the plural, for a filter.
    """
    _put(_origin_words, subject_kind, words)
    _origin_labels[subject_kind] = label


def origin_labels() -> dict[str, str]:
    """Kind → its name in the plural."""
    return dict(_origin_labels)


def on_measure_moved(subject_kind: str, apply: Callable) -> None:
    """Register ``apply(origin, measure, step)``: what a measure's new state does to where it comes from.

    Called in the transaction of the move, in an order that doesn't matter, and safe to call twice.
    """
    _put(_on_measure_moved, subject_kind, apply)


def on_measure_news(subject_kind: str, tell: Callable) -> None:
    """Register ``tell(origin, measure, note)``: who hears the news; the relay calls it."""
    _put(_on_measure_news, subject_kind, tell)


def register_carriers(kind: str, carriers: Carriers) -> None:
    """Register what may carry a measure; two rooms for one kind is refused."""
    if _carriers.setdefault(kind, carriers) is not carriers:
        raise ValueError(f"“{kind}” is already registered: two meanings for one kind.")


def carriers() -> dict[str, Carriers]:
    """Kind → what may carry a measure."""
    return dict(_carriers)


def carrier_words(viewer, kind: str, reference: str) -> OriginWords | None:
    """What carries a measure, in words; None when it is gone or no room knows it."""
    known = _carriers.get(kind)
    return known.words(viewer, reference) if known else None


def on_escalated(subject_kind: str, tell: Callable) -> None:
    """Register ``tell(owed_pk, level)``: a kind that words its reminders itself; the relay calls it, at least once."""
    _put(_on_escalated, subject_kind, tell)


def register_owed_words(subject_kind: str, words: Callable) -> None:
    """Register ``words(reference) -> OwedWords | None``: what common reminders say; None if nothing is awaited."""
    _put(_owed_words, subject_kind, words)


def escalation_of(subject_kind: str) -> Callable | None:
    """What a kind does of a reminder by itself, or None."""
    return _on_escalated.get(subject_kind)


def owed_words(subject_kind: str, reference: str) -> OwedWords | None:
    """What an answer is owed to, in words; None for a kind nobody registered."""
    words = _owed_words.get(subject_kind)
    return words(reference) if words else None


def reply_words(subject_kind: str, references: list[str]) -> dict[str, ReplyWords]:
    """The words of subjects, by reference; none for a kind nobody registered, or hidden by the moderation."""
    words = _reply_words.get(subject_kind)
    return words(references) if words and references else {}


def measure_words(subject_kind: str, reference: str) -> MeasureWords | None:
    """The words of a measure born of a subject; None when nobody registered any for its kind."""
    words = _measure_words.get(subject_kind)
    return words(reference) if words else None


def origin_words(viewer, wanted: dict[str, list[str]]) -> dict[tuple[str, str], OriginWords]:
    """Kind and reference → words, for the subjects this viewer may see; one statement a kind."""
    found = {}
    for kind, references in wanted.items():
        words = _origin_words.get(kind)
        for reference, said in (words(viewer, references) if words and references else {}).items():
            found[kind, reference] = said
    return found


def discarded(decision) -> None:
    """Let the room of a subject know that the answer prepared for it is gone."""
    apply = _on_discarded.get(decision.subject_kind)
    if apply:
        apply(decision)


def measure_moved(origin, measure, step) -> None:
    """Let the room of an origin follow the measure."""
    apply = _on_measure_moved.get(origin.subject_kind)
    if apply:
        apply(origin, measure, step)


def measure_news(origin, measure, note) -> None:
    """Let the room of an origin tell who follows it."""
    tell = _on_measure_news.get(origin.subject_kind)
    if tell:
        tell(origin, measure, note)


def applier(subject_kind: str) -> Callable:
    """What an announcement does to this kind; a kind nobody registered is a mistake of installation."""
    return _get(_appliers, subject_kind, "on_announced")


def has_interest(subject_kind: str, reference: str, viewer, subject=None) -> bool:
    """Whether the viewer wrote the subject, by name or protected, or is named by it: they decide nothing of it.

    Without a check the kind can't be decided on.

    ``subject``, when the caller has just read it, answers by itself (``has_interest``) and spares a statement.
    """
    if subject is not None:
        return subject.has_interest(viewer)
    return bool(_get(_interest_checks, subject_kind, "register_interest_check")(reference, viewer))


def visible_subjects() -> dict[str, Callable]:
    """Kind → references a viewer may see; a kind that isn't here is seen by nobody."""
    return dict(_visible)


def published_subjects() -> dict[str, Callable]:
    """Kind → references told in figures; a kind that isn't here is told nowhere."""
    return dict(_published)


def links_of(subject_kind: str, references, viewer) -> dict[str, tuple[str, str]]:
    """Title and address of the subjects the viewer may see, by reference."""
    find = _links.get(subject_kind)
    return find(references, viewer) if find else {}


def refusal_to_announce(decision) -> str | None:
    """Why this decision can't be announced now, in a sentence."""
    check = _refusals.get(decision.subject_kind)
    return check(decision) if check else None


def refusal_to_announce_together(decisions) -> str | None:
    """Why these decisions can't leave in one announcement, in a sentence: what each subject alone can't tell."""
    for kind, check in _together.items():
        refusal = check([decision for decision in decisions if decision.subject_kind == kind])
        if refusal:
            return refusal
    return None


def _put(store: dict[str, Callable], kind: str, function: Callable) -> None:
    known = store.get(kind)
    if known is not None and (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
        raise ValueError(f"“{kind}” is already registered: two meanings for one kind.")
    store[kind] = function


def _get(store: dict[str, Callable], kind: str, name: str) -> Callable:
    if kind not in store:
        raise ImproperlyConfigured(f"No {name}() for subjects of kind “{kind}”.")
    return store[kind]
