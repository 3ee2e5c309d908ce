"""The screens of statements: what each reads and does, what is refused, what stays typed, what never leaks."""

import datetime
import json
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels import by_post
from panels.models import Membership
from panels.statements import services
from panels.statements.models import Round, Statement, StatementVote
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import todo as todo_list
from tests.factories import panels
from tests.factories import statements as make
from tests.factories.directory import AgentFactory
from tests.panels.screens import as_, text_of
from tests.security.like_postgres import refusing_like_postgres

pytestmark = pytest.mark.django_db
ALL = "/panels/accueil/membres/enonces/"


@pytest.fixture
def world():
    return make.opened()


def at(round_, page=""):
    return f"{ALL}{round_.reference}/{page}"


def test_a_round_from_its_preparation_to_its_map():
    made = panels.working()
    sitting = made.members()
    world = make.Answered(made, None, sitting)
    team, member = as_(made.facilitator), as_(world.account())
    assert "Pas encore de série d'énoncés" in text_of(team.get(ALL))
    today = clock.today()
    said = {
        "title": "L’accueil", "question": "Que faut-il ?", "opens_on": today.isoformat(),
        "closes_on": (today + datetime.timedelta(days=9)).isoformat(), "token": str(uuid4()),
    }  # fmt: skip
    refused = team.post(f"{ALL}preparer/", {**said, "closes_on": "2020-01-01"})
    assert refused.status_code == 422 and "Que faut-il ?" in text_of(refused)
    for _turn in range(2):
        assert team.post(f"{ALL}preparer/", said).status_code == 303
    world.round = Round.objects.get()
    assert "L'équipe prépare les premiers énoncés." in text_of(member.get(at(world.round)))
    assert "Pas encore d'énoncé" in text_of(member.get(at(world.round, "repondre/")))
    long = team.post(at(world.round, "ajouter/"), {"texts": "Bref.\n" + "x" * 141})
    assert long.status_code == 422 and "Bref." in text_of(long)
    assert team.post(at(world.round, "ajouter/"), {"texts": "Ouvrir le samedi.\nFermer à midi."}).status_code == 303

    assert "2 à répondre jusqu'au" in text_of(member.get("/panels/accueil/membres/"))
    (line,) = [one for one in todo_list.items(Viewer(world.account())) if one.kind == "panels.statements"]
    assert line.due_on == world.round.closes_on
    page = member.get(at(world.round, "repondre/"))
    assert "0 sur 2" in text_of(page)
    for _turn in range(2):
        reference = member.get(at(world.round, "repondre/")).context["statement"].reference
        sent = member.post(at(world.round, "repondre/"), {"enonce": reference, "choix": "accord"})
        assert sent.status_code == 303 and sent["Location"].endswith("#enonce")
    assert "Vous avez répondu à tout" in text_of(member.get(at(world.round, "repondre/")))
    assert not [one for one in todo_list.items(Viewer(world.account())) if one.kind == "panels.statements"]

    proposal = {"text": "Un café pour attendre.", "token": str(uuid4())}
    assert member.post(at(world.round, "proposer/"), {"text": ""}).status_code == 422
    for _turn in range(2):
        assert member.post(at(world.round, "proposer/"), proposal).status_code == 303
    assert "1 énoncé à lire." in text_of(team.get("/panels/atelier/accueil/"))
    assert [one.verb for one in todo_list.items(Viewer(made.facilitator)) if "statements" in one.kind] == ["Les lire"]
    queue = text_of(team.get(at(world.round, "lecture/")))
    assert "Un café pour attendre." in queue and sitting[0].label not in queue
    one = Statement.objects.get(text="Un café pour attendre.")
    aside = at(world.round, f"lecture/{one.reference}/ecarter/")
    assert team.post(aside, {"because": ""}).status_code == 422
    assert team.post(aside, {"because": "Hors de la question."}).status_code == 303
    assert "Hors de la question." in text_of(member.get(at(world.round, "mes-reponses/")))
    assert "Hors de la question." not in text_of(as_(world.account(1)).get(at(world.round, "mes-reponses/")))
    assert team.post(at(world.round, f"lecture/{one.reference}/montrer/")).status_code == 303
    assert "2 sur 3" in text_of(member.get(at(world.round, "repondre/")))

    organiser = as_(made.organiser)
    assert team.get(at(world.round, "clore/")).status_code == 404
    assert "effacées au même moment" in text_of(organiser.get(at(world.round, "clore/")))
    assert organiser.post(at(world.round, "clore/")).status_code == 303
    assert organiser.post(at(world.round, "clore/")).status_code == 409
    assert "en train d'être faite" in text_of(member.get(at(world.round)))
    assert member.get(at(world.round, "carte/imprimer/")).status_code == 404
    drain_outbox()
    shown = text_of(member.get(at(world.round)))
    assert "C'est un outil d'animation, pas un résultat." in shown and "1 membre a répondu." in shown
    assert "Trop peu de réponses" in shown and "1 d'accord" not in shown
    assert "On ne répond pas" in text_of(member.get(at(world.round, "repondre/")))


