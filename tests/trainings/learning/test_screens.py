"""The screens of a training, by requests alone: what works without a script, what each page weighs and costs."""

import json
import re

import pytest

from src.foundations import clock
from src.foundations.models import AuditEntry
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.kiosk.conftest import depot  # noqa: F401
from tests.trainings.learning.test_learning import attempt, begun, modules, play, read_lesson
from trainings.learning import selectors
from trainings.learning.forms.quiz import QuizForm
from trainings.learning.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return AgentFactory(unit=UnitFactory())


@pytest.fixture
def here(client, agent):
    client.force_login(agent, backend="src.directory.backends.DirectoryBackend")
    return client


def at(version, rest="") -> str:
    return f"/formations/{version.track.slug}/{rest}"


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def sent_right(form: QuizForm) -> dict:
    """What a person who knows sends, field by field, in the order shown."""
    told = {}
    for one in form.questions:
        told |= one.initial(made.RIGHT[one.kind])
    return told


def test_a_training_from_its_list_to_its_end_without_a_script(here, agent):
    version = made.published(
        [made.lesson(), made.scenario(), made.quiz(made.bank(made.every_kind()), draw={"toutes": 6})],
        title="Accueillir sans discriminer",
    )
    assert "Pas commencée" in text(here.get("/formations/"))
    page = text(here.get(at(version)))
    assert "Décision de la Ville du 1er septembre." in page and "Commencer" in page

    assert here.post(at(version, "commencer/")).url == at(version, "1/")
    assert "Ce module est terminé quand vous avez répondu à la question." in text(here.get(at(version, "1/")))
    refused = here.post(at(version, "1/termine/"))
    assert refused.status_code == 422 and "Une question n’a pas encore de réponse" in text(refused)
    assert here.post(at(version, "1/question/1/"), {"reponse": ""}).status_code == 422
    assert here.post(at(version, "1/question/1/"), {"reponse": "1"}).url == at(version, "1/#question-1")
    said = text(here.get(at(version, "1/")))
    assert "Pas tout à fait" in said and "Raison de « Suivant ! »." in said and "Source : La Ville" in said
    assert here.post(at(version, "1/termine/")).url == at(version, "2/")
    assert "environ 10 minutes restantes" in text(here.get(at(version)))

    assert here.post(at(version, "2/choix/"), {"scene": "a"}).status_code == 422
    here.post(at(version, "2/choix/"), {"scene": "a", "choix": "0"})
    assert "Vers b." in text(here.get(at(version, "2/")))
    here.post(at(version, "2/choix/"), {"scene": "b", "choix": "1"})
    assert "Fin de l’histoire" in text(here.get(at(version, "2/")))

    assert here.post(at(version, "3/commencer/")).url == at(version, "3/questions/")
    form = here.get(at(version, "3/questions/")).context["form"]
    half = dict(list(sent_right(form).items())[:4])
    saved = here.post(at(version, "3/brouillon/"), half)
    assert saved.status_code == 200 and json.loads(saved.content)["sentence"].startswith("Réponses enregistrées à ")
    again = here.get(at(version, "3/questions/")).context["form"]
    assert {name: again[name].value() for name in half} == half
    refused = here.post(at(version, "3/questions/"), half)
    left = {one.number for one in form.questions if not set(one.names) <= set(half)}
    assert refused.status_code == 422 and len(refused.context["form"].errors) == len(left) > 1
    assert {int(number) for number in re.findall(r"Répondez à la question (\d+)\.", text(refused))} == left
    assert here.post(at(version, "3/questions/"), sent_right(form)).url == at(version, "3/")
    result = text(here.get(at(version, "3/")))
    assert "6 bonnes réponses sur 6." in result and "Réussi" in result and "Parce que." in result

    assert Enrolment.objects.get().is_completed
    assert "Vous avez terminé cette formation le" in text(here.get(at(version)))
    assert "Terminée le" in text(here.get("/formations/"))


