"""Rules and reasons, as people read them."""

import datetime as dt

import pytest
from django.utils import translation

from tests.factories.directory import UnitFactory
from tests.factories.training_obligations import RECEPTION
from trainings.obligations import words
from trainings.obligations.predicates import EVERYBODY, read

pytestmark = pytest.mark.django_db
MANAGER = {"field": "is_manager", "op": "=", "value": True}


@pytest.fixture(autouse=True)
def _french():
    with translation.override("fr"):
        yield


def told(tree) -> str:
    made = read(tree)
    return words.sentence(made, words.names_for([made]))


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        (EVERYBODY, "Tout le monde."),
        (RECEPTION, "Les personnes qui sont au contact du public."),
        (
            {"all": [RECEPTION, {"any": [MANAGER, {"field": "hired_on", "op": ">=", "value": "2026-01-01"}]}]},
            "Les personnes qui sont au contact du public et (encadrent une équipe ou sont à la Ville depuis le 1er janvier 2026 ou après).",
        ),
        (
            {"all": [RECEPTION, {"not": MANAGER}]},
            "Les personnes qui sont au contact du public et ne sont pas parmi celles qui\xa0: encadrent une équipe.",
        ),
    ],
)
def test_a_rule_is_one_sentence(tree, sentence):
    assert told(tree) == sentence


def test_units_and_jobs_are_called_by_their_names(django_assert_num_queries):
    units = [UnitFactory(name=name) for name in ("Crèches", "Parcs", "Piscines")]
    tree = read({"field": "unit", "op": "within", "value": [unit.code for unit in units]})

    with django_assert_num_queries(1):
        said = words.sentence(tree, words.names_for([tree]))

    assert said == "Les personnes qui travaillent ici\xa0: Crèches, Parcs ou Piscines."


def test_a_rule_is_a_tree_one_line_a_branch():
    tree = read({"all": [RECEPTION, {"not": MANAGER}]})

    assert [(one.depth, one.text) for one in words.lines(tree, words.names_for([tree]))] == [
        (0, "tout ceci\xa0:"),
        (1, "sont au contact du public"),
        (1, "rien de ceci\xa0:"),
        (2, "encadrent une équipe"),
    ]


def rule(**fields) -> dict:
    return {
        "rule": 1, "anchor": "job_start", "anchor_on": "2026-01-05", "missing": False, "since": "2026-01-05",
        "offset_days": 180, "notice_days": 60, "due_on": "2026-07-06", "because": [RECEPTION],
    } | fields  # fmt: skip


def test_why_somebody_is_concerned_the_day_that_holds_first():
    explanation = {
        "rules": [rule(anchor="fixed_date", because=[]), rule(due_on="2026-07-01")], "winner": 1,
        "absence_days": 3, "extended_to": "2026-09-01", "expires_on": None,
    }  # fmt: skip

    first, second = words.why(explanation)

    assert (first.holds, first.due_on, first.reasons) == (
        True,
        dt.date(2026, 7, 1),
        ("Vous êtes au contact du public.",),
    )
    assert first.counted == (
        "Le délai se compte à partir du 5 janvier 2026, votre premier jour dans ce métier.",
        "180 jours sont donnés pour la suivre.",
        "Vous avez toujours au moins 60 jours pour vous organiser.",
    )
    assert (second.reasons, second.counted[0]) == (
        ("Tout le monde est concerné.",),
        "La date est fixe\xa0: le 5 janvier 2026.",
    )
    assert words.moved(explanation) == [
        "Vos absences l’ont reportée de 3 jours.",
        "Les ressources humaines vous ont donné jusqu’au 1er septembre 2026.",
    ]


def test_a_missing_date_and_a_renewal_are_said():
    missing = {"rules": [rule(missing=True)], "winner": 0}
    renewed = {"rules": [rule()], "winner": 0, "expires_on": "2027-02-01"}

    assert words.why(missing)[0].counted[0].startswith("Une date manque dans le fichier du personnel")
    assert (
        words.why(renewed)[0].counted[0]
        == "Ce que vous avez déjà suivi est valable jusqu’au 1er février 2027\xa0: c’est à renouveler."
    )
    assert words.why({}) == [] and words.moved({}) == []