def test_a_round_is_thrown_away_once_it_was_said_what_that_means(world):
    team, member = as_(world.made.facilitator), as_(world.account())
    away = at(world.round, "jeter/")
    assert away in team.get(at(world.round)).content.decode()
    assert member.get(away).status_code == member.post(away).status_code == 404
    assert "Personne n'y a répondu" in text_of(team.get(away))
    sent = {"enonce": world.shown().reference, "choix": "accord"}
    member.post(at(world.round, "repondre/"), sent)
    assert away not in team.get(at(world.round)).content.decode()
    for refused in (team.get(away), team.post(away)):
        assert refused.status_code == 409 and "vous pouvez clore cette série" in text_of(refused)
    member.post(at(world.round, "repondre/"), {**sent, "choix": "retirer"})
    done = team.post(away)
    assert (done.status_code, done["Location"]) == (303, ALL)
    assert "La série est jetée." in text_of(team.get(ALL))
    for client, page in ((team, ""), (member, ""), (member, "repondre/"), (team, "jeter/")):
        assert client.get(at(world.round, page)).status_code == 404
    assert "Pas encore de série" in text_of(team.get(ALL))
    assert not [one for one in todo_list.items(Viewer(world.account())) if one.kind == "panels.statements"]


def test_an_answer_is_changed_and_taken_back_from_two_tabs(world):
    member, url = as_(world.account()), at(world.round, "repondre/")
    one = world.shown()
    sent = {"enonce": one.reference, "choix": "accord"}
    for choice in ("accord", "accord", "desaccord"):
        assert member.post(url, {**sent, "choix": choice}).status_code == 303
    assert StatementVote.objects.get().choice == -1
    page = text_of(member.get(f"{url}?enonce={one.reference}"))
    assert "Vous avez répondu : pas d'accord." in page
    changed = member.post(url, {**sent, "choix": "passe", "encore": "1"})
    assert changed["Location"] == at(world.round, "mes-reponses/")
    assert "Je passe" in text_of(member.get(at(world.round, "mes-reponses/")))
    nothing = member.post(url, {"enonce": one.reference})
    assert nothing.status_code == 422 and one.text in text_of(nothing).replace("'", "’")
    for _turn in range(2):
        assert member.post(url, {**sent, "choix": "retirer"}).status_code == 303
    assert not StatementVote.objects.exists()
    # Set aside meanwhile, in another tab.
    services.set_aside(actor=world.made.organiser, statement=one, because="Un nom.")
    assert member.post(url, sent).status_code == 404
    with refusing_like_postgres():
        for bad in (
            {"enonce": "ZZZZZZ", "choix": "accord"},
            {"enonce": "\0nul\0", "choix": "accord"},
            {"choix": "accord"},
        ):
            assert member.post(url, bad).status_code == 404
    assert member.get(f"{url}?enonce=ZZZZZZ").status_code == 404


