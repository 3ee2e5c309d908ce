"""The screens of referrals: what each reads and does, what is refused, what stays typed, what never leaks."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from panels.models import Candidate
from panels.referrals import services
from panels.referrals.enums import ReferralKind, ReferralState, TaskResult
from panels.referrals.models import Referral, Word
from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import todo as todo_list
from tests.factories import referrals as make
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db
ALL, INSIDE = "/panels/accueil/saisines/", "/panels/accueil/membres/saisines/"


@pytest.fixture
def world():
    return make.asked_world()


def at(referral, page="", inside=True):
    return f"{INSIDE if inside else ALL}{referral.reference}/{page}"


def test_a_question_from_the_direction_to_what_was_done(world):
    direction, organiser, member = as_(world.decider), as_(world.made.organiser), as_(world.account())
    assert "Saisir ce panel" in text_of(direction.get("/panels/accueil/"))
    assert "Question ouverte" in text_of(direction.get("/panels/accueil/saisir/"))
    said = {"unit": world.unit.pk, "title": "Les horaires du soir", "question": "Jusqu’à quelle heure ?"}
    refused = direction.post("/panels/accueil/saisir/question/", {**said, "title": ""})
    assert refused.status_code == 422 and "Jusqu'à quelle heure ?" in text_of(refused)
    token = str(uuid4())
    for _turn in range(2):
        answer = direction.post("/panels/accueil/saisir/question/", {**said, "token": token})
        assert answer.status_code == 303
    referral = Referral.objects.get()

    assert referral.title in text_of(organiser.get(INSIDE))
    assert "1 attend d'être acceptée." in text_of(organiser.get("/panels/atelier/accueil/"))
    assert organiser.post(at(referral, "accepter/"), {"reply_on": "hier"}).status_code == 422
    day = (clock.today() + timedelta(days=20)).isoformat()
    assert organiser.post(at(referral, "accepter/"), {"reply_on": day}).status_code == 303
    assert organiser.post(at(referral, "accepter/"), {"reply_on": day}).status_code == 409
    drain_outbox()

    assert "1 vous attend." in text_of(member.get("/panels/accueil/membres/"))
    assert member.post(at(referral, "parole/"), {"text": "Canari", "draft": "1"}).status_code == 303
    assert "Canari" in text_of(member.get(at(referral)))
    assert "Canari" not in text_of(as_(world.account(1)).get(at(referral)))
    assert "Canari" not in text_of(organiser.get(at(referral)))
    assert member.post(at(referral, "parole/"), {"text": "Dix-neuf heures."}).status_code == 303
    assert "Dix-neuf heures." in text_of(organiser.get(at(referral)))
    assert "Dix-neuf heures." not in text_of(direction.get(at(referral, inside=False)))

    assert organiser.post(at(referral, "reponse/"), {"answer": "Jusqu’à 19 h."}).status_code == 303
    assert as_(world.account(1)).post(at(referral, "desaccord/"), {"text": "Vingt heures."}).status_code == 303
    assert "Jusqu'à 19 h." not in text_of(as_(None).get(at(referral, inside=False)))
    assert organiser.post(at(referral, "publier/")).status_code == 409
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        organiser = as_(world.made.organiser)
        assert organiser.post(at(referral, "publier/")).status_code == 303
        drain_outbox()
        page = text_of(as_(None).get(at(referral, inside=False)))
        assert "Jusqu'à 19 h." in page and "1 membre n'est pas d'accord" in page and "Vingt heures." in page
        assert "1 membre a participé." in page and "Dix-neuf heures." not in page
        direction = as_(world.decider)
        assert direction.post(at(referral, "suite/", inside=False), {"text": "C’est fait."}).status_code == 303
        drain_outbox()
        assert "C'est fait." in text_of(as_(None).get(at(referral, inside=False)))
        assert "La direction a dit ce qu'elle a fait" in text_of(as_(None).get("/panels/accueil/"))
    assert Referral.objects.get().state == ReferralState.FOLLOWED


def test_a_form_is_tried_on_screen_and_on_paper(world, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    direction = as_(world.decider)
    said = {
        "unit": world.unit.pk, "title": "La cantine", "question": "Peut-on le remplir seul ?",
        "tasks": "\n".join(make.TASKS), "document": make.pdf(),
    }  # fmt: skip
    assert direction.post("/panels/accueil/saisir/essai/", said).status_code == 303
    referral = world.accept(Referral.objects.get())
    member, team = as_(world.account()), as_(world.made.facilitator)

    document = at(referral, "formulaire/", inside=False)
    assert member.get(document).status_code == 200 and member.get(document)["X-Content-Type-Options"] == "nosniff"
    assert as_(None).get(document).status_code == 404 and as_(world.agent).get(document).status_code == 404
    tried = {"result_1": "alone", "result_2": "not_done", "stuck_2": "La page 2", "minutes_2": "12"}
    refused = member.post(at(referral, "essai/"), {**tried, "minutes_2": "douze", "result_1": ""})
    assert refused.status_code == 422 and "La page 2" in refused.content.decode()
    assert member.post(at(referral, "essai/"), tried).status_code == 303
    assert team.get(at(referral, "feuille/")).status_code == 200
    paper = {**tried, "result_2": "helped"}
    assert team.post(at(referral, "papier/"), {**paper, "member": "77"}).status_code == 422
    assert team.post(at(referral, "papier/"), {**paper, "member": "2"}).status_code == 303
    assert member.post(at(referral, "papier/"), {**paper, "member": "3"}).status_code == 404
    page = text_of(team.get(at(referral)))
    assert "2 membres ont essayé le formulaire." in page and "La page 2" in page
    assert "La page 2" not in text_of(direction.get(at(referral, inside=False)))
    assert "La page 2" not in text_of(as_(world.account(1)).get(at(referral))), "nobody is led by the first sheets"

    published = world.published(referral)
    everybody = text_of(as_(None).get(at(published, inside=False)))
    assert "Pas encore de feu vert" in everybody and "Mettre les revenus en dernier" in everybody
    assert "La page 2" not in everybody and "2 membres" not in everybody
    assert "La page 2" in text_of(as_(world.decider).get(at(published, inside=False)))
    follow = at(published, "suite/", inside=False)
    direction = as_(world.decider)
    assert direction.post(follow, {"text": "Oui.", "outcome_1": "not_done"}).status_code == 422
    assert direction.post(follow, {"text": "Oui.", "outcome_1": "done"}).status_code == 303
    drain_outbox()


def test_a_workshop_fills_and_no_further(world):
    referral = world.accepted(ReferralKind.WORKSHOP)
    team, member, agent = as_(world.made.facilitator), as_(world.account()), as_(world.agent)
    day = (clock.today() + timedelta(days=9)).isoformat()
    seats = {"day": day, "hour": "18:00", "place": "Mairie", "member_seats": "1", "agent_seats": "1"}
    assert team.post(at(referral, "atelier/"), {**seats, "hour": "tard"}).status_code == 422
    assert team.post(at(referral, "atelier/"), seats).status_code == 303
    assert member.post(at(referral, "venir/"), {"vient": "1"}).status_code == 303
    assert member.post(at(referral, "venir/"), {"vient": "1"}).status_code == 303
    full = as_(world.account(1)).post(at(referral, "venir/"), {"vient": "1"})
    assert full.status_code == 409 and "Toutes les places sont prises." in text_of(full)
    place = at(referral, "place/", inside=False)
    assert "Je viens : gardez-moi une place" in text_of(agent.get(at(referral, inside=False)))
    assert agent.post(place, {"vient": "1"}).status_code == 303
    assert as_(AgentFactory(unit=world.unit)).post(place, {"vient": "1"}).status_code == 409
    assert as_(AgentFactory(unit=DirectionFactory())).post(place, {"vient": "1"}).status_code == 403
    assert agent.post(place, {"vient": "0"}).status_code == 303
    assert (
        team.post(at(referral, "notes/"), {"notes": "x", "members_came": "1", "agents_came": "0"}).status_code == 409
    )


def test_who_is_not_of_it_reads_and_does_nothing(world):
    """Another panel's member and organiser, an agent, another direction, a visitor: one form each, before and after."""
    other = make.asked_world(slug="ailleurs")
    asked = world.ask()
    accepted = world.accepted(title="Une autre question")
    elsewhere = DirectionFactory()
    outsider = AgentFactory(unit=elsewhere, roles=[(Role.DECISION_MAKER, elsewhere)])
    strangers = {
        "member elsewhere": other.account(),
        "organiser elsewhere": other.made.organiser,
        "agent": world.agent,
        "direction elsewhere": outsider,
    }
    pages = (
        "parole/", "desaccord/", "essai/", "venir/", "feuille/", "papier/", "accepter/", "decliner/", "reponse/",
        "publier/", "atelier/", "notes/", "questionnaire/", "",
    )  # fmt: skip
    for who, account in strangers.items():
        client = as_(account)
        for page in pages:
            for referral in (asked, accepted):
                assert client.get(at(referral, page)).status_code in (404, 405), (who, page)
                assert client.post(at(referral, page), {"text": "x"}).status_code in (404, 405), (who, page)
        assert client.get(at(asked, inside=False)).status_code == 404, who
        assert client.post(at(asked, "retirer/", inside=False), {"because": "x"}).status_code == 404, who
        assert client.get(at(accepted, inside=False)).status_code == 200, who
        assert client.post(at(accepted, "retirer/", inside=False), {"because": "x"}).status_code == 403, who
        assert client.post(at(accepted, "suite/", inside=False), {"text": "x"}).status_code == 403, who
    # By another panel's address, nobody reaches it either.
    theirs = at(accepted).replace("/accueil/", "/ailleurs/")
    assert as_(other.account()).get(theirs).status_code == 404
    assert as_(other.made.organiser).post(f"{theirs}reponse/", {"answer": "x"}).status_code == 404
    assert as_(None).get(at(asked, inside=False)).status_code == 404
    assert as_(None).get(at(accepted)).status_code == 302
    assert not Word.objects.exists()
    assert set(Referral.objects.values_list("state", flat=True)) == {"asked", "accepted"}


