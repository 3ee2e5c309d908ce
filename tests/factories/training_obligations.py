"""Obligations in force, with the rule they ask by, for tests."""

import datetime as dt

from src.foundations import clock
from trainings.obligations.models import AssignmentRule, Obligation, Requirement
from trainings.obligations.predicates import EVERYBODY
from trainings.obligations.services.evaluating import evaluate

from . import training_ledger

LONG_AGO = dt.date(2020, 1, 1)
RECEPTION = {"field": "contact_public", "op": "=", "value": True}


def within(*units) -> dict:
    """Whoever works in these units or below."""
    return {"field": "unit", "op": "within", "value": [unit.code for unit in units]}


def obligation(
    predicate=EVERYBODY, *, active: bool = True, track=None, rule: dict | None = None, **fields
) -> Obligation:
    """An obligation with one rule, in force since long ago unless told otherwise."""
    made = Obligation.objects.create(
        track=track or training_ledger.track(), decision="Note de la direction générale du 3 mars 2026.", **fields
    )
    add_rule(made, predicate, **(rule or {}))
    if active:
        Obligation.objects.filter(pk=made.pk).update(activated_at=clock.now())
        made.refresh_from_db()
    return made


def add_rule(to: Obligation, predicate=EVERYBODY, **fields) -> AssignmentRule:
    """One more rule of an obligation."""
    fields.setdefault("active_from", LONG_AGO)
    return AssignmentRule.objects.create(obligation=to, predicate=predicate, **fields)


def owed(agent, by: Obligation | None = None, *, day: dt.date | None = None) -> Requirement | None:
    """The cycle somebody is in once a day is evaluated."""
    evaluate(day)
    found = Requirement.objects.current().filter(agent=agent)
    return (found.filter(obligation=by) if by is not None else found).select_related("obligation").first()
