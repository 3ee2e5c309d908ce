"""What is decided about one person: a later day, an exemption; and the days they are away. Counted again at once."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import rules
from ..early import early_for
from ..models import AbsenceSpan, CountedEarly, Exemption, Extension, Obligation, Requirement
from .evaluating import evaluate_people


def _checked(actor, agent) -> None:
    if not rules.can_decide(actor, agent):
        raise PermissionDenied(_("This is decided by human resources where the person works."))


def _account(actor):
    return getattr(actor, "user", actor)


@transaction.atomic
def extend(*, requirement: Requirement, until: date, actor) -> Extension:
    """Give somebody until a later day. Refuses a day past or not later, and a training that isn't to do."""
    _checked(actor, requirement.agent)
    today = clock.today()
    if requirement.satisfied_by_id is not None or not requirement.is_current:
        raise ValidationError(_("There is nothing to do any more: no later day is needed."))
    if until <= requirement.due_on or until < today:
        raise ValidationError({"until": _("Choose a day after the one that is due, and not past.")})
    made = Extension.objects.create(requirement=requirement, until=until, granted_on=today, granted_by=_account(actor))
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
    made = Exemption(
        agent=agent, obligation=obligation, code=code, decided_on=today, decided_by=_account(actor), until=until
    )
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


@transaction.atomic
def end_absence(*, absence: AbsenceSpan, ends_on: date, actor) -> None:
    """Write down the last day of an absence that had none. Refuses one that has an end, and a day before its first."""
    _checked(actor, absence.agent)
    if ends_on < absence.starts_on:
        raise ValidationError({"ends_on": _("Choose a day from the first day of the absence on.")})
    if not AbsenceSpan.objects.filter(pk=absence.pk, ends_on__isnull=True).update(ends_on=ends_on):
        raise ValidationError(_("This absence has its last day already."))
    evaluate_people([absence.agent_id])


@transaction.atomic
def withdraw_absence(*, absence: AbsenceSpan, actor) -> None:
    """Take back an absence written by mistake: days are counted again without it."""
    _checked(actor, absence.agent)
    absence.delete()
    evaluate_people([absence.agent_id])


@transaction.atomic
def count_early(*, requirement: Requirement, completion, actor) -> CountedEarly:
    """Have something done before its window count: it holds from its own day. Never taken back.

    Refuses what isn't such a completion, of this person and for this obligation, or counts already.
    """
    _checked(actor, requirement.agent)
    if completion not in early_for(requirement):
        raise ValidationError(_("This training can’t be counted early, or already counts."))
    made, is_new = CountedEarly.objects.get_or_create(
        obligation=requirement.obligation,
        completion=completion,
        defaults={"decided_on": clock.today(), "decided_by": _account(actor)},
    )
    if is_new:
        journal.record("trainings.counted_early", actor=actor, object_ref=f"completion:{completion.pk}")
        evaluate_people([requirement.agent_id])
    return made
