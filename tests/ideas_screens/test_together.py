"""Répondre ensemble on its screens: ticked in the queue, one text, one signature; ready-made answers lose nothing."""

import pytest

from ideas.models import AnswerTemplate, Idea
from ideas.services.templates import save_answer_template
from src.accountability.models import Decision
from src.foundations.testing import drain_outbox

from .city import ANSWER, answer
from .test_workshop import dated, stage_of, step

QUEUE = "/idees/atelier/to_answer_now/"
TOGETHER = f"{QUEUE}ensemble/"


def already(*ideas, **changes):
    return {
        "together": [idea.reference for idea in ideas],
        **dated(answer("already_done", reason="deja")),
        **changes,
    }


@pytest.fixture
def three(city):
    ideas = [city.oriented(f"La lampe numéro {n} du local à vélos", scale="already_done") for n in range(3)]
    drain_outbox()
    return ideas


def test_ideas_ticked_in_the_queue_come_first_and_one_text_answers_them(city, as_, three):
    client = as_(city.assessors[0])
    queue = client.get(QUEUE).content.decode()
    assert queue.count('form="ensemble"') == 3

    page = client.get(TOGETHER, {"together": [three[2].reference, three[1].reference]})
    form = page.context["form"]
    assert page.status_code == 200
    assert form.initial["together"] == [three[2].reference, three[1].reference]
    assert form.initial["outcome"] == "already_done"
    assert {reference for reference, _label in form.fields["together"].choices[:2]} == set(form.initial["together"])

    sent = client.post(TOGETHER, already(three[1], three[2]))

    assert (sent.status_code, sent.headers["Location"]) == (303, QUEUE)
    assert [stage_of(idea) for idea in three] == ["qualified", "countersign", "countersign"]
    drain_outbox()


def test_the_delegate_signs_them_with_one_signature(city, as_, three):
    as_(city.assessors[0]).post(TOGETHER, already(*three))
    client = as_(city.delegate)
    address = f"{step(three[0], 'countersign_already_done')}?file=to_countersign"
    page = client.get(address).content.decode()
    assert page.count('name="together"') == 2

    refused = client.post(address, {"together": [three[1].reference, three[2].reference]})
    signed = client.post(address, {"read": "on", "together": [three[1].reference]})

    assert (refused.status_code, signed.status_code) == (422, 303)
    assert [stage_of(idea) for idea in three] == ["already_done", "already_done", "countersign"]
    drain_outbox()
    assert f"/idees/{three[1].reference}/" in as_(city.reader).get(f"/idees/{three[0].reference}/").content.decode()


def test_what_cannot_be_answered_is_unticked_and_the_text_stays(city, as_, three):
    client = as_(city.assessors[0])
    data = already(*three)
    client.get(TOGETHER)
    as_(city.assessors[1]).post(step(three[0], "fast_answer"), dated(answer("already_done", reason="deja")))

    page = client.post(TOGETHER, data)

    assert page.status_code == 422
    assert ANSWER[:40] in page.content.decode().replace("&#x27;", "'").replace("’", "'")
    assert [stage_of(idea) for idea in three] == ["countersign", "qualified", "qualified"]
    drain_outbox()


def test_one_tick_or_none_is_refused_with_the_way_to_do_it(city, as_, three):
    page = as_(city.assessors[0]).post(TOGETHER, already(three[0]))

    assert page.status_code == 422
    assert "Cochez au moins deux idées" in page.content.decode()
    assert Decision.objects.count() == 0
    drain_outbox()


@pytest.mark.parametrize(("name", "status"), [("to_screen", 404), ("nimporte", 404), ("to_decide", 403)])
def test_other_queues_are_not_answered_together(city, as_, three, name, status):
    assert as_(city.assessors[0]).get(f"/idees/atelier/{name}/ensemble/").status_code == status
    assert as_(city.reader).get(TOGETHER).status_code == 403


