"""What keeps a process from being activated: each fault has its sentence, and a sound process has none."""

import pytest
from django.utils import translation

from src.workflow.graph_rules import check_graph
from tests.factories.workflow import draft_process, move, small_draft, small_moves, small_stages, stage

from .words import plain

pytestmark = pytest.mark.django_db


def sentences(stages, moves, **values):
    with translation.override("fr"):
        return [plain(sentence) for sentence in check_graph(draft_process(stages, moves, **values))]


def test_sound_process_has_nothing_against_it():
    assert check_graph(small_draft()) == []


def changed(moves, named, **values):
    for transition in moves:
        if transition.slug == named:
            for name, value in values.items():
                setattr(transition, name, value)
    return moves


FAULTS = {
    "unknown kind of subject": (
        lambda: (small_stages(), small_moves(), {"kind": "ghost"}),
        ["Rien du genre « ghost » ne peut suivre un parcours."],
    ),
    "no first stage": (
        lambda: ([stage("open"), stage("dormant")], [move("rest", "open", "dormant")], {}),
        ["Aucune étape n’est marquée comme la première."],
    ),
    "two first stages": (
        lambda: (
            [stage("submitted", is_start=True), stage("open", is_start=True), stage("dormant")],
            [move("rest", "open", "dormant"), move("sleep", "submitted", "dormant")],
            {},
        ),
        ["Une seule étape peut être la première ; ici : « Submitted », « Open »."],
    ),
    "first stage is an end": (
        lambda: ([stage("dormant", is_start=True)], [], {}),
        ["L’étape « Dormant » ne peut pas être à la fois la première et une fin."],
    ),
    "unreachable": (
        lambda: ([*small_stages(), stage("jury", "in_review")], [*small_moves(), move("out", "jury", "open")], {}),
        ["Rien ne mène à l’étape « Jury »."],
    ),
    "dead end": (
        lambda: ([*small_stages(), stage("jury", "in_review")], [*small_moves(), move("in", "open", "jury")], {}),
        ["L’étape « Jury » est une impasse : aucun passage n’en sort."],
    ),
    "only way out is to itself": (
        lambda: (
            [*small_stages(), stage("jury", "in_review")],
            [*small_moves(), move("in", "open", "jury"), move("again", "jury", "jury")],
            {},
        ),
        ["L’étape « Jury » est une impasse : aucun passage n’en sort."],
    ),
    "two stages that only lead to each other": (
        lambda: (
            [*small_stages(), stage("ping", "in_review"), stage("pong", "in_review")],
            [*small_moves(), move("in", "open", "ping"), move("to", "ping", "pong"), move("fro", "pong", "ping")],
            {},
        ),
        [
            "Depuis l’étape « Ping », aucune fin ne peut être atteinte.",
            "Depuis l’étape « Pong », aucune fin ne peut être atteinte.",
        ],
    ),
    "closing without a form": (
        lambda: (small_stages(), changed(small_moves(), "accept", form=""), {}),
        ["Le passage « Accept » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif."],
    ),
    "closing by a form without a reason": (
        lambda: (small_stages(), changed(small_moves(), "accept", form="parcel_note"), {}),
        ["Le passage « Accept » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif."],
    ),
    "form that leads elsewhere": (
        lambda: (small_stages(), changed(small_moves(), "study", form="parcel_reason"), {}),
        ["Le formulaire « Motif » ne peut pas mener à « In review » : c’est une étape du genre « À l’étude »."],
    ),
    "unknown role": (
        lambda: (small_stages(), changed(small_moves(), "study", who=["wizard", "instructor"]), {}),
        ["Le passage « Study » nomme un rôle inconnu : « wizard »."],
    ),
    "nobody": (
        lambda: (small_stages(), changed(small_moves(), "study", who=[]), {}),
        ["Personne ne peut faire le passage « Study » : cochez au moins un rôle."],
    ),
    "unknown stages": (
        lambda: (small_stages(), [*small_moves(), move("fly", "mars", "moon")], {}),
        [
            "Le passage « Fly » nomme une étape qui n’existe pas : « mars ».",
            "Le passage « Fly » nomme une étape qui n’existe pas : « moon ».",
        ],
    ),
    "unknown form": (
        lambda: (small_stages(), changed(small_moves(), "study", form="gone"), {}),
        ["Le passage « Study » demande un formulaire inconnu : « gone »."],
    ),
    "unknown guard": (
        lambda: (small_stages(), changed(small_moves(), "study", guard="gone"), {}),
        ["Le passage « Study » demande une condition inconnue : « gone »."],
    ),
    "automatic without delay": (
        lambda: (small_stages(), changed(small_moves(), "auto_open", after_days=None), {}),
        ["Le passage « Auto open » est automatique mais ne dit pas après combien de jours."],
    ),
    "delay without automatic": (
        lambda: (small_stages(), changed(small_moves(), "study", after_days=3), {}),
        ["Le passage « Study » a un nombre de jours mais n’est pas automatique : cochez « Le calendrier »."],
    ),
    "two automatic ways at once": (
        lambda: (small_stages(), [*small_moves(), move("tie", "submitted", "dormant", "system", after_days=5)], {}),
        ["Deux passages automatiques quittent l’étape « submitted » après les mêmes 5 jours."],
    ),
    "reserved name": (
        lambda: (small_stages(), changed(small_moves(), "study", slug="adoption"), {}),
        ["Le nom court « adoption » est réservé aux adoptions."],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_has_its_sentence(fault):
    build, expected = FAULTS[fault]
    stages, moves, values = build()

    assert sentences(stages, moves, **values) == expected


def test_same_short_names_are_told_before_they_are_saved():
    process = small_draft()
    process.stages.add(stage("open", "in_review", label="Encore"))
    process.transitions.add(move("study", "open", "in_review"))

    with translation.override("fr"):
        told = [plain(sentence) for sentence in check_graph(process)]

    assert told == [
        "Deux étapes ont le même nom court « open ».",
        "Deux passages ont le même nom court « study ».",
    ]