def test_who_is_not_of_it_reads_and_does_nothing(world):
    elsewhere = make.opened(slug="ailleurs")
    one = world.shown()
    proposed = services.propose(actor=world.account(), round_=world.round, text="Un café.")
    pages = ("", "repondre/", "mes-reponses/", "proposer/", "feuille/", "lecture/", "papier/", "ajouter/", "clore/")
    before = (StatementVote.objects.count(), Statement.objects.count())
    for person in (AgentFactory(), world.made.administrator, elsewhere.account(), elsewhere.made.organiser):
        client = as_(person)
        assert client.get(ALL).status_code == 404
        for page in pages:
            assert client.get(at(world.round, page)).status_code == 404, page
            assert client.post(at(world.round, page), {"enonce": one.reference, "choix": "accord"}).status_code in (
                404, 405,
            )  # fmt: skip
    assert as_(None).get(ALL).status_code == 302
    # The team reads, and is told that it doesn't answer; a member does nothing of the team's.
    team = as_(world.made.facilitator)
    for page in ("repondre/", "mes-reponses/", "proposer/"):
        assert team.get(at(world.round, page)).status_code == 403
    assert team.post(at(world.round, "repondre/"), {"enonce": one.reference, "choix": "accord"}).status_code == 403
    member = as_(world.account(1))
    for page in ("lecture/", "papier/", "ajouter/", "clore/", "modifier/", "carte.csv", "carte.json"):
        assert member.get(at(world.round, page)).status_code == 404, page
    for page in ("montrer/", "ecarter/", "doublon/"):
        url = at(world.round, f"lecture/{proposed.reference}/{page}")
        assert member.post(url, {"because": "x"}).status_code == 404
    # Somebody else's proposal, a statement of another panel under this round's address.
    assert member.post(at(world.round, f"proposer/{proposed.reference}/retirer/")).status_code == 404
    other = elsewhere.shown()
    assert as_(world.account()).post(
        at(world.round, "repondre/"), {"enonce": other.reference, "choix": "accord"}
    ).status_code == 404  # fmt: skip
    assert team.post(at(world.round, f"lecture/{other.reference}/ecarter/"), {"because": "x"}).status_code == 404
    assert (StatementVote.objects.count(), Statement.objects.count()) == before
    assert not Round.objects.visible_to(Viewer(AnonymousUser())).exists()


def test_no_page_of_the_team_nor_of_another_member_tells_an_answer(world):
    """Whatever one member answers, what the others and the team read is the same, but for how many began."""

    def read():
        pages = []
        for person in (world.made.organiser, world.made.facilitator, world.made.guarantor, world.account(1)):
            client = as_(person)
            for page in ("", "lecture/", "repondre/", "mes-reponses/"):
                pages.append(text_of(client.get(at(world.round, page))))
            pages.append(text_of(client.get(ALL)))
            pages.append(text_of(client.get("/panels/accueil/membres/")))
        return pages

    services.answer(actor=world.account(), statement=world.shown(), choice=1)
    first = read()
    services.answer(actor=world.account(), statement=world.shown(), choice=-1)
    assert read() == first


def test_a_sheet_is_read_back_before_it_is_kept(world):
    team, url = as_(world.made.facilitator), at(world.round, "papier/")
    sheet = {"member": str(world.sitting[2].number), "s1": "1", "s3": "-1"}
    assert team.post(url, {"member": sheet["member"]}).status_code == 422
    assert team.post(url, {**sheet, "s1": "4"}).status_code == 422
    back = team.post(url, sheet)
    assert "Est-ce bien ce que dit la feuille ?" in text_of(back) and not StatementVote.objects.exists()
    assert team.post(url, {**sheet, "member": "999", "relu": "1"}).status_code == 422
    for _turn in range(2):
        assert team.post(url, {**sheet, "relu": "1"}).status_code == 303
    found = StatementVote.objects.filter(membership=world.sitting[2]).order_by("statement__number")
    assert [(one.statement.number, one.choice) for one in found] == [(1, 1), (3, -1)]
    assert "Feuille" not in text_of(as_(world.account(2)).get(at(world.round, "mes-reponses/")))


