"""The workshop: queues, one page per step, save and next, assessments, announcements."""

import datetime

import pytest

from ideas import services
from ideas.models import Assessment, Idea
from src.accountability.models import Decision
from src.foundations import clock
from src.foundations.testing import drain_outbox

from .city import ANSWER, answer


def stage_of(idea) -> str:
    return Idea.objects.get(pk=idea.pk).stage_kind


def step(idea, slug) -> str:
    return f"/idees/{idea.reference}/etape/{slug}/"


def dated(fields: dict) -> dict:
    """The fields of an answer as a browser posts them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()}


def test_each_role_sees_its_queues_and_their_counts(city, as_):
    city.submitted("Une poubelle de plus à l'arrêt du tram")
    city.opened()
    city.to_decide()

    seen = {
        name: [(card["name"], card["count"]) for card in as_(user).get("/idees/atelier/").context["cards"]]
        for name, user in (("moderator", city.moderator), ("decider", city.decider))
    }

    assert seen == {
        "moderator": [("moderation", 0), ("to_screen", 1), ("overdue", 0)],
        "decider": [("to_countersign", 0), ("to_decide", 1), ("overdue", 0), ("conditions", 0)],
    }
    assert as_(city.reader).get("/idees/atelier/").status_code == 403
    drain_outbox()


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_takes_as_many_statements_whatever_its_length(city, as_, django_assert_max_num_queries, count):
    for number in range(count):
        city.opened(f"Une idée numéro {number} pour le dépôt")
    client = as_(city.correspondent)
    client.get("/idees/atelier/to_orient/")

    with django_assert_max_num_queries(9) as statements:
        client.get("/idees/atelier/to_orient/")

    assert len(statements) == 8
    drain_outbox()


def test_unknown_queues_and_steps_do_not_exist(city, as_):
    idea = city.submitted()

    assert as_(city.moderator).get("/idees/atelier/nimporte/").status_code == 404
    assert as_(city.moderator).get(step(idea, "nimporte")).status_code == 404
    drain_outbox()


def test_wrong_person_and_wrong_moment_are_told_apart(city, as_):
    idea = city.opened()

    stranger = as_(city.reader).get(step(idea, "orient"))
    late = as_(city.moderator).get(step(idea, "screen"))

    assert (stranger.status_code, late.status_code) == (403, 409)
    assert "Inès R." in late.content.decode()
    assert stage_of(idea) == "open"
    drain_outbox()


def test_two_people_take_the_same_step_and_one_reads_who_was_first(city, as_):
    idea = city.submitted()

    first = as_(city.moderator).post(step(idea, "screen"))
    second = as_(city.moderator).post(step(idea, "screen"))

    assert (first.status_code, second.status_code) == (303, 409)
    drain_outbox()


def test_save_and_next_opens_the_same_gesture_on_the_next_idea(city, as_):
    first, second = city.submitted(), city.submitted("Une poubelle de plus à l'arrêt du tram")
    client = as_(city.moderator)
    order = [row.reference for row, _badge in client.get("/idees/atelier/to_screen/").context["rows"]]

    forward = client.post(f"/idees/{order[0]}/etape/screen/", {"file": "to_screen", "next": "1"})
    end = client.post(f"/idees/{order[1]}/etape/screen/", {"file": "to_screen", "next": "1"})

    assert sorted(order) == sorted([first.reference, second.reference])
    assert forward.headers["Location"] == f"/idees/{order[1]}/etape/screen/?file=to_screen"
    assert end.headers["Location"] == "/idees/atelier/to_screen/"
    drain_outbox()


def test_orientation_names_a_service_of_a_direction(city, as_):
    idea = city.opened()
    form = {"place": city.service.pk, "scale": "project", "owner": city.assessors[0].pk, "text": ""}

    response = as_(city.correspondent).post(step(idea, "orient"), form)

    idea.refresh_from_db()
    assert (response.status_code, idea.stage_kind) == (303, "qualified")
    assert (idea.direction, idea.service, idea.scale, idea.owner) == (
        city.direction,
        city.service,
        "project",
        city.assessors[0],
    )
    drain_outbox()


@pytest.mark.parametrize("place", ["", "0", "99999999999999999999", "abc", "-1"])
def test_a_place_that_is_not_offered_is_refused_in_words(city, as_, place):
    idea = city.opened()

    response = as_(city.correspondent).post(step(idea, "orient"), {"place": place, "scale": "project"})

    assert response.status_code == 422
    assert stage_of(idea) == "open"
    drain_outbox()


def test_removal_needs_a_reason_and_a_sentence(city, as_):
    idea = city.submitted()

    bare = as_(city.moderator).post(step(idea, "remove"), {"reason_code": "", "text": ""})
    said = as_(city.moderator).post(step(idea, "remove"), {"reason_code": "publicite", "text": "C'est une publicité."})

    assert (bare.status_code, said.status_code, stage_of(idea)) == (422, 303, "removed")
    assert as_(city.reader).get(f"/idees/{idea.reference}/").status_code == 404
    drain_outbox()


def test_the_fast_lane_goes_from_a_draft_to_the_authors_page(city, as_):
    idea = city.oriented("La lampe du local à vélos", scale="quick_fix")

    drafted = as_(city.assessors[0]).post(step(idea, "fast_answer"), dated(answer()))
    hidden = as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    read = as_(city.delegate).get(step(idea, "countersign_accepted")).content.decode()
    unread = as_(city.delegate).post(step(idea, "countersign_accepted"), {})
    signed = as_(city.delegate).post(step(idea, "countersign_accepted"), {"read": "on"})
    drain_outbox()

    assert (drafted.status_code, unread.status_code, signed.status_code) == (303, 422, 303)
    assert ANSWER[:40] in read
    assert ANSWER[:40] not in hidden
    assert stage_of(idea) == "accepted"
    assert ANSWER[:40] in as_(city.author).get(f"/idees/{idea.reference}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "declined"}, "reason"),
        ({"outcome": "declined", "reason": "budget"}, "reopening_conditions"),
        ({"outcome": "deferred", "reason": "budget", "reopening_conditions": "Un budget."}, "revisit_on"),
        ({"text": ""}, "text"),
        ({"text": "Oui."}, "text"),
        ({"measure_owner": ""}, "measure_owner"),
        ({"first_milestone_on": "32/13/2026"}, "first_milestone_on"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_an_incomplete_answer_says_what_lacks_beside_the_field(city, as_, changes, field):
    idea = city.to_decide()

    response = as_(city.decider).post(
        step(idea, "decide_accepted"), {**dated(answer()), **changes, "action": "prepare"}
    )

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Decision.objects.count() == 0
    drain_outbox()


def test_an_assessor_reads_the_others_after_their_own(city, as_):
    idea = city.studied()
    city.assess(idea, city.assessors[1], scores=(4, 4, 4, 4, 4))
    client, address = as_(city.assessors[0]), f"/idees/{idea.reference}/evaluer/"
    card = {"impact_users": "2", "impact_agents": "", "feasibility": "4", "cost": "0", "delay": "3", "note": "Utile."}

    before = client.get(address).content.decode()
    bare = client.post(address, {**card, "note": ""})
    hostile = client.post(address, {**card, "cost": "5"})
    given = client.post(address, card)
    after = client.get(address).content.decode()

    assert "Médianes" not in before
    assert (bare.status_code, hostile.status_code, given.status_code) == (422, 422, 303)
    assert "Médianes" in after
    mine = Assessment.objects.get(seat__user=city.assessors[0])
    assert (mine.impact_users, mine.impact_agents, mine.cost) == (2, None, 0)
    drain_outbox()


def test_stepping_aside_asks_no_reason(city, as_):
    idea = city.studied()

    response = as_(city.assessors[0]).post(f"/idees/{idea.reference}/evaluer/", {"action": "step_aside"})

    assert (response.status_code, response.headers["Location"]) == (303, "/idees/atelier/to_study/")
    assert as_(city.assessors[0]).get(f"/idees/{idea.reference}/evaluer/").status_code == 403
    assert as_(city.reader).get(f"/idees/{idea.reference}/evaluer/").status_code == 403
    drain_outbox()


def test_the_study_starts_with_two_people_at_least(city, as_):
    idea = city.oriented()
    people = [person.pk for person in city.assessors]

    one = as_(city.correspondent).post(step(idea, "start_study"), {"assessors": people[:1]})
    two = as_(city.correspondent).post(step(idea, "start_study"), {"assessors": people})

    assert (one.status_code, two.status_code, stage_of(idea)) == (422, 303, "in_review")
    drain_outbox()


def test_answers_are_announced_together_after_being_read_again(city, as_):
    first, second = city.prepared(), city.prepared("Des casiers assez hauts pour les bottes")
    client, chosen = as_(city.decider), {"idea": [first.reference, second.reference]}

    nothing = client.post("/idees/atelier/annonces/", {})
    read = client.post("/idees/atelier/annonces/", chosen)
    before = [stage_of(first), stage_of(second)]
    done = client.post("/idees/atelier/annonces/", {**chosen, "confirm": "1"})
    drain_outbox()

    assert (nothing.status_code, read.status_code, done.status_code) == (422, 200, 303)
    assert "Annoncer ces 2 réponses" in read.content.decode()
    assert before == ["decision_pending", "decision_pending"]
    assert [stage_of(first), stage_of(second)] == ["accepted", "accepted"]


def test_only_deciders_announce(city, as_):
    idea = city.prepared()

    for person in (city.reader, city.correspondent, city.assessors[0], city.admin):
        refused = as_(person).post("/idees/atelier/annonces/", {"idea": [idea.reference], "confirm": "1"})
        assert refused.status_code == 403
    assert stage_of(idea) == "decision_pending"
    drain_outbox()


def test_a_decider_corrects_what_was_prepared_then_announces(city, as_):
    idea = city.prepared()
    client, address = as_(city.decider), step(idea, "decide_accepted")

    shown = client.get(address).context["form"]["text"].value()
    client.post(address, {**dated(answer("declined")), "action": "prepare"})
    read = client.post(address, {**dated(answer("declined")), "action": "announce"})
    before = stage_of(idea)
    client.post("/idees/atelier/annonces/", {"idea": [idea.reference], "confirm": "1"})
    drain_outbox()

    assert shown == ANSWER
    assert ("Annoncer cette réponse" in read.content.decode(), before) == (True, "decision_pending")
    assert stage_of(idea) == "declined"


def test_the_first_reading_is_told_once(city, as_):
    idea = city.submitted()
    address = f"/idees/{idea.reference}/premiere-lecture/"

    told = as_(city.moderator).post(address)
    again = as_(city.moderator).post(address)

    assert (told.status_code, again.status_code, as_(city.reader).post(address).status_code) == (303, 403, 403)
    assert "Inès" in as_(city.author).get(f"/idees/{idea.reference}/").content.decode()
    drain_outbox()


def test_a_transfer_is_proposed_and_accepted(city, as_):
    idea = city.oriented()
    other = city.agent("rue", "Rémi", "Rua", "", ("idea_correspondent", city.other_direction))

    proposed = as_(city.correspondent).post(
        step(idea, "propose_transfer"), {"direction": city.other_direction.pk, "text": "C'est la rue."}
    )
    page = as_(other).get(step(idea, "accept_transfer"))
    accepted = as_(other).post(step(idea, "accept_transfer"), {"service": "", "text": ""})

    idea.refresh_from_db()
    assert (proposed.status_code, page.status_code, accepted.status_code) == (303, 200, 303)
    assert (idea.stage_kind, idea.direction) == ("qualified", city.other_direction)
    drain_outbox()


def test_nobody_works_on_their_own_idea(city, as_):
    idea = city.opened(author=city.correspondent)

    assert as_(city.correspondent).get(step(idea, "orient")).status_code == 403
    services.withdraw(idea=idea, actor=city.correspondent)
    drain_outbox()


def test_a_queue_is_filtered_by_direction_and_by_age(city, as_):
    recent, old = city.opened(), city.opened("Une seconde pointeuse à l'entrée sud")
    Idea.objects.filter(pk=old.pk).update(stage_since=clock.now() - datetime.timedelta(days=16))
    client = as_(city.correspondent)

    found = {
        query: [row.title for row, _badge in client.get(f"/idees/atelier/to_orient/?{query}").context["rows"]]
        for query in ("age=15", "age=30", "direction=RUE", "age=99999999999999999999")
    }

    assert found["age=15"] == [old.title]
    assert (found["age=30"], found["direction=RUE"]) == ([], [])
    assert sorted(found["age=99999999999999999999"]) == sorted([recent.title, old.title])
    drain_outbox()
