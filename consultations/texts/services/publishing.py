"""Opening a text, publishing its next version, closing it: refused as long as something isn't explained."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, journal, outbox

from ..enums import UnitKind
from ..models import ChangedSpan, ContributionOutcome, ReformText, TextVersion, UnitContribution
from .trace import refresh_spans
from .writing import reindex

TOLD_TOPIC = "texts.outcomes"
# People told by one effect of the outbox: each is short, and tried again alone.
SLICE = 50


@dataclass(frozen=True)
class Missing:
    """What keeps something from coming out; ``url_name`` is the page where it is put right."""

    sentence: str
    url_name: str


def undecided_of(text: ReformText):
    """Contributions of every version that wait for an outcome."""
    return UnitContribution.objects.undecided().filter(unit__version__text=text)


def unexplained_of(version: TextVersion):
    """Changes that neither a contribution nor the word "rédaction" explains."""
    return ChangedSpan.objects.filter(version=version, is_editorial=False, sources__isnull=True)


def why_not_publish(version: TextVersion) -> list[Missing]:
    """Everything that keeps a draft from coming out; three statements at most."""
    found = []
    if not version.units.exclude(kind=UnitKind.HEADING).exists():
        found.append(Missing(_("It has no article yet: bring the text in, or add a unit."), "write"))
    if version.number == 1:
        return found
    waiting = undecided_of(version.text).count()
    if waiting:
        words = ngettext("%(n)d contribution has no outcome.", "%(n)d contributions have no outcome.", waiting) % {
            "n": waiting
        }
        found.append(Missing(words, "queue"))
    if not version.spans.exists():
        found.append(Missing(_("It says the same as the version before: nothing changes."), "write"))
    left = unexplained_of(version).count()
    if left:
        words = ngettext(
            "%(n)d change has neither its contributions nor the word “rédaction”.",
            "%(n)d changes have neither their contributions nor the word “rédaction”.",
            left,
        ) % {"n": left}
        found.append(Missing(words, "spans"))
    return found


def why_not_close(text: ReformText) -> list[Missing]:
    """Everything that keeps a text from closing."""
    found = []
    if text.current is None:
        found.append(Missing(_("It was never opened: there is nothing to close."), "write"))
    waiting = undecided_of(text).count()
    if waiting:
        words = ngettext("%(n)d contribution has no outcome.", "%(n)d contributions have no outcome.", waiting) % {
            "n": waiting
        }
        found.append(Missing(words, "queue"))
    if text.draft is not None and text.current is not None:
        found.append(Missing(_("A version is being written: publish it, or throw it away."), "write"))
    return found


@transaction.atomic
def open_text(*, actor=None, text: ReformText) -> TextVersion:
    """Publish the first version: its circle reads it, and contributes while the calendar says so. Safe twice.

    Refuses a text without an article.
    """
    held = ReformText.objects.select_for_update().get(pk=text.pk)
    if held.current is not None:
        return held.current
    version = held.draft
    _refuse(why_not_publish(version))
    version.published_at = clock.now()
    version.save(update_fields=["published_at"])
    journal.record("texts.opened", actor=actor, object_ref=f"text:{held.reference}")
    reindex(held)
    return version


@transaction.atomic
def publish_version(*, actor=None, version: TextVersion) -> TextVersion:
    """Publish the next version with its trace, and tell each contributor once what became of their words. Safe twice.

    Waits for contributions being sent. Refuses with ValidationError, in words, while one has no outcome, while a
    change has neither its contributions nor the word "rédaction"; the database refuses it too.
    """
    held = ReformText.objects.select_for_update().get(pk=version.text_id)
    version = TextVersion.objects.select_related("text").get(pk=version.pk)
    if version.published_at is not None:
        return version
    if held.closed_at is not None:
        raise ValidationError(_("This text is closed: nothing of it changes any more."))
    refresh_spans(version)
    _refuse(why_not_publish(version))
    version.published_at = clock.now()
    version.save(update_fields=["published_at"])
    told = _tell(held, version.published_at, f"v{version.number}")
    journal.record(
        "texts.version_published",
        actor=actor,
        object_ref=f"text:{held.reference}",
        payload={"version": version.number, "told": told},
    )
    reindex(held)
    return version


@transaction.atomic
def close_text(*, actor=None, text: ReformText) -> None:
    """Close for good, and tell those who weren't told yet what became of their words. Safe twice.

    Refuses while a contribution has no outcome, or a version is being written; the database refuses the first too.
    """
    held = ReformText.objects.select_for_update().get(pk=text.pk)
    if held.closed_at is not None:
        return
    _refuse(why_not_close(held))
    held.closed_at = text.closed_at = clock.now()
    held.save(update_fields=["closed_at"])
    told = _tell(held, held.closed_at, "end")
    journal.record("texts.closed", actor=actor, object_ref=f"text:{held.reference}", payload={"told": told})
    reindex(held)


def _refuse(missing: list[Missing]) -> None:
    if missing:
        raise ValidationError([one.sentence for one in missing])


def _tell(text: ReformText, moment, occasion: str) -> int:
    """Mark outcomes as told, and write what the relay will say: everything of one person in one effect.

    Somebody who signed several contributions hears of all of them at once; a protected contribution has a message of
    its own, since nothing may say that two of them are one person's. Returns how many contributions.
    """
    waiting = ContributionOutcome.objects.filter(
        contribution__unit__version__text=text,
        contribution__is_withdrawn=False,
        told_at__isnull=True,
    )
    rows = list(waiting.order_by("contribution_id").values_list("contribution_id", "contribution__author_id"))
    ContributionOutcome.objects.filter(pk__in=waiting.values("pk")).update(told_at=moment)
    emit_told(text, rows, occasion)
    return len(rows)


def emit_told(text: ReformText, rows, occasion: str) -> None:
    """Write what the relay will say of these contributions (each with its author, or None): one message a person."""
    people: dict[object, list[int]] = {}
    for contribution, author in rows:
        people.setdefault(("author", author) if author else ("handle", contribution), []).append(contribution)
    groups = list(people.values())
    slices = [groups[start : start + SLICE] for start in range(0, len(groups), SLICE)]
    outbox.emit_many(
        TOLD_TOPIC,
        [{"text": text.pk, "occasion": occasion, "people": one} for one in slices],
        keys=[f"{TOLD_TOPIC}:{text.pk}:{occasion}:{n}" for n in range(len(slices))],
    )
