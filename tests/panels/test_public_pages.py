"""What everybody reads of panels: one in each state, small numbers hidden, and what it costs."""

import pytest

from panels.enums import PanelState
from panels.services import drawing
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .test_quota_screens import text_of

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_will_be_there(as_):
    make.prepared(seats=4)

    answer = as_(None).get("/panels/")

    assert "Pas encore de panel" in text_of(answer)
    assert as_(None).get("/panels/accueil/").status_code == 404
    assert as_(AgentFactory()).get("/panels/accueil/").status_code == 404


def test_the_team_reads_the_page_as_it_will_be(as_):
    made = make.prepared(seats=4)

    assert "seule son équipe lit cette page" in text_of(as_(made.facilitator).get("/panels/accueil/"))


def test_everybody_reads_the_question_the_days_the_guarantors_and_whom_to_call(as_):
    made = make.recruiting(seats=4)
    made.panel.outside_mandate = "Les cas personnels."
    made.panel.save()

    answer = as_(None).get("/panels/accueil/")

    read = text_of(answer)
    for words in (
        "À quelles conditions toute personne", "Les cas personnels.", made.panel.commissioner.name, "Paul Adda",
        "Magistrat honoraire", "Malika Soares", "04 00 00 00 00", "répond à chaque recommandation 90 jours au plus",
        "Electeurs", "Aucun tirage n’a encore été scellé", "Aucun essai n’a été fait",
    ):  # fmt: skip
        assert words in read, words
    assert 'href="tel:0400000000"' in answer.content.decode()
    assert "Premier accueil" in text_of(as_(None).get("/panels/"))


def test_who_registered_is_told_by_value_once_registration_is_closed(as_):
    made = make.recruiting(seats=4)
    made.registered(12)
    visitor = as_(None)

    before = text_of(visitor.get("/panels/accueil/"))
    assert "Lettres postées" in before
    assert "sera dit à la clôture des inscriptions" in before
    assert "à côté des quotas" not in before

    made.close()
    after = visitor.get("/panels/accueil/")
    rows = {row["label"]: row["people"] for chart in after.context["charts"] for row in chart.rows}
    # Six women, six men, four in social housing: all under eleven.
    assert rows == {
        "Femme": "non donné",
        "Homme": "non donné",
        "Propriétaire": "non donné",
        "Logement social": "non donné",
    }
    assert "Les nombres inférieurs à 11 ne sont pas donnés" in text_of(after)


def test_draws_are_listed_void_ones_with_their_reason_and_trials_counted(as_):
    made, draw = make.sealed()
    drawing.void_draw(actor=made.organiser, draw=draw, because="Une liste était incomplète.")

    read = text_of(as_(None).get("/panels/accueil/"))

    assert "Tirage numéro 1" in read
    assert "Annulé parce que : Une liste était incomplète." in read


def test_a_panel_of_each_state_reads(as_):
    made = make.recruiting(seats=4)
    visitor = as_(None)
    for state in set(PanelState) - {PanelState.DRAFT}:
        made.panel.state = state
        assert visitor.get("/panels/accueil/").status_code == 200
    assert visitor.post("/panels/accueil/").status_code == 405
    for odd in ("x" * 300, "ACCUEIL", "accueil-2"):
        assert visitor.get(f"/panels/{odd}/").status_code == 404
