"""Before and after on the screen: what everybody reads, its file; the team's gestures; what is refused, to whom."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panels.pairings import services
from panels.pairings.models import Pairing
from src.foundations.testing import drain_outbox
from src.questionnaires.models import Questionnaire
from tests.factories import pairings
from tests.factories import panel_opinions as panels
from tests.factories.questionnaires import again
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db

# Of forty-eight: twenty-four go up, twelve stay, twelve go down.
BEFORE = [(2, "c1")] * 24 + [(3, "c2")] * 12 + [(4, "c2")] * 12
AFTER = [(4, "c2")] * 24 + [(3, "c1")] * 12 + [(2, "c2")] * 12


def at(found, name, **kwargs):
    return reverse(f"panel_pairings:{name}", kwargs={"slug": found.panel.slug, **kwargs})


def read(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_everybody_reads_what_changed_in_pictures_tables_and_a_file():
    found = pairings.linked(count=110, seats=48)
    found.told(BEFORE, AFTER)
    drain_outbox()

    with CaptureQueriesContext(connection) as asked:
        page = as_(None).get(at(found, "told"))

    said, html = text_of(page), page.content.decode()
    assert "Pas de changement net : le hasard suffit à un tel écart. (Test des signes : p = 0,065.)" in said
    assert "24 réponses ont monté, 12 n'ont pas changé, 12 ont baissé." in said
    assert "Moyenne : 2,8 avant, 3,3 après (+0,5)." in said
    assert "48 membres y ont répondu deux fois." in said
    assert html.count('<svg class="chart"') == 4 and html.count("<table") == 2
    assert "ce qui a changé, pas pourquoi" in said and "grâce à" not in said
    assert len(asked) <= 10, "whatever the number of questions: they are one column"
    assert "Lire ce qui a changé" in text_of(as_(None).get(reverse("panels:detail", kwargs={"slug": "accueil"})))

    lines = list(csv.reader(io.StringIO(read(as_(None).get(figures_of(found)))), delimiter=";"))
    scale = [line for line in lines if line[0] == pairings.SCALE["text"]]
    assert sum(int(line[2]) for line in scale[:-2]) == sum(int(line[3]) for line in scale[:-2]) == 48
    assert scale[-2][1:4] == ["Moyenne", "2,8", "3,3"]
    assert scale[-1][4] == "24 réponses ont monté, 12 n’ont pas changé, 12 ont baissé."
    assert as_(None).get(at(found, "figures", reference="ZZZZZZ")).status_code == 404

    member = as_(found.made.account())
    for one in (found.pairing.before, found.pairing.after):
        page = text_of(member.get(reverse("questionnaires:results", kwargs={"reference": one.reference})))
        assert "jamais seules" in page and "Les lire côte à côte" in page
    alone = member.get(reverse("questionnaires:export", kwargs={"reference": found.pairing.before.reference}))
    assert len(read(alone).splitlines()) == 1, "its columns, nothing else"


def figures_of(found) -> str:
    return at(found, "figures", reference=found.pairing.reference)


def test_the_team_pairs_opens_and_reads_where_it_stands():
    found = pairings.asked(40, 12)
    typist = as_(found.made.facilitator)
    assert "Poser les mêmes questions avant et après" in text_of(typist.get(at(found, "inside")))

    refused = typist.post(at(found, "link"), {"before": ""})
    assert refused.status_code == 422 and "Choisissez un questionnaire." in text_of(refused)
    assert typist.post(at(found, "link"), {"before": "x'); DROP"}).status_code == 422
    assert typist.post(at(found, "link"), {"before": found.first.pk}).status_code == 303

    found.pairing = Pairing.objects.get()
    member = as_(found.made.account())
    page = text_of(member.get(again(found.first).get_absolute_url()))
    assert "Posé deux fois" in page and "personne ne peut ensuite revenir jusqu'à vous" in page
    assert "aux mêmes personnes" not in page, "everybody reads what changed: the sentence of the others would be false"
    found.answer(found.first, BEFORE[:12])
    assert "10 membres au moins ont répondu" in text_of(member.get(at(found, "inside")))
    found.close(found.first)
    assert "restent scellées" in text_of(member.get(found.first.get_absolute_url()))
    reference = found.pairing.reference
    asked = typist.get(at(found, "open_after", reference=reference))
    assert "Ce que je pense de l’accueil, à la fin" in asked.content.decode()
    bad = typist.post(at(found, "open_after", reference=reference), {"title": " "})
    assert bad.status_code == 422 and "Donnez-lui un titre" in text_of(bad)
    long = typist.post(at(found, "open_after", reference=reference), {"title": "x" * 141})
    assert long.status_code == 422 and "x" * 141 in long.content.decode()
    assert typist.post(at(found, "open_after", reference=reference), {"title": "À la fin"}).status_code == 303
    assert found.again().after.title == "À la fin"
    assert typist.post(at(found, "open_after", reference=reference), {"title": "Encore"}).status_code in (409, 422)
    assert Questionnaire.objects.count() == 2


def test_nobody_else_gets_in_and_another_panels_pairing_is_not_found():
    found = pairings.linked(count=20, seats=4)
    other = panels.at_work(slug="ailleurs")
    reference = found.pairing.reference
    team = [at(found, "link"), *(at(found, name, reference=reference) for name in ("unlink", "open_after"))]
    for address in (*team, at(found, "inside"), at(found, "give_up", reference=reference)):
        assert as_(None).get(address).status_code == 302
        for who in (other.organiser, other.account(), found.made.decider, found.made.base.administrator):
            assert as_(who).get(address).status_code == 404
    for address in team:
        assert as_(found.made.account()).get(address).status_code == 404
    assert as_(found.made.facilitator).get(at(found, "give_up", reference=reference)).status_code == 404
    elsewhere = reverse("panel_pairings:unlink", kwargs={"slug": other.panel.slug, "reference": reference})
    assert as_(other.organiser).get(elsewhere).status_code == 404
    assert as_(None).get(at(found, "told")).status_code == 404
    assert as_(None).get(at(found, "figures", reference=reference)).status_code == 404
    assert as_(found.made.facilitator).post(at(found, "unlink", reference=reference)).status_code == 303
    assert not Pairing.objects.exists()


def test_given_up_or_too_few_is_said_to_everybody():
    found = pairings.linked(count=40, seats=12)
    found.answer(found.first, BEFORE[:12])
    found.close(found.first)
    organiser = as_(found.made.organiser)
    assert "définitif" in text_of(organiser.get(at(found, "give_up", reference=found.pairing.reference)))
    assert organiser.post(at(found, "give_up", reference=found.pairing.reference)).status_code == 303

    assert "détruites sans être lues" in text_of(as_(None).get(at(found, "told")))
    assert services.settle(found.pairing) is False
    assert "abandonné" in text_of(as_(found.made.account()).get(at(found, "inside")))