def test_two_pages_of_one_attempt_keep_what_each_changed(here, agent):
    version = made.published([made.quiz(made.bank(made.every_kind()), draw={"toutes": 6})])
    here.post(at(version, "commencer/"))
    here.post(at(version, "1/commencer/"))
    page, draft = at(version, "1/questions/"), at(version, "1/brouillon/")

    def opened():
        form = here.get(page).context["form"]
        return form, {"seen": form.marks()}

    form, first = opened()
    _form, second = opened()
    right = sent_right(form)
    multiple = next(one.names[0] for one in form.questions if one.kind == "multiple")
    others = {name: value for name, value in right.items() if name != multiple}

    def saved(tab, **changes):
        tab |= changes
        tab |= json.loads(here.post(draft, tab).content)["fields"]

    saved(first, **{multiple: right[multiple]})
    # The other page never saw that answer: saving its own ones doesn't take it away.
    saved(second, **others)
    kept, _third = opened()
    assert {name: kept[name].value() for name in right} == right
    # The first one takes its own answer back; the second one, which hasn't it, doesn't put it back either.
    del first[multiple]
    saved(first)
    saved(second)
    assert not opened()[0][multiple].value()
    # Sent without a script, a page says what it changed since it was refused.
    refused = here.post(page, {**second, multiple: ["99"]})
    assert refused.status_code == 422
    half = here.post(page, {**second, multiple: right[multiple], next(iter(others)): ""})
    assert half.status_code == 422
    taken_back = {**second, "seen": half.context["form"].marks()}
    assert here.post(page, taken_back).status_code == 422 and not opened()[0][multiple].value()
    # What one page answered counts when the other one sends.
    saved(first, **right)
    assert here.post(page, second).url == at(version, "1/")
    assert "6 bonnes réponses sur 6." in text(here.get(at(version, "1/")))


def test_a_page_of_questions_does_not_tell_the_right_ones(here, agent):
    version = made.published([made.quiz(made.bank(made.every_kind()), draw={"toutes": 6})])
    here.post(at(version, "commencer/"))
    here.post(at(version, "1/commencer/"))

    form = here.get(at(version, "1/questions/")).context["form"]

    ordering = next(question for question in form.questions if question.kind == "ordering")
    assert [int(value) for value in ordering.initial(made.RIGHT["ordering"]).values()] == ordering.order
    page = text(here.get(at(version, "1/questions/")))
    assert "Raison de" not in page and "Parce que." not in page


def test_an_answer_that_is_no_choice_is_refused_in_words(here, agent):
    version = made.published([made.quiz(made.bank(made.every_kind()), draw={"toutes": 6})])
    here.post(at(version, "commencer/"))
    here.post(at(version, "1/commencer/"))
    names = here.get(at(version, "1/questions/")).context["form"].fields

    for value in ("99", "-1", "x" * 5000, "\0", "٣"):
        response = here.post(at(version, "1/questions/"), dict.fromkeys(names, value))
        assert response.status_code == 422
        assert here.post(at(version, "1/brouillon/"), dict.fromkeys(names, value)).status_code == 200
    for path, sent in (
        ("1/question/0/", {"reponse": "0"}), ("1/choix/", {"scene": "a", "choix": "0"}), ("1/termine/", {}),
        ("1/recommencer/", {}),
    ):  # fmt: skip
        assert here.post(at(version, path), sent).status_code in (303, 409)


def test_after_the_last_attempt_somebody_goes_along(here, agent):
    version = made.published([made.quiz(made.bank(), max_attempts=1), made.lesson(required=False)])
    attempt(agent, begun(agent, version), right=False)
    page = text(here.get(at(version, "1/")))
    assert "À partir d’ici, à deux" in page and "Essayer à nouveau" not in page
    assert here.post(at(version, "1/commencer/")).status_code == 409
    assert here.get("/formations/accompagnement/").status_code == 403
    trainer = AgentFactory(unit=UnitFactory(), roles=[("trainer", None)])
    here.force_login(trainer, backend="src.directory.backends.DirectoryBackend")

    rows = here.get("/formations/accompagnement/")

    assert agent.get_full_name() in text(rows)
    assert "bonne" not in text(rows)
    assert AuditEntry.objects.filter(verb="trainings.list_opened").count() == 1
    row = rows.context["rows"][0]
    assert here.post(f"/formations/accompagnement/{row.pk}/").status_code == 303
    assert here.post(f"/formations/accompagnement/{row.pk}/").status_code == 404
    assert Enrolment.objects.get().is_completed


def test_a_pause_says_until_when(here, agent):
    version = made.published([made.quiz(made.bank())])
    attempt(agent, begun(agent, version), right=False)

    page = text(here.get(at(version, "1/")))

    assert "Une pause avant l’essai suivant" in page and "Il reste 1 essai." in page
    assert here.post(at(version, "1/commencer/")).status_code == 409


def test_reasons_may_wait_for_the_mark(here, agent):
    version = made.published([made.quiz(made.bank(), feedback="after_pass")])
    enrolment = begun(agent, version)
    attempt(agent, enrolment, right=False)

    assert "Parce que." not in text(here.get(at(version, "1/")))


def test_a_reflection_has_no_name_and_stands_in_no_form(here, agent):
    version = made.published([made.lesson(), made.reflection()])
    begun(agent, version)

    page = text(here.get(at(version, "2/")))

    box = page[page.index("<textarea") : page.index("</textarea>")]
    assert "name=" not in box and "data-reflection=" in box
    assert page.rindex("<form", 0, page.index("<textarea")) < page.rindex("</form>", 0, page.index("<textarea"))


