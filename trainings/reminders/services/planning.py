"""Setting, starting and pausing the reminders of an obligation."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, jobs, journal
from trainings.obligations.models import Obligation

from .. import rules
from ..enums import OFFSETS, Step
from ..models import ReminderPlan

JOB = "trainings_reminders.remind"


def _plan(obligation: Obligation, actor) -> ReminderPlan:
    if not rules.can_remind(actor):
        raise PermissionDenied(_("Reminders are decided by human resources of the whole city."))
    if not obligation.is_active:
        raise ValidationError(_("This mandatory training isn’t active: nobody is reminded of it."))
    made = {"changed_at": clock.now(), "changed_by": actor}
    ReminderPlan.objects.get_or_create(obligation=obligation, defaults=made)
    return ReminderPlan.objects.select_for_update().get(obligation=obligation)


def _kept(plan: ReminderPlan, actor, verb: str, payload=None) -> ReminderPlan:
    plan.changed_at, plan.changed_by = clock.now(), actor
    plan.save()
    journal.record(verb, actor=actor, object_ref=f"obligation:{plan.obligation.reference}", payload=payload or {})
    return plan


@transaction.atomic
def set_steps(*, obligation: Obligation, steps: Iterable[str], actor) -> ReminderPlan:
    """Choose when people are reminded. Refuses none, and what is no step. What was sent isn't sent again."""
    wanted = set(steps)
    if not wanted or not wanted <= set(Step.values):
        raise ValidationError({"steps": _("Choose one moment at least.")})
    plan = _plan(obligation, actor)
    plan.steps = sorted(wanted, key=lambda step: OFFSETS[Step(step)])
    return _kept(plan, actor, "trainings.reminders_set", {"steps": plan.steps})


@transaction.atomic
def start(*, obligation: Obligation, actor) -> ReminderPlan:
    """Let reminders leave: today's at once, by the relay, then each night's. Started already, nothing changes."""
    plan = _plan(obligation, actor)
    if plan.is_running:
        return plan
    plan.is_running = True
    jobs.enqueue(JOB, obligation=obligation.pk, actor=actor.pk)
    return _kept(plan, actor, "trainings.reminders_started")


@transaction.atomic
def pause(*, obligation: Obligation, actor) -> ReminderPlan:
    """Let nothing leave any more, from the next slice of a run on. What was sent stays sent."""
    plan = _plan(obligation, actor)
    if not plan.is_running:
        return plan
    plan.is_running = False
    return _kept(plan, actor, "trainings.reminders_paused")
