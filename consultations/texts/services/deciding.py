"""What becomes of contributions: one by one, or several at once under a theme; and which changes they explain."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, journal

from .. import rules
from ..enums import ContributionKind, OutcomeKind
from ..models import ChangedSpan, ContributionOutcome, ReformText, SpanSource, UnitContribution
from .publishing import emit_told

MOST_REASON, MOST_THEME, MOST_AT_ONCE = 1_000, 120, 3_000
# Occasions of the messages that follow a closing, each named by its first contribution.
LATE = "late-"


@transaction.atomic
def decide(
    *,
    actor=None,
    text: ReformText,
    contributions: Iterable[UnitContribution],
    kind: str,
    reason: str = "",
    theme: str = "",
    spans: Iterable[ChangedSpan] = (),
) -> int:
    """Give these contributions an outcome, in the place of the one they had; returns how many.

    Taken or partly taken: linked to the changes of the draft that carry it (an agreement with what stays needs none).
    Set aside or answered: with the sentence its author reads. Several at once share a theme, told as such. Refuses
    with ValidationError by field what is missing, an outcome already told, what isn't of this text or waits for none.
    Once the text is closed, what moderation brought back is all that waits: its author is told at once, and nothing
    is taken any more. Journals the numbers, never the authors.
    """
    # Deciding and publishing take turns: nothing is told that isn't written.
    held = ReformText.objects.select_for_update().get(pk=text.pk)
    asked = {one.pk for one in contributions}
    found = list(
        UnitContribution.objects.asking()
        .filter(pk__in=asked, unit__version__text=text)
        .select_related("outcome")
        .order_by("pk")
    )
    if not found or len(found) != len(asked) or len(found) > MOST_AT_ONCE:
        raise ValidationError(_("Choose contributions of this text that are still there."))
    if any(_outcome(one) is not None and _outcome(one).told_at is not None for one in found):
        raise ValidationError(_("Its author was told: this outcome doesn't change any more."))
    reason, theme = _checked(held, found, kind, reason, theme)
    spans = list(spans)
    if any(span.version.text_id != text.pk or span.version.published_at is not None for span in spans):
        raise ValidationError({"spans": _("Choose changes of the version being written.")})
    silent = [one for one in found if one.kind != ContributionKind.SUPPORT]
    if kind in rules.CARRIED and silent and not spans:
        raise ValidationError({"spans": _("Choose the change that takes it: nothing is “taken” without one.")})
    now = clock.now()
    ContributionOutcome.objects.filter(contribution__in=found).delete()
    SpanSource.objects.filter(contribution__in=found, span__version__published_at__isnull=True).delete()
    ContributionOutcome.objects.bulk_create(
        (
            ContributionOutcome(
                contribution=one,
                kind=kind,
                reason=reason,
                theme=theme,
                decided_at=now,
                decided_by=actor,
                told_at=now if held.closed_at is not None else None,
            )
            for one in found
        ),
        batch_size=500,
    )
    if held.closed_at is not None:
        # Neither a version nor a closing comes after it: this is its one message.
        emit_told(held, [(one.pk, one.author_id) for one in found], f"{LATE}{found[0].reference}")
    if kind in rules.CARRIED and spans:
        SpanSource.objects.bulk_create(
            (SpanSource(span=span, contribution=one) for span in spans for one in found), batch_size=500
        )
        ChangedSpan.objects.filter(pk__in=[span.pk for span in spans]).update(is_editorial=False)
    journal.record(
        "texts.decided",
        actor=actor,
        object_ref=f"text:{text.reference}",
        payload={"contributions": len(found), "outcome": str(kind), "theme": theme},
    )
    return len(found)


def _outcome(contribution):
    return getattr(contribution, "outcome", None)


def _checked(text, found, kind: str, reason: str, theme: str) -> tuple[str, str]:
    reason = (reason or "").replace("\r\n", "\n").strip()
    theme = " ".join((theme or "").split())
    errors = {}
    if kind not in OutcomeKind.values or any(kind not in rules.outcomes_for(one.kind, text) for one in found):
        errors["kind"] = (
            _("Choose an outcome that fits: a wording is taken, partly taken or set aside.")
            if text.closed_at is None
            else _("This text is closed: no change can take it any more.")
        )
    if kind not in rules.CARRIED and not reason:
        errors["reason"] = _("Say why: its author reads this sentence.")
    if len(reason) > MOST_REASON:
        errors["reason"] = _("Shorten this text: %(max)d characters at most.") % {"max": MOST_REASON}
    if len(found) > 1 and not theme:
        errors["theme"] = ngettext(
            "Name what this contribution has in common.",
            "Name what these %(n)d contributions have in common.",
            len(found),
        ) % {"n": len(found)}
    if len(theme) > MOST_THEME:
        errors["theme"] = _("Shorten this theme: %(max)d characters at most.") % {"max": MOST_THEME}
    if errors:
        raise ValidationError(errors)
    return reason, theme if len(found) > 1 else ""


@transaction.atomic
def forget_outcome(*, actor=None, text: ReformText, contribution: UnitContribution) -> None:
    """Take an outcome back before it is told: the contribution waits again. Safe twice."""
    ReformText.objects.select_for_update().get(pk=text.pk)
    held = ContributionOutcome.objects.filter(contribution=contribution, contribution__unit__version__text=text)
    if held.filter(told_at__isnull=False).exists():
        raise ValidationError(_("Its author was told: this outcome doesn't change any more."))
    if held.delete()[0]:
        SpanSource.objects.filter(contribution=contribution, span__version__published_at__isnull=True).delete()
        journal.record(
            "texts.outcome_forgotten", actor=actor, object_ref=f"text:{text.reference}", payload={"contributions": 1}
        )


@transaction.atomic
def set_editorial(*, actor=None, span: ChangedSpan, wanted: bool) -> None:
    """Say that a change comes from nobody's contribution, by the word "rédaction"; or no longer.

    Refuses a change that contributions explain, and a version that is published.
    """
    held = ChangedSpan.objects.select_for_update(of=("self",)).select_related("version__text").get(pk=span.pk)
    if held.version.published_at is not None:
        raise ValidationError(_("This version was published: it doesn't change any more. Begin the next one."))
    if wanted and held.sources.exists():
        raise ValidationError(_("Contributions explain this change: it isn't a matter of wording alone."))
    held.is_editorial = span.is_editorial = wanted
    held.save(update_fields=["is_editorial"])
    journal.record(
        "texts.wording_said", actor=actor, object_ref=f"text:{held.version.text.reference}", payload={"wanted": wanted}
    )