def test_those_who_decide_prepare_together(city, as_):
    ideas = [city.to_decide(f"Des casiers assez hauts, rangée {n}") for n in range(2)]
    here = "/idees/atelier/to_decide/"

    sent = as_(city.decider).post(f"{here}ensemble/", already(*ideas, **dated(answer())))

    assert sent.status_code == 303
    assert Decision.objects.prepared().values("batch").distinct().count() == 1
    assert {stage_of(idea) for idea in ideas} == {"decision_pending"}
    drain_outbox()


@pytest.mark.parametrize("count", [2, 6])
def test_the_page_takes_as_many_statements_whatever_the_queue(city, as_, django_assert_max_num_queries, count):
    for number in range(count):
        city.oriented(f"La lampe numéro {number} du local à vélos", scale="already_done")
    client = as_(city.assessors[0])
    client.get(TOGETHER)

    with django_assert_max_num_queries(10) as statements:
        client.get(TOGETHER)

    assert len(statements) == 9
    drain_outbox()


def test_a_ready_made_answer_is_added_to_what_was_typed(city, as_, three):
    template = save_answer_template(
        actor=city.admin, name="Existe déjà", unit=city.direction, outcome="already_done", reason="deja",
        text="Cela existe déjà dans votre site.",
    )  # fmt: skip
    client = as_(city.assessors[0])
    typed = {"text": "Bonjour Nadia, merci.", "outcome": "", "template": str(template.pk), "insert": "1"}

    alone = client.post(step(three[0], "fast_answer"), typed)
    together = client.post(TOGETHER, {**typed, "together": [three[0].reference, three[1].reference]})
    nothing = client.post(step(three[0], "fast_answer"), {**typed, "template": ""})

    both = "Bonjour Nadia, merci.\n\nCela existe déjà dans votre site."
    for page in (alone, together):
        form = page.context["form"]
        assert (page.status_code, form["text"].value(), form["outcome"].value()) == (200, both, "already_done")
    assert together.context["form"]["together"].value() == [three[0].reference, three[1].reference]
    assert nothing.context["form"]["text"].value() == "Bonjour Nadia, merci."
    assert {stage_of(idea) for idea in three} == {"qualified"}


def test_ready_made_answers_are_written_in_the_administration_by_administrators_alone(city, as_):
    address = "/gestion/idees/modeles-de-reponse/"
    fields = {"name": "Existe déjà", "unit": city.direction.pk, "outcome": "", "text": "Cela existe.", "reason": "",
              "reopening_conditions": "", "is_offered": "on"}  # fmt: skip

    assert as_(city.admin).get(address).status_code == 200
    assert as_(city.admin).post(f"{address}new/", fields).status_code == 302
    again = as_(city.admin).post(f"{address}new/", fields)
    assert (again.status_code, AnswerTemplate.objects.count()) == (200, 1)
    assert "existe déjà" in again.content.decode()
    assert as_(city.decider).get(address).status_code in (302, 403)
    assert Idea.objects.count() == 0


def test_those_that_say_the_same_are_ticked_at_once_and_others_left(city, as_):
    bins = [
        city.oriented(title, scale="already_done", body=body)
        for title, body in (
            ("Des bacs à roulettes pour les déchets verts", "Porter les sacs de déchets verts fait mal au dos : des bacs à roulettes aideraient."),
            ("Bacs à roulettes : déchets verts", "Un bac à roulettes pour les déchets verts éviterait de porter les sacs, qui font mal au dos."),
        )
    ]  # fmt: skip
    other = city.oriented("La lampe du local à vélos", scale="already_done", body="Remplacer la lampe grillée du local à vélos avant l'hiver.")  # fmt: skip
    drain_outbox()
    client = as_(city.assessors[0])

    assert f"?close={bins[0].reference}" in client.get(QUEUE).content.decode()
    form = client.get(TOGETHER, {"close": bins[0].reference}).context["form"]
    alone = client.get(TOGETHER, {"close": other.reference})

    assert form.initial["together"] == [one.reference for one in bins]
    assert alone.context["form"].initial["together"] == [other.reference]
    assert "Aucune autre idée de cette liste" in alone.content.decode()
