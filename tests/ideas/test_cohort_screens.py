"""The screens of a cohort: applying, saying yes, freeing time, accompanying, running it, and the wizard."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from ideas import services
from ideas.models import CohortMilestone, CohortPerson, Idea, Mentorship, MilestoneNote
from ideas.todo import cohorts_for_me
from src.accountability.models import Decision
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.kinds import find
from src.participation.models import Space
from src.participation.services.from_kind import create_from_kind
from src.participation.services.spaces import what_is_missing
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.ideas import BODY, YES

from .test_cohort import accompanied, agent_of, application, city, in_cohort, milestones, prepare

__all__ = ["city"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def signed(person):
        client.force_login(person)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
        return client

    return signed


def text(response) -> str:
    return response.content.decode()


def applying(**values):
    return {
        "boite": "escale", "body": BODY, "title": "Un banc à l'abri près du portail", "identity": "named",
        "token": str(uuid4()), "action": "send", "team": "", **values,
    }  # fmt: skip


def test_applying_asks_for_ones_yes_and_names_colleagues(as_, city):
    friend = agent_of(city.other, username="amie")
    client = as_(city.author)
    form = text(client.get("/idees/deposer/?boite=escale"))
    assert "Envoyer ma candidature" in form
    assert "Nom protégé" not in form

    missing = client.post("/idees/deposer/", applying())
    unknown = client.post("/idees/deposer/", applying(consent="on", team="amie\npersonne"))
    sent = client.post("/idees/deposer/", applying(consent="on", team="amie"))

    assert (missing.status_code, unknown.status_code, sent.status_code) == (422, 422, 303)
    assert "Aucun compte trouvé pour" in text(unknown)
    # What was typed comes back.
    assert BODY.split("'")[0] in text(unknown)
    idea = Idea.objects.get()
    assert (idea.unit, idea.identity_mode) == (city.box.steering_unit, "named")
    assert {person.user: person.consented_on is not None for person in idea.people.all()} == {
        city.author: True,
        friend: False,
    }
    drain_outbox()


def test_the_colleague_says_yes_then_their_manager_frees_their_time(as_, city):
    friend = agent_of(city.other)
    boss = AgentFactory(unit=city.other, is_manager=True)
    idea = application(city, stage="open", ready=False)
    services.name_people(idea=idea, actor=city.author, people=[friend])
    address = reverse("ideas:team", args=[idea.reference])

    assert as_(city.colleague).get(address).status_code == 403
    assert "Participez-vous" in text(as_(friend).get(address))
    assert as_(friend).post(address, {"action": "yes"}).status_code == 303
    day = {"action": "release", "person": friend.pk}
    wrong = as_(boss).post(address, day | {f"libre-{friend.pk}-day": "31/02/2027"})
    assert wrong.status_code == 422
    assert as_(boss).post(address, day | {f"libre-{friend.pk}-day": str(clock.today())}).status_code == 303
    assert as_(city.decider).post(address, day | {f"libre-{friend.pk}-day": str(clock.today())}).status_code == 403
    person = CohortPerson.objects.get(user=friend)
    assert (person.released_from, person.released_by) == (clock.today(), boss)
    drain_outbox()


def test_a_yes_beyond_the_seats_of_a_direction_comes_back_in_words_with_what_was_typed(as_, city):
    for _twice in range(2):
        prepare(city, application(city, agent_of(city.direction)))
    idea = application(city, agent_of(city.direction))
    address = f"{idea.get_absolute_url()}etape/decide_cohort/"
    client = as_(city.chooser)
    assert "1 place libre sur 3" in text(client.get(address))

    refused = client.post(address, {"outcome": "accepted", "text": YES["text"], "action": "prepare"})

    assert refused.status_code == 422
    assert "Propreté a déjà ses 2 places dans cette cohorte." in text(refused)
    assert YES["text"][:40] in text(refused)
    assert not Decision.objects.filter(subject_reference=idea.reference).exists()
    drain_outbox()


def test_the_page_of_a_cohort_shows_seats_people_mentor_and_demo_day(as_, city):
    idea = accompanied(city)
    page = text(as_(city.colleague).get("/idees/cohortes/escale/"))

    assert "2 places libres sur 3" in page
    assert "Nadia Benali" in page
    assert "Léna Ruiz" in page
    assert "Présentation finale" in page
    assert idea.title.replace("'", "’") in page
    assert as_(city.colleague).get("/idees/cohortes/autre/").status_code == 404
    assert as_(city.colleague).get("/idees/cohortes/escale/organiser/").status_code == 403
    drain_outbox()


def test_the_mentors_page_takes_notes_from_the_mentor_alone(as_, city):
    idea = accompanied(city)
    first = milestones(city)[0]
    address = reverse("ideas:accompany", args=[idea.reference])
    sent = {"action": "note", "milestone": first.pk, f"etape-{first.pk}-text": "Dix personnes écoutées."}

    assert as_(city.mentor).post(address, sent | {f"etape-{first.pk}-text": ""}).status_code == 422
    assert as_(city.mentor).post(address, sent | {f"etape-{first.pk}-is_validated": "on"}).status_code == 303
    for somebody in (city.author, city.helper, city.colleague):
        assert as_(somebody).post(address, sent).status_code == 403
    note = MilestoneNote.objects.get()
    assert (note.is_validated, note.noted_by) == (True, city.mentor)
    # The words are for the team and those it concerns; everybody reads that it is validated.
    assert "Dix personnes" in text(as_(city.author).get(address))
    assert "Dix personnes" not in text(as_(city.colleague).get(address))
    assert "Validée" in text(as_(city.colleague).get(address))
    drain_outbox()


def test_the_organiser_names_the_mentor_and_keeps_the_calendar(as_, city):
    idea = in_cohort(city)
    address = reverse("ideas:accompany", args=[idea.reference])
    client = as_(city.helper)

    own = client.post(address, {"action": "mentor", "mentor": city.author.username})
    assert own.status_code == 422
    assert "ne fait pas partie de l’équipe" in text(own)
    assert client.post(address, {"action": "mentor", "mentor": city.mentor.username}).status_code == 303
    assert Mentorship.objects.get().mentor == city.mentor

    organise = reverse("ideas:cohort_organise", args=["escale"])
    demo = str(clock.today() + timedelta(days=100))
    bad = client.post(organise, {"milestones": "un jour Essai", "demo_day": demo})
    assert bad.status_code == 422
    assert "La ligne 1" in text(bad)
    day = clock.today() + timedelta(days=40)
    assert client.post(organise, {"milestones": f"{day:%d/%m/%Y} Essai", "demo_day": demo}).status_code == 303
    kept = CohortMilestone.objects.filter(space=city.box)
    assert [(one.due_on, one.is_demo_day) for one in kept] == [(day, False), (day + timedelta(days=60), True)]
    drain_outbox()


def test_what_a_cohort_waits_for_is_on_the_to_do_list_of_each(city):
    friend = agent_of(city.other)
    boss = AgentFactory(unit=city.other, is_manager=True)
    idea = application(city, stage="open", ready=False)
    services.name_people(idea=idea, actor=city.author, people=[friend])

    def asked(person):
        return [line.kind for line in cohorts_for_me(as_viewer(person))]

    assert (asked(friend), asked(boss), asked(city.colleague)) == (["ideas.cohort.yes"], [], [])
    services.answer_for_oneself(idea=idea, actor=friend, agrees=True)
    assert (asked(friend), asked(boss)) == ([], ["ideas.cohort.release"])
    project = accompanied(city, agent_of(city.direction))
    assert asked(city.mentor) == []
    first = milestones(city)[0]
    CohortMilestone.objects.filter(pk=first.pk).update(due_on=clock.today() + timedelta(days=3))
    assert asked(city.mentor) == ["ideas.cohort.note"]
    services.note_milestone(idea=project, actor=city.mentor, milestone=first, text="C'est fait.", is_validated=True)
    assert asked(city.mentor) == []
    drain_outbox()


def test_a_project_without_all_its_milestones_gets_no_diploma_on_screen(as_, city):
    idea = accompanied(city)

    refused = as_(city.helper).post(f"{idea.get_absolute_url()}etape/graduate/", {"text": ""})

    assert refused.status_code == 409
    assert "n’a pas encore validé toutes les étapes" in text(refused)
    drain_outbox()


def test_the_wizard_makes_a_cohort_with_its_milestones_and_refuses_seats_that_dont_add_up(as_, city):
    client = as_(AgentFactory(username="organise", roles=[(Role.ADMINISTRATOR, None)]))
    url = reverse("espaces:from_kind", args=["cohort"])
    fields = client.get(url).context_data["form"].fields
    assert 4 <= sum(field.required for field in fields.values()) <= 12
    day = clock.today() + timedelta(days=60)
    sent = {
        "step": "open", "slug": "atelier", "name": "L'Atelier", "starts_on": str(clock.today()), "days": "42",
        "steering_unit": str(city.box.steering_unit.pk), "circle": "agents", "identity_modes": ["named"],
        "cohort_seats": "20", "direction_seats": "21", "milestones": f"{day:%d/%m/%Y} Premier essai",
        "demo_day": str(day + timedelta(days=30)),
    }  # fmt: skip

    assert list(client.post(url, sent).context_data["form"].errors) == ["direction_seats"]
    early = client.post(url, sent | {"direction_seats": "2", "demo_day": str(day - timedelta(days=1))})
    assert list(early.context_data["form"].errors) == ["demo_day"]
    assert client.post(url, sent | {"direction_seats": ""}).status_code == 302

    space = Space.objects.get(slug="atelier")
    assert (space.cohort_seats, space.direction_seats, space.is_draft) == (20, None, False)
    assert CohortMilestone.objects.filter(space=space).count() == 2
    edit = client.get(reverse("espaces:edit", args=[space.pk])).context_data["form"].fields
    assert {"cohort_seats", "direction_seats"} <= set(edit)
    assert "chosen_count" not in edit
    drain_outbox()


def test_a_cohort_opens_once_nothing_is_missing(city):
    space = create_from_kind(
        find("cohort"),
        name="Vide",
        slug="vide",
        steering_unit=UnitFactory(),
        starts_on=clock.today(),
        circle="everyone",
    )

    assert len(what_is_missing(space)) == 3
    drain_outbox()
