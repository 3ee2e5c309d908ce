"""The changes of a version being written, computed anew and kept with what explains them."""

from django.db import transaction

from .. import differences
from ..enums import ContributionKind, OutcomeKind
from ..models import ChangedSpan, ContributionOutcome, TextVersion


def units_of(version: TextVersion) -> list[differences.Unit]:
    """The units of a version, as they are compared."""
    rows = version.units.order_by("position", "pk").values_list("key", "label", "title", "body", "kind", "from_key")
    return [differences.Unit(*row) for row in rows]


def before(version: TextVersion) -> TextVersion | None:
    """The published version before this one."""
    return (
        TextVersion.objects.filter(text=version.text_id, number__lt=version.number, published_at__isnull=False)
        .order_by("-number")
        .first()
    )


@transaction.atomic
def refresh_spans(version: TextVersion) -> int:
    """Bring the changes of a draft up to date; returns how many there are.

    A change that is still there keeps what explains it. One that is gone takes its links with it; the outcome of a
    contribution that changed nothing any more goes too, and waits again. Does nothing to a published version.
    """
    previous = before(version)
    if version.published_at is not None or previous is None:
        return 0
    found = {one.fingerprint: one for one in differences.spans(units_of(previous), units_of(version))}
    known = {one.fingerprint: one for one in ChangedSpan.objects.filter(version=version)}
    gone = [one.pk for mark, one in known.items() if mark not in found]
    ChangedSpan.objects.filter(pk__in=gone).delete()
    moved = [one for mark, one in known.items() if mark in found and one.position != found[mark].position]
    for one in moved:
        one.position = found[one.fingerprint].position
    ChangedSpan.objects.bulk_update(moved, ["position"], batch_size=200)
    ChangedSpan.objects.bulk_create(
        ChangedSpan(
            version=version,
            key=one.key,
            kind=one.kind,
            position=one.position,
            before=one.before,
            after=one.after,
            fingerprint=mark,
        )
        for mark, one in found.items()
        if mark not in known
    )
    if gone:
        forget_without_change(version)
    return len(found)


def forget_without_change(version: TextVersion) -> int:
    """Take back the outcomes not told yet that say "taken" while no change carries them; returns how many."""
    return (
        ContributionOutcome.objects.filter(
            contribution__unit__version__text=version.text_id,
            kind__in=(OutcomeKind.TAKEN, OutcomeKind.PARTLY),
            told_at__isnull=True,
            contribution__changes__isnull=True,
        )
        .exclude(contribution__kind=ContributionKind.SUPPORT)
        .delete()[0]
    )
