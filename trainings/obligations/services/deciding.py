"""What is decided about one person: a later day, an exemption; and the days they are away. Counted again at once."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import rules
from ..models import AbsenceSpan, Exemption, Extension, Obligation, Requirement
from .evaluating import evaluate_people


def _checked(actor, agent) -> None:
    if not rules.can_decide(actor, agent):
        raise PermissionDenied(_("This is decided by human resources where the person works."))


@transaction.atomic
def extend(*, requirement: Requirement, until: date, actor) -> Extension:
    """Give somebody until a later day. Refuses a day past or not later, and a training that isn't to do."""
    _checked(actor, requirement.agent)
    today = clock.today()
    if requirement.satisfied_by_id is not None or not requirement.is_current:
        raise ValidationError(_("There is nothing to do any more: no later day is needed."))
    if until <= requirement.due_on or until < today:
        raise ValidationError({"until": _("Choose a day after the one that is due, and not past.")})
    made = Extension.objects.create(requirement=requirement, until=until, granted_on=today, granted_by=actor)
    journal.record("trainings.extended", actor=actor, object_ref=f"requirement:{requirement.pk}")
    evaluate_people([requirement.agent_id])
    return made


@transaction.atomic
def exempt(*, agent, obligation: Obligation, code: str, actor, until: date | None = None) -> Exemption:
    """Somebody needn't, for a reason of the closed list. Refuses a second one while the first runs."""
    _checked(actor, agent)
    today = clock.today()
    running = Q(until__isnull=True) | Q(until__gte=today)
    if Exemption.objects.filter(running, agent=agent, obligation=obligation).exists():
        raise ValidationError(_("This person is already exempt."))
    made = Exemption(agent=agent, obligation=obligation, code=code, decided_on=today, decided_by=actor, until=until)
    made.full_clean()
    made.save(force_insert=True)
    journal.record("trainings.exempted", actor=actor, object_ref=f"obligation:{obligation.reference}")
    evaluate_people([agent.pk])
    return made


@transaction.atomic
def end_exemption(*, exemption: Exemption, actor) -> None:
    """Ask again from today, with a whole notice; an exemption given today is taken back."""
    _checked(actor, exemption.agent)
    yesterday = clock.today() - timedelta(days=1)
    if exemption.decided_on > yesterday:
        exemption.delete()
    elif not Exemption.objects.filter(Q(until__isnull=True) | Q(until__gt=yesterday), pk=exemption.pk).update(
        until=yesterday
    ):
        raise ValidationError(_("This exemption has ended already."))
    journal.record("trainings.exemption_ended", actor=actor, object_ref=f"obligation:{exemption.obligation.reference}")
    evaluate_people([exemption.agent_id])


@transaction.atomic
def note_absence(*, agent, starts_on: date, ends_on: date | None, actor) -> AbsenceSpan:
    """Write down days somebody is away for long: what they owe sleeps, and its day moves. No reason is asked."""
    _checked(actor, agent)
    made = AbsenceSpan(agent=agent, starts_on=starts_on, ends_on=ends_on)
    made.full_clean()
    made.save(force_insert=True)
    evaluate_people([agent.pk])
    return made