def test_members_do_what_members_do_and_the_team_what_it_does(world):
    referral = world.accepted()
    member, guarantor, team = as_(world.account()), as_(world.made.guarantor), as_(world.made.facilitator)
    for page in ("accepter/", "reponse/", "publier/", "papier/", "atelier/"):
        assert member.post(at(referral, page), {}).status_code == 404, page
        assert guarantor.post(at(referral, page), {}).status_code == 404, page
    assert team.post(at(referral, "publier/"), {}).status_code == 404
    assert team.post(at(referral, "parole/"), {"text": "x"}).status_code == 403
    assert guarantor.get(at(referral)).status_code == 200
    one = world.sitting[1]
    account = world.account(1)
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        from panels.services import candidates

        candidates.withdraw(candidate=Candidate.objects.get(pk=one.candidate_id), actor=world.made.facilitator)
        assert as_(account).get(at(referral)).status_code == 404


def test_a_late_direction_is_shown_late_to_everybody(world):
    referral = world.answered()
    with time_machine.travel(clock.now() + timedelta(days=world.panel.reply_days + 3), tick=False):
        page = text_of(as_(None).get(at(referral, inside=False)))
        assert f"{world.unit.name} a 2 jours de retard pour dire ce qui a été fait." in page
        assert "2 jours de retard" in text_of(as_(None).get(f"{ALL}?retard=on"))
    assert referral.title not in text_of(as_(None).get(f"{ALL}?retard=on"))


