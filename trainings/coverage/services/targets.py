"""Setting a target: how many should be up to date, by which day."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.models import Unit
from src.foundations import clock, journal
from trainings.obligations.models import Obligation

from .. import rules
from ..models import CoverageTarget


def _checked(actor) -> None:
    if not rules.can_set_targets(actor):
        raise PermissionDenied(_("Targets are set by human resources of the whole city."))


@transaction.atomic
def set_target(
    *, obligation: Obligation, percent: int, by_on: date, actor, direction: Unit | None = None
) -> CoverageTarget:
    """Set the target of everybody, or of one direction; the one before is replaced, and the journal keeps both.

    Refuses a day that is past, a share out of a hundred, and an obligation that isn't active.
    """
    _checked(actor)
    if not obligation.is_active:
        raise ValidationError(_("This mandatory training isn’t active."))
    if by_on < clock.today():
        raise ValidationError({"by_on": _("Choose a day that is not past.")})
    # Two people at once: the second waits, then replaces.
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    found = CoverageTarget.objects.filter(obligation=obligation, direction=direction).first()
    made = found or CoverageTarget(obligation=obligation, direction=direction)
    made.percent, made.by_on, made.set_by, made.set_at = percent, by_on, getattr(actor, "user", actor), clock.now()
    made.full_clean(exclude=["set_by"], validate_unique=False, validate_constraints=False)
    made.save()
    journal.record(
        "trainings.target_set",
        actor=made.set_by,
        object_ref=f"obligation:{obligation.reference}",
        payload={"direction": direction.code if direction else "", "percent": percent, "by_on": by_on.isoformat()},
    )
    return made


@transaction.atomic
def remove_target(*, target: CoverageTarget, actor) -> None:
    """Take a target away: its direction follows the one of the whole city again."""
    _checked(actor)
    code = target.direction.code if target.direction_id else ""
    if CoverageTarget.objects.filter(pk=target.pk).delete()[0]:
        journal.record(
            "trainings.target_removed",
            actor=getattr(actor, "user", actor),
            object_ref=f"obligation:{target.obligation.reference}",
            payload={"direction": code},
        )
