"""The adoption rule of a panel, written beforehand."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock

from ..enums import Base
from ..models import AdoptionRule, Vote
from ..models.rule import MOST_DENOMINATOR
from .gates import organising

# From the first seats: it may be written long before anybody drafts.
WHEN = (PanelState.DRAWN, PanelState.SEATED, PanelState.DELIBERATING)


@transaction.atomic
def write_rule(
    *, actor, panel: Panel, numerator: int, denominator: int, base: str, quorum_percent: int | None = None
) -> AdoptionRule:
    """Write what a recommendation needs to be adopted, or write it again; everybody reads it, with its day.

    Organisers. Refuses a share that is none, another base than those known, and any change once a vote is opened.
    """
    held = organising(actor, panel, *WHEN)
    if not 1 <= numerator <= denominator <= MOST_DENOMINATOR:
        raise ValidationError({"numerator": _("Write a share between nothing and everybody.")})
    if base not in Base.values:
        raise ValidationError({"base": _("Choose what the share is of.")})
    if quorum_percent is not None and not 1 <= quorum_percent <= 100:
        raise ValidationError({"quorum_percent": _("Write a share between 1 and 100, or nothing.")})
    if is_fixed(held):
        raise WrongState(_("A vote is opened: the rule no longer changes."), code="state")
    fields = {"numerator": numerator, "denominator": denominator, "base": base, "quorum_percent": quorum_percent}
    try:
        with transaction.atomic():
            rule, _made = AdoptionRule.objects.update_or_create(
                panel=held, defaults={**fields, "written_on": clock.today()}
            )
    except IntegrityError as refusal:
        raise WrongState(_("A vote is opened: the rule no longer changes."), code="state") from refusal
    share = Fraction(numerator, denominator)
    record("rule_written", held, actor=actor, payload={**fields, "share": str(share)}, at_once=True)
    return rule


def is_fixed(panel: Panel) -> bool:
    """Whether a vote was opened: from then on the rule stays; the answer of the trigger."""
    votes = Vote.objects.filter(recommendation__panel=panel)
    return votes.filter(opened_at__isnull=False).exists() or votes.filter(ballot__frozen_at__isnull=False).exists()
