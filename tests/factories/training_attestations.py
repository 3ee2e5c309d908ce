"""Attestations for tests: somebody posted, what they finished, the sheet that says it."""

from tests.factories import training_ledger as ledger
from tests.factories.directory import AgentFactory
from trainings.attestations.services import print_one


def finished(agent=None, title: str = "Accueillir sans discriminer", on=None, **fields):
    """A completion of 90 minutes, of somebody's own."""
    agent = agent or AgentFactory(first_name="Nadia", last_name="Belkacem")
    return ledger.completed(agent, ledger.track(title), on, **{"minutes": 90, **fields})


def printed(completion=None, **fields):
    """The first print of a completion, by its holder."""
    completion = completion or finished()
    return print_one(completion=completion, actor=completion.agent, **fields)
