"""Answers owed and decisions for tests."""

import datetime

import factory

from src.accountability.models import ResponseOwed
from src.accountability.services import owe, prepare_decision
from src.foundations import clock
from tests.factories.directory import UnitFactory

# 143 signs: between the 120 and the 1,200 of an answer.
ANSWER_TEXT = (
    "Oui. Un banc couvert de six places sera posé près du portail. Le service Bâtiments le commande ce mois-ci, "
    "et la pose suivra au printemps."
)


class ResponseOwedFactory(factory.django.DjangoModelFactory):
    """An answer owed since today; ``started_on`` and ``days`` move its promised date."""

    class Meta:
        model = ResponseOwed

    subject_kind = "idea"
    reference = factory.Sequence(lambda n: f"R{n:05d}")
    unit = factory.SubFactory(UnitFactory)
    owner = None
    started_on = factory.LazyFunction(clock.today)
    days = 60
    by_week = False

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return owe(**kwargs)


def answer(outcome="accepted", **changes):
    """The fields of a complete answer."""
    today = clock.today()
    common = {"outcome": outcome, "text": ANSWER_TEXT}
    if outcome in ("declined", "deferred"):
        common |= {"reason": "budget", "reopening_conditions": "Un budget de fonctionnement voté pour l'an prochain."}
    if outcome == "deferred":
        common |= {"revisit_on": today + datetime.timedelta(days=180)}
    if outcome in ("accepted", "pilot"):
        common |= {
            "measure_owner": "Service Bâtiments",
            "first_milestone": "Commander le banc",
            "first_milestone_on": today + datetime.timedelta(days=30),
        }
    return common | changes


def prepared(actor, unit, reference, outcome="accepted", subject_kind="idea", **changes):
    """A decision in preparation, through the service."""
    return prepare_decision(
        actor=actor,
        subject_kind=subject_kind,
        subject_reference=reference,
        unit=unit,
        **answer(outcome, **changes),
    )