def test_the_list_is_found_by_state_and_kind(world):
    world.ask(title="Attend encore")
    world.accepted(title="Acceptée celle-ci")
    world.accepted(ReferralKind.WORKSHOP, title="Un atelier")
    everybody = text_of(as_(None).get(ALL))
    assert "Acceptée celle-ci" in everybody and "Attend encore" not in everybody
    assert "Attend encore" in text_of(as_(world.account()).get(f"{INSIDE}?etat=asked"))
    found = text_of(as_(None).get(f"{ALL}?genre=workshop"))
    assert "Un atelier" in found and "Acceptée celle-ci" not in found
    assert as_(None).get(f"{ALL}?etat=x&genre=%00&page=zz").status_code in (200, 302)


def test_to_do_lists_say_who_owes_what(world):
    def lines(user):
        return [one.kind for one in todo_list.items(Viewer(user)) if one.kind.startswith("panels.referral")]

    referral = world.ask()
    assert lines(world.made.as_now(world.made.organiser)) == ["panels.referral_accept"]
    world.accept(referral)
    assert lines(world.account()) == ["panels.referral"]
    services.keep_word(actor=world.account(), referral=referral, text="Oui.")
    assert lines(world.account()) == [] and lines(world.account(1)) == ["panels.referral"]
    world.published(referral)
    assert lines(world.decider) == ["panels.referral_follow"] and lines(world.agent) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(world, count, django_assert_num_queries):
    from panels.referrals import selectors

    for number in range(count):
        world.accepted(title=f"Question {number}")
    viewer = Viewer(world.account())
    with django_assert_num_queries(3):
        rows = [(one.title, one.unit.name, one.days_late) for one in selectors.listed(viewer, world.panel)]
    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_form_costs_the_same_for_one_tester_and_for_three(world, count, django_assert_num_queries):
    from panels.referrals import selectors

    referral = world.accepted(ReferralKind.FORM_TEST)
    for place in range(count):
        world.tried(referral, place, result=TaskResult.HELPED, stuck="Là")
    referral = world.again(referral)
    with django_assert_num_queries(2):
        figures = selectors.figures_of(referral)
    assert [one.total for one in figures] == [count, count]


def test_letters_carry_the_slip_and_the_answer(world):
    from django.template.loader import render_to_string

    from panels import by_post
    from panels.referrals import places

    referral = world.accepted(ReferralKind.FORM_TEST)
    world.tried(referral)
    slip = by_post.kind(places.SLIP)
    assert [one.key for one in slip.items(world.panel)] == [referral.reference]
    page = slip.page(world.panel, referral.reference, world.sitting[0])
    drawn = render_to_string(page.template, page.context)
    assert page.slip and make.TASKS[0] in drawn and slip.page(world.panel, "000000", world.sitting[0]) is None
    answer = by_post.kind(places.ANSWER)
    assert list(answer.items(world.panel)) == []
    world.shown(referral)
    page = answer.page(world.panel, referral.reference, world.sitting[0])
    assert page.slip and "pas d’accord" in render_to_string(page.template, page.context)
    world.published(referral)
    page = answer.page(world.panel, referral.reference, world.sitting[0])
    assert not page.slip and "Mettre les revenus en dernier" in render_to_string(page.template, page.context)