def test_every_page_a_member_uses_comes_as_a_letter(world):
    sheets, maps = by_post.kind("statements"), by_post.kind("statements_map")
    (item,) = sheets.items(world.panel)
    page = sheets.page(world.panel, item.key, world.sitting[0])
    assert page.slip and len(page.context["statements"]) == 4 and page.context["member"] == world.sitting[0]
    assert not list(maps.items(world.panel)) and maps.page(world.panel, item.key, None) is None
    assert as_(world.account()).get(at(world.round, "feuille/")).status_code == 200
    world.close()
    assert not list(sheets.items(world.panel)) and sheets.page(world.panel, item.key, None) is None
    (item,) = maps.items(world.panel)
    assert maps.page(world.panel, item.key, world.sitting[0]).context["told"].voters == 0
    assert as_(world.account()).get(at(world.round, "carte/imprimer/")).status_code == 200
    assert sheets.page(world.panel, "ZZZZZZ", None) is None


def crowded(people: int):
    """A round on which so many members answered, in two groups."""
    world = make.opened(texts=[f"Phrase {n}." for n in range(1, 13)], count=people + 30, seats=people)
    shown = list(Statement.objects.filter(round=world.round))
    StatementVote.objects.bulk_create(
        StatementVote(
            statement=one, membership=seat, choice=1 if one.number in (1, 2) or one.number % 2 == place % 2 else -1
        )
        for place, seat in enumerate(world.sitting)
        for one in shown
        if one.number != 12 or place < 4
    )
    return world


def test_the_map_of_thirty_people_tells_groups_and_hides_small_figures():
    world = crowded(30)
    assert len(world.sitting) == 30
    world.close()
    page = text_of(as_(world.account()).get(at(world.round)))
    assert "30 membres ont répondu." in page and "Groupe A" in page and "Groupe B" in page
    agreed = page.split("Ce sur quoi nous sommes d'accord")[1].split("Ce qui nous partage")[0]
    assert "Phrase 1." in agreed and "30 d'accord · 0 passe · 0 pas d'accord" in agreed
    assert "12. Phrase 12." in page.split("Trop peu de réponses")[1]
    team = as_(world.made.facilitator)
    rows = b"".join(team.get(at(world.round, "carte.csv"))).decode()
    assert "Phrase 1." in rows and "Phrase 12." not in rows
    record = json.loads(team.get(at(world.round, "carte.json")).content)
    assert record["hidden"] == [12] and record["voters"] == 30
    # Whoever is signed in reads their own name at the top of the page.
    names = [seat.label for seat in world.sitting[1:]]
    assert not [name for name in names if f" {name} " in page + rows + json.dumps(record)]


def test_lists_cost_the_same_with_one_round_or_three(world):
    member, team = as_(world.account()), as_(world.made.facilitator)
    for client in (member, team):
        client.get(ALL)
    counts = {}
    for turn in (1, 3):
        while Round.objects.count() < turn:
            more = services.open_round(
                actor=world.made.organiser, panel=world.panel, title="Encore", question="Et ?",
                opens_on=clock.today(), closes_on=clock.today(),
            )  # fmt: skip
            services.add_statements(actor=world.made.organiser, round_=more, texts=[f"Phrase {n}." for n in range(30)])
        counts[turn] = [
            statements_of(client, url)
            for client, url in (
                (member, ALL),
                (team, ALL),
                (member, at(Round.objects.order_by("-pk").first(), "repondre/")),
                (team, at(Round.objects.order_by("-pk").first(), "lecture/")),
            )
        ]
    assert counts[1] == counts[3] == COST


COST = [7, 9, 9, 10]


def statements_of(client, url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_round_over_waits_for_its_last_sheets(world):
    Membership.objects.filter(pk=world.sitting[0].pk).update(by_post=True)
    with time_machine.travel(clock.now() + datetime.timedelta(days=11), tick=False):
        assert "Le dernier jour pour répondre est passé." in text_of(as_(world.account()).get(at(world.round)))
        sent = {"enonce": world.shown().reference, "choix": "accord"}
        assert as_(world.account()).post(at(world.round, "repondre/"), sent).status_code == 409
        assert "Saisir une feuille" in text_of(as_(world.made.facilitator).get(at(world.round)))
