"""Those who run measures: news in two gestures, steps, done, stopped; what others are refused, and what is kept."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from src.accountability.models import Measure, ProgressNote
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.measures import PROOF, WHY, MeasureFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "JPEG")
    return SimpleUploadedFile("casiers.jpg", stream.getvalue(), "image/jpeg")


@pytest.fixture
def direction():
    return DirectionFactory()


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.fixture
def measure(direction):
    return MeasureFactory(unit=direction, heard_days_ago=100)


def at(measure, gesture=""):
    return f"/engagements/{measure.reference}/{gesture}"


def test_news_are_given_in_two_gestures_from_the_workshop(measure, decider):
    measure.milestones.create(title="Commande", planned_on=clock.today())
    client = signed_in(decider)
    workshop = client.get("/engagements/atelier/").content.decode()
    assert f'href="{at(measure, "nouvelles/")}"' in workshop

    form = client.get(at(measure, "nouvelles/")).context["form"]
    sent = {
        "text": "La commande est passée lundi.",
        "status": "procedure",
        "reached": [str(measure.milestones.get().pk)],
        "token": str(form.initial["token"]),
        "photo": picture(),
        "photo_alt": "Le bon de commande",
    }
    answers = [client.post(at(measure, "nouvelles/"), {**sent, "photo": picture()}) for _again in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    note = ProgressNote.objects.get()
    measure.refresh_from_db()
    assert (measure.status, note.signed_as != "", measure.milestones.get().done_on) == (
        "procedure",
        True,
        clock.today(),
    )
    assert Client().get(at(measure, f"photos/{note.token}/")).status_code == 200
    assert Client().get(at(measure, f"photos/{uuid.uuid4()}/")).status_code == 404
    drain_outbox()


def test_what_was_typed_survives_a_refusal(measure, decider):
    answer = signed_in(decider).post(at(measure, "nouvelles/"), {"text": "Court", "status": "works"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Court" in page and "au moins 10" in page
    assert not ProgressNote.objects.exists()


@pytest.mark.parametrize("gesture", ["nouvelles", "etape", "decaler", "indicateur", "publier", "faite", "arreter"])
def test_others_are_refused_in_words_and_strangers_led_to_the_door(measure, gesture):
    elsewhere = AgentFactory(roles=[(Role.DECISION_MAKER, DirectionFactory())])
    sent = {
        "text": WHY, "status": "works", "title": "Un titre assez long", "planned_on": "2999-01-01", "name": "Chutes",
        "changes": "Ce que cela change.", "proof": PROOF, "reason": "effet",
    }  # fmt: skip
    if gesture == "decaler":
        sent["milestone"] = str(measure.milestones.create(title="Pose", planned_on=clock.today()).pk)

    asked = signed_in(elsewhere).get(at(measure, f"{gesture}/"))
    posted = signed_in(elsewhere).post(at(measure, f"{gesture}/"), sent)
    visitor = Client().get(at(measure, f"{gesture}/"))

    assert (asked.status_code, posted.status_code, visitor.status_code) == (403, 403, 302)
    assert visitor["Location"].startswith("/connexion/")
    measure.refresh_from_db()
    assert (measure.status, measure.notes.count(), measure.steps.count()) == ("planned", 0, 1)


def test_every_gesture_leads_to_its_end(measure, decider, direction):
    client = signed_in(decider)
    soon = (clock.today() + timedelta(days=20)).isoformat()
    later = (clock.today() + timedelta(days=40)).isoformat()
    walk = [
        ("publier", {"title": "Remplacer les casiers de trois dépôts", "changes": "Des casiers assez hauts."}),
        ("etape", {"title": "Pose des casiers", "planned_on": soon}),
        ("indicateur", {"name": "Chutes dans les vestiaires", "baseline": "9", "target": "0"}),
        ("faite", {"proof": PROOF, "photo": picture(), "photo_alt": "Les casiers posés"}),
        ("reprendre", {"text": "Il manque quatre clés au vestiaire nord."}),
        ("arreter", {"reason": "effet", "text": WHY}),
    ]

    statuses = []
    for gesture, sent in walk:
        assert client.get(at(measure, f"{gesture}/")).status_code == 200
        statuses.append(client.post(at(measure, f"{gesture}/"), sent).status_code)
        if gesture == "etape":
            milestone = measure.milestones.get()
            moved = {"milestone": milestone.pk, "planned_on": later, "text": "Le fournisseur livre plus tard."}
            statuses.append(client.post(at(measure, "decaler/"), moved).status_code)

    assert statuses == [303] * 7
    measure.refresh_from_db()
    assert (measure.status, measure.stop_reason) == ("stopped", "effet")
    late = client.post(
        at(measure, "nouvelles/"), {"text": "Trop tard pour dire que la commande est enfin passée.", "status": "works"}
    )
    assert late.status_code == 409 and "Trop tard" in late.content.decode()
    drain_outbox()


def test_a_correspondent_confirms_what_waits_for_a_word(direction, decider):
    correspondent = AgentFactory(unit=direction, roles=[(Role.IDEA_CORRESPONDENT, direction)])
    measure = MeasureFactory(unit=direction, changes_daily_work=False)
    done = {"proof": PROOF, "photo": picture(), "photo_alt": "Les casiers posés"}
    assert signed_in(decider).post(at(measure, "faite/"), {"proof": PROOF}).status_code == 422
    assert signed_in(decider).post(at(measure, "faite/"), done).status_code == 303
    assert signed_in(decider).get(at(measure, "confirmer/")).status_code == 403
    assert "Votre parole est attendue" in signed_in(correspondent).get("/engagements/atelier/").content.decode()

    seen = signed_in(correspondent).post(at(measure, "confirmer/"), {"text": "Vus ce matin dans les trois dépôts."})

    assert seen.status_code == 303
    assert Measure.objects.get(pk=measure.pk).status == "verified"
    drain_outbox()


def test_the_workshop_is_for_those_who_run_something(measure):
    assert signed_in(AgentFactory()).get("/engagements/atelier/").status_code == 403
    owner = AgentFactory()
    Measure.objects.filter(pk=measure.pk).update(owner=owner)
    assert signed_in(owner).get("/engagements/atelier/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_workshop_takes_as_many_statements_whatever_its_length(
    direction, decider, count, django_assert_max_num_queries
):
    for _number in range(count):
        MeasureFactory(unit=direction)
    client = signed_in(decider)
    client.get("/engagements/atelier/")

    with django_assert_max_num_queries(7) as statements:
        client.get("/engagements/atelier/")

    assert len(statements) == 7