def test_two_people_of_one_browser_each_read_their_own_reflection(client, agent):
    version = made.published([made.lesson(), made.reflection()])
    slots = set()
    for person in (agent, AgentFactory(unit=UnitFactory()), agent):
        if person != agent or not slots:
            begun(person, version)
        client.force_login(person, backend="src.directory.backends.DirectoryBackend")
        slots.add(re.search(r'data-reflection="([^"]+)"', text(client.get(at(version, "2/")))).group(1))

    assert len(slots) == 2


def test_cards_are_read_and_printed(here, agent):
    made.published([made.lesson()], title="Accueillir sans discriminer")

    page = text(here.get("/formations/fiches/"))

    assert (
        "Que faire si quelqu’un est insulté" in page and "« Ici, on se respecte. »" in page and "La référente" in page
    )
    assert here.get("/formations/fiches/imprimer/").status_code == 200


def test_who_has_not_begun_is_led_to_the_page_of_the_training(here, agent):
    version = made.whole()

    assert here.get(at(version, "2/")).url == at(version)
    begun(agent, version)
    assert here.get(at(version, "9/")).status_code == 404
    assert here.get(at(version, "99999999999999999999/")).status_code == 404
    assert here.get("/formations/inconnue/").status_code == 404


def test_a_training_taken_down_is_left_to_those_who_follow_it(here, agent):
    version = made.published([made.lesson()])
    begun(agent, version)
    version.track.live = False
    version.track.save(update_fields=["live"])

    assert here.get(at(version, "1/")).status_code == 200
    here.force_login(AgentFactory(unit=UnitFactory()), backend="src.directory.backends.DirectoryBackend")
    assert here.get(at(version)).status_code == 404


def test_a_newer_version_is_proposed_and_taken(here, agent):
    version = made.published([made.lesson(), made.scenario()])
    read_lesson(agent, begun(agent, version))
    made.republished(version, [made.lesson(), made.scenario(title="Le papier retrouvé")], note="L’histoire change.")
    assert "L’histoire change." in text(here.get(at(version)))

    assert here.post(at(version, "nouvelle-version/")).url == at(version)

    page = text(here.get(at(version)))
    assert "1 module terminé sur 2" in page and "Le papier retrouvé" in page and "L’histoire change." not in page


def test_a_shared_tablet_offers_trainings_once_one_is_published(depot):  # noqa: F811
    kiosk = depot.browser(visiting=False)
    assert "Suivre une formation" not in text(kiosk.get("/borne/"))
    version = made.published([made.lesson(), made.reflection()])
    agent = AgentFactory(unit=UnitFactory())
    begun(agent, version)

    assert "Suivre une formation" in text(kiosk.get("/borne/"))
    kiosk.get("/borne/commencer/", {"vers": "formations"})
    kiosk.force_login(agent, backend="src.directory.backends.DirectoryBackend")
    assert 'data-mode="kiosk"' in text(kiosk.get(at(version, "2/")))


def test_visitors_are_led_to_the_door_and_outsiders_are_refused(client):
    version = made.whole()

    assert client.get("/formations/").url.startswith("/connexion/")
    client.force_login(AgentFactory(kind="external"), backend="src.directory.backends.DirectoryBackend")
    assert client.get("/formations/").status_code == 403
    assert client.get(at(version)).status_code == 403


def test_the_list_costs_the_same_for_one_and_three(here, agent, django_assert_num_queries):
    def cost():
        with django_assert_num_queries(8):
            here.get("/formations/")

    read_lesson(agent, begun(agent, made.whole()))
    cost()
    read_lesson(agent, begun(agent, made.whole()))
    play(agent, begun(agent, made.whole()))
    cost()


def test_a_module_costs_the_same_whatever_the_others(here, agent, django_assert_num_queries):
    small, large = made.published([made.lesson()]), made.whole()
    for version in (small, large):
        enrolment = begun(agent, version)
        read_lesson(agent, enrolment)
        with django_assert_num_queries(9):
            here.get(at(version, "1/"))


def test_pages_are_light(here, agent):
    version = made.whole()
    enrolment = begun(agent, version)
    attempt(agent, enrolment)
    play(agent, enrolment)

    for path in ("1/", "2/", "3/", "4/", ""):
        assert len(here.get(at(version, path)).content) < 40_000, path


def test_standing_is_one_s_own(agent):
    version = made.whole()
    enrolment = begun(agent, version)
    read_lesson(agent, enrolment)
    other = AgentFactory(unit=UnitFactory())

    mine, theirs = selectors.listed(agent), selectors.listed(other)

    assert [(one.done, one.minutes_left) for one in mine + theirs] == [(1, 10), (0, 20)]
    assert modules(enrolment)["quiz"].is_quiz and clock.today()
