"""An obligation is prepared, tried out, activated, and ends; a rule is replaced by its next version."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import rules
from ..models import AssignmentRule, Obligation
from ..predicates import Unfit, read, write
from . import background
from .evaluating import evaluate


def checked_preparer(actor) -> None:
    """Raise PermissionDenied for anybody but human resources of the whole city."""
    if not rules.can_prepare(actor):
        raise PermissionDenied(_("Mandatory trainings are prepared by human resources of the whole city."))


def checked_predicate(tree) -> dict:
    """The tree as it is kept; ValidationError when it isn't one."""
    try:
        return write(read(tree))
    except Unfit as fault:
        raise ValidationError({"predicate": _("This rule can’t be read (%(place)s).") % {"place": fault}}) from fault


@transaction.atomic
def prepare(*, actor, equivalences: Iterable = (), predicate, rule: dict | None = None, **terms) -> Obligation:
    """Prepare an obligation with its first rule; nobody is asked anything until it is activated.

    Refuses anybody but human resources of the whole city, and terms or a rule that can't be read.
    """
    checked_preparer(actor)
    made = Obligation(created_by=actor, **terms)
    made.full_clean()
    made.save(force_insert=True)
    made.equivalences.set(equivalences)
    _added(made, actor, predicate=checked_predicate(predicate), **(rule or {}))
    journal.record("trainings.obligation_prepared", actor=actor, object_ref=f"obligation:{made.reference}")
    return made


@transaction.atomic
def revise(*, obligation: Obligation, actor, equivalences: Iterable = (), **terms) -> None:
    """Write the terms of a draft anew. Refuses once it is active: its terms were told."""
    checked_preparer(actor)
    held = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if not held.is_draft:
        raise ValidationError(_("This mandatory training is already active: its terms don’t change any more."))
    for name, value in terms.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=list(terms))
    held.equivalences.set(equivalences)
    journal.record("trainings.obligation_revised", actor=actor, object_ref=f"obligation:{held.reference}")


@transaction.atomic
def discard(*, obligation: Obligation, actor) -> None:
    """Throw a draft away with its rule: nobody was asked anything. Refuses once it is active."""
    checked_preparer(actor)
    if not obligation.is_draft or not Obligation.objects.filter(pk=obligation.pk, activated_at__isnull=True).exists():
        raise ValidationError(_("This mandatory training is already active: it can be ended, not thrown away."))
    journal.record("trainings.obligation_discarded", actor=actor, object_ref=f"obligation:{obligation.reference}")
    obligation.equivalences.clear()
    obligation.delete()


def _added(to: Obligation, actor, **fields) -> AssignmentRule:
    fields.setdefault("active_from", clock.today())
    made = AssignmentRule(obligation=to, created_by=actor, **fields)
    made.full_clean()
    made.save(force_insert=True)
    return made


@transaction.atomic
def replace_rule(*, rule: AssignmentRule, actor, **changes) -> AssignmentRule:
    """The next version of a rule, from today; the former one stays, with its last day, and explains what it asked.

    Of an active obligation, everybody is evaluated in the background. Refuses a rule that was already replaced.
    """
    checked_preparer(actor)
    today = clock.today()
    if not AssignmentRule.objects.filter(pk=rule.pk, active_to__isnull=True).update(
        active_to=today - timedelta(days=1)
    ):
        raise ValidationError(_("This rule was already replaced."))
    if "predicate" in changes:
        changes["predicate"] = checked_predicate(changes["predicate"])
    kept = ("predicate", "anchor", "fixed_on", "offset_days", "min_notice_days")
    fields = {name: getattr(rule, name) for name in kept} | {"active_from": rule.active_from} | changes
    made = _added(rule.obligation, actor, key=rule.key, version=rule.version + 1, **fields)
    journal.record(
        "trainings.rule_replaced",
        actor=actor,
        object_ref=f"obligation:{rule.obligation.reference}",
        payload={"version": made.version},
    )
    if rule.obligation.is_active:
        background.evaluate_later(obligation=rule.obligation, actor=actor)
    return made


def activate(*, obligation: Obligation, actor, later: bool = False) -> None:
    """Ask from now on: everybody is evaluated at once, or ``later`` by a job whose progress the page tells.

    Refuses a second time, and a training never published.
    """
    checked_preparer(actor)
    if not obligation.track.versions.exists():
        raise ValidationError(_("This training has no published version yet: nobody could follow it."))
    with transaction.atomic():
        if not Obligation.objects.filter(pk=obligation.pk, activated_at__isnull=True).update(activated_at=clock.now()):
            raise ValidationError(_("This mandatory training is already active."))
        journal.record("trainings.obligation_activated", actor=actor, object_ref=f"obligation:{obligation.reference}")
        if later:
            background.evaluate_later(obligation=obligation, actor=actor)
    obligation.refresh_from_db()
    if not later:
        evaluate()


def end(*, obligation: Obligation, actor, later: bool = False) -> None:
    """Ask no longer: what was open closes (at once, or ``later`` by a job), what was done stays.

    Refuses one that isn't active.
    """
    checked_preparer(actor)
    with transaction.atomic():
        yesterday = clock.today() - timedelta(days=1)
        found = Obligation.objects.filter(pk=obligation.pk, activated_at__isnull=False, ended_on__isnull=True)
        if not found.update(ended_on=yesterday):
            raise ValidationError(_("This mandatory training isn’t active."))
        journal.record("trainings.obligation_ended", actor=actor, object_ref=f"obligation:{obligation.reference}")
        if later:
            background.evaluate_later(obligation=obligation, actor=actor)
    obligation.refresh_from_db()
    if not later:
        evaluate()
