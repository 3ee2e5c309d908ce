"""A ballot to count without a database: its rules, its votes, and the files published of it."""

import json
from fractions import Fraction
from types import SimpleNamespace

from src.participation.ballots import publication
from src.participation.ballots.counting import Spec, Tally, outcome


def rules(method, labels, **fields) -> Spec:
    return Spec(method, tuple(labels), **fields)


def tally_of(spec: Spec, votes) -> Tally:
    """``votes`` are choices, or (choice, number of them)."""
    tally = Tally.empty(spec)
    for vote in votes:
        choice, number = vote if isinstance(vote, tuple) else (vote, 1)
        for _one in range(number):
            tally.add(choice)
    return tally


def decide(spec: Spec, votes, *, electors=1000, voted=None) -> dict:
    tally = tally_of(spec, votes)
    return outcome(spec, tally, electors=electors, voted=tally.ballots if voted is None else voted)


def steps_of(told: dict, code: str) -> list[dict]:
    return [step for step in told["steps"] if step["code"] == code]


def pair(told: list[int]) -> Fraction:
    return Fraction(*told)


def ballot_of(spec: Spec):
    """What publication reads of a simple ballot."""
    options = [
        SimpleNamespace(label=label, cost=spec.costs[place] if spec.costs else None)
        for place, label in enumerate(spec.labels)
    ]
    return SimpleNamespace(
        reference="K7M2Q9",
        title="Ce qu'on installe au dépôt",
        question="Que faut-il installer d'abord ?",
        secrecy="simple",
        is_secret=False,
        keys_destroyed_at=None,
        method=spec.method,
        ordered=options,
        most_choices=spec.most_choices,
        seats=spec.seats,
        budget=spec.budget,
        majority=spec.majority,
        quorum_percent=spec.quorum_percent,
        result=None,
    )


def counted_ballot(spec: Spec, web: Tally, paper: Tally | None = None, *, electors=20_000):
    """The stand-in of a ballot, with its result."""
    paper = paper or Tally.empty(spec)
    ballot = ballot_of(spec)
    voted = web.ballots + paper.ballots
    told = publication.result_of(
        ballot, web=web, paper=paper, electors=electors, voted=voted, voted_on_paper=paper.ballots
    )
    # As it comes back from the database.
    ballot.result = json.loads(json.dumps(told))
    return ballot


def written_in(folder, files: dict[str, bytes]):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
