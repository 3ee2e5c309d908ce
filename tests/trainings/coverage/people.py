"""A direction with its people, each in a state of their own, for tests of what is followed."""

import datetime as dt

from src.directory.enums import Role
from src.directory.services import post_agent
from src.foundations import clock
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from trainings.obligations.models import AbsenceSpan, Exemption, Requirement
from trainings.obligations.services.evaluating import evaluate


def hr(unit=None):
    return AgentFactory(unit=unit or UnitFactory(), roles=[(Role.HR, unit)])


def agents(unit, number=1, **fields):
    return [AgentFactory(unit=unit, **fields) for _n in range(number)]


def manager(unit, **fields):
    return AgentFactory(unit=unit, is_manager=True, **fields)


def every_state(direction=None):
    """(obligation, service, {state: agent}): one agent a state that lists show, in one service."""
    service = UnitFactory(parent=direction or DirectionFactory(name="Propreté"), name="Collecte")
    today = clock.today()
    names = ("up_to_date", "to_renew", "expired", "exempt", "suspended", "overdue")
    people = {name: AgentFactory(unit=service) for name in names}
    with days_ago(240):
        obligation = made.obligation(
            made.within(service),
            validity_months=12,
            on_working_days=False,
            window_days=60,
            rule={"offset_days": 180, "min_notice_days": 60},
        )
        for days, name in ((330, "to_renew"), (400, "expired")):
            ledger.completed(people[name], obligation.track, today - dt.timedelta(days=days))
        evaluate()
    with days_ago(200):
        ledger.completed(people["up_to_date"], obligation.track)
    with days_ago(95):
        evaluate()
    people["to_do"] = AgentFactory(unit=None)
    post_agent(people["to_do"], service, starts_on=today)
    Exemption.objects.create(agent=people["exempt"], obligation=obligation, code="decided", decided_on=today)
    AbsenceSpan.objects.create(agent=people["suspended"], starts_on=today)
    evaluate()
    return obligation, service, people


def days_ago(days: int):
    """The clock, some days before."""
    return clock.told_as(clock.now() - dt.timedelta(days=days))


def states(people) -> dict:
    """Name → state stored."""
    found = dict(Requirement.objects.current().values_list("agent_id", "state"))
    return {name: found.get(agent.pk) for name, agent in people.items()}
