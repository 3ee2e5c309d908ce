"""The memory of refusals on screen: conditions, the question to supporters, the staff's list, the earlier answer."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

import ideas
from ideas import selectors, services
from ideas.models import Idea, IdeaSupport, ReopeningAnswer, ReopeningRound
from ideas.paper import following
from ideas.services.reopening import conclude_due
from src.accountability.models import AnnouncementBatch, Decision, ReopeningCondition
from src.accountability.services import note_conditions
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.workflow.process_files import install_process, read_process
from tests.factories.directory import AgentFactory

from .city import City, answer

WHAT = "Cinquante téléphones de service arrivent au dépôt le mois prochain."
CONDITION = "Des téléphones de service pour toute l’équipe."


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def page_of(idea, name="") -> str:
    return f"/idees/{idea.reference}/{name}"


@pytest.fixture
def refused(city: City):
    """A "no" that the reader supported."""
    idea = city.decided("Pointer au téléphone en arrivant au dépôt", outcome="declined")
    IdeaSupport.objects.create(idea=idea, user=city.reader)
    return idea


@pytest.fixture
def asked(city, refused):
    services.meet_condition(
        idea=Idea.objects.select_related("unit", "space").get(pk=refused.pk),
        condition=ReopeningCondition.objects.get(),
        actor=city.decider,
        text=WHAT,
    )
    drain_outbox()
    return refused


def test_everybody_reads_the_conditions_and_staff_alone_marks_them(city, as_, refused):
    elsewhere = city.agent("jeanne", "Jeanne", "Abadie", "", (Role.DECISION_MAKER, city.other_direction))

    seen = as_(city.reader).get(page_of(refused))

    assert CONDITION in words(seen) and "Pas encore remplie" in words(seen)
    assert page_of(refused, "conditions/") not in seen.content.decode()
    assert page_of(refused, "conditions/") in as_(city.decider).get(page_of(refused)).content.decode()
    for person in (city.reader, city.author, elsewhere):
        assert as_(person).post(page_of(refused, "conditions/"), {"condition": "1", "text": WHAT}).status_code == 403
    assert not ReopeningRound.objects.exists()
    drain_outbox()


def test_a_condition_is_marked_after_it_was_read_again(city, as_, refused):
    client, address = as_(city.decider), page_of(refused, "conditions/")

    empty = client.post(address, {"condition": "1", "text": "Fait."})
    review = client.post(address, {"condition": "1", "text": WHAT, "action": "review"})
    corrected = client.post(address, {"condition": "1", "text": WHAT, "action": "correct"})
    assert not ReopeningRound.objects.exists()
    sent = client.post(address, {"condition": "1", "text": WHAT, "action": "confirm"})
    again = client.post(address, {"condition": "1", "text": WHAT, "action": "confirm"})

    assert [one.status_code for one in (empty, review, corrected, sent, again)] == [422, 200, 200, 303, 409]
    assert "Fait." in words(empty)
    assert "Ce geste ne s’annule pas" in words(review) and WHAT in words(corrected)
    told = words(client.get(page_of(refused)))
    assert "Sophie L. écrit ce qui a changé" in told and "jusqu’au" in told
    drain_outbox()


def test_a_supporter_answers_from_their_to_do_list_and_may_change(city, as_, asked):
    client, address = as_(city.reader), page_of(asked, "rouvrir/")
    due = "Faut-il réétudier « Pointer au téléphone en arrivant au dépôt » ?"
    assert due in words(client.get("/"))

    page = client.get(address)
    nothing = client.post(address, {})
    yes = client.post(address, {"answer": "oui"})
    assert due not in words(client.get("/"))
    no = client.post(address, {"answer": "non"})

    assert WHAT in words(page)
    assert [one.status_code for one in (page, nothing, yes, no)] == [200, 422, 303, 303]
    assert list(ReopeningAnswer.objects.values_list("user", "wish")) == [(city.reader.pk, "no")]
    assert "Changer ma réponse" in words(client.get(page_of(asked)))


def test_a_sealed_author_reads_the_conditions_by_code_and_answers(city, as_):
    idea = city.protected("Noter les pannes sur une feuille au vestiaire")
    Idea.objects.filter(pk=idea.pk).update(**_declined(city, idea))
    idea = Idea.objects.select_related("decision", "unit", "space").get(pk=idea.pk)
    condition = idea.decision.conditions.get()
    opened = services.meet_condition(idea=idea, condition=condition, actor=city.decider, text=WHAT)
    drain_outbox()

    assert [view.words for view in following.read(idea.handle)["page"].conditions] == [condition.words]
    gesture = next(one for one in following.gestures(idea.handle, {"answer": "oui"}) if one.key == "rouvrir")
    assert gesture.form.is_valid()
    gesture.act(idea.handle, gesture.form)

    opened.refresh_from_db()
    assert (opened.author_wish, ReopeningAnswer.objects.count()) == ("yes", 0)


def _declined(city, idea) -> dict:
    """The columns of a "no" given to another idea, put on this one: its way there is told by other tests."""
    batch = AnnouncementBatch.objects.create(created_at=clock.now())
    decision = Decision.objects.create(
        subject_kind="idea", subject_reference=idea.reference, unit=city.direction, decided_by=city.decider,
        signed_as="X", prepared_at=clock.now(), batch=batch, **answer("declined"),
    )  # fmt: skip
    AnnouncementBatch.objects.filter(pk=batch.pk).update(announced_at=clock.now())
    note_conditions(decision)
    stage = idea.process.stages.get(slug="declined")
    return {"stage": stage, "stage_kind": "declined", "decision": decision, "unit": city.direction}


def test_the_list_costs_the_same_for_one_and_many(city, as_, refused):
    def cost():
        viewer = as_viewer(User.objects.get(pk=city.correspondent.pk))
        # What the viewer is costs its own statements, paid once a request.
        selectors.watched_conditions(viewer)
        with CaptureQueriesContext(connection) as made:
            selectors.watched_conditions(viewer)
        return len(made)

    one = cost()
    city.decided("Des casiers assez larges pour deux casques", outcome="declined")

    assert (one, cost()) == (2, 2)


def test_where_the_way_has_no_step_to_reopen_nothing_is_offered(city, as_, refused):
    shipped = read_process(Path(ideas.__file__).parent / "processes" / "choose-together.json")
    ways = [way for way in shipped["transitions"] if way.get("form") != "reopen"]
    process = install_process(shipped | {"slug": "sans-reouverture", "transitions": ways})
    Idea.objects.filter(pk=refused.pk).update(process=process, stage=process.stages.get(slug="declined"))
    client = as_(city.decider)

    assert page_of(refused, "conditions/") not in client.get(page_of(refused)).content.decode()
    told = client.get(page_of(refused, "conditions/"))
    assert (told.status_code, "n’a pas d’étape pour la rouvrir" in words(told)) == (409, True)


def test_somebody_who_never_supported_it_is_not_asked(city, as_, asked):
    stranger = AgentFactory()
    client = as_(stranger)

    assert client.get(page_of(asked, "rouvrir/")).status_code == 403
    assert client.post(page_of(asked, "rouvrir/"), {"answer": "oui"}).status_code == 403
    assert page_of(asked, "rouvrir/") not in client.get(page_of(asked)).content.decode()
    assert as_(city.author).get(page_of(asked, "rouvrir/")).status_code == 200


def test_the_result_is_told_without_a_small_count(city, as_, asked):
    as_(city.reader).post(page_of(asked, "rouvrir/"), {"answer": "oui"})
    as_(city.author).post(page_of(asked, "rouvrir/"), {"answer": "oui"})

    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        conclude_due(clock.now())
        page = words(as_(city.reader).get(page_of(asked)))
        late = as_(city.reader).post(page_of(asked, "rouvrir/"), {"answer": "non"})
        drain_outbox()

    assert "l’idée est retournée à l’étude" in page and "Moins de 11 réponses" in page
    assert "Une autre personne que la première répond avant" in page
    assert late.status_code == 409


def test_a_closed_round_of_many_tells_its_totals(city, as_, asked):
    people = AgentFactory.create_batch(24)
    IdeaSupport.objects.bulk_create([IdeaSupport(idea=asked, user=user) for user in people])
    opened = ReopeningRound.objects.get()
    for number, user in enumerate(people):
        services.answer_reopening(opened=opened, actor=user, wish="no" if number < 11 else "yes")

    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        conclude_due(clock.now())
        assert "13 ont dit oui, 11 ont dit non" in words(as_(city.reader).get(page_of(asked)))
        drain_outbox()


def test_staff_find_conditions_by_kind_direction_and_word(city, as_, refused):
    client = as_(city.correspondent)

    def found(**asked):
        return CONDITION in words(client.get("/idees/atelier/conditions/", asked))

    assert as_(city.reader).get("/idees/atelier/conditions/").status_code == 403
    assert found() and found(genre="loi") and found(direction="PRO") and found(q="téléphones") and found(q="pointer")
    for nothing in ({"genre": "budget"}, {"direction": "RUE"}, {"q": "piscine"}, {"etat": "remplies"}):
        assert not found(**nothing)
    assert found(etat="n'importe quoi", genre="inconnu")
    assert "Conditions à surveiller" in words(client.get("/idees/atelier/"))


def test_writing_a_close_idea_shows_the_earlier_answer_first(city, as_, refused):
    other = city.opened("Pointer au téléphone en arrivant à l'atelier")
    drain_outbox()

    page = as_(city.reader).post(
        "/idees/proches/", {"title": "Pointer au téléphone en arrivant", "body": "Pointer au téléphone, au dépôt."}
    )

    cards = page.context["similar"]
    assert [card["reference"] for card in cards] == [refused.reference, other.reference]
    said = words(page)
    assert "La Ville a déjà répondu : Non" in said and CONDITION in said and "Protection de la vie privée" in said
    assert said.index("La Ville a déjà répondu") < said.index("à l’atelier")


def test_an_answer_says_what_has_to_change_and_from_when(city, as_):
    idea = city.to_decide("Des gants plus fins pour l'hiver")
    client, address = as_(city.decider), page_of(idea, "etape/decide_declined/")
    day = clock.today() + timedelta(days=60)
    said = answer("declined", condition_kind="budget", condition_on=day.isoformat())

    past = client.post(address, said | {"condition_on": clock.today().isoformat()})
    many = client.post(address, said | {"reopening_conditions": "\n".join(f"Condition {n}." for n in range(6))})
    kept = client.post(address, said)

    assert [one.status_code for one in (past, many, kept)] == [422, 422, 303]
    assert client.get(address).context["form"].initial["condition_kind"] == "budget"
    services.announce_decision(idea=Idea.objects.get(pk=idea.pk), actor=city.decider)
    assert list(ReopeningCondition.objects.values_list("kind", "due_on")) == [("budget", day)]
    drain_outbox()
