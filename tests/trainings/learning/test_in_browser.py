"""An agent on a phone, by the keyboard alone; a reflection that stays where it is; films by their text."""

import pytest
from django.core.files.base import ContentFile

from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.journeys.conftest import loose
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.learning.test_learning import begun
from trainings.learning import services
from trainings.learning.models import Enrolment, QuizAttempt
from trainings.learning.services.quizzes import revisions_of
from trainings.media_files import check
from trainings.models import LessonFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRANSCRIPT = "Une personne attend au guichet. L’agent dit bonjour, puis écoute jusqu’au bout."


def media(kind, name, content) -> LessonFile:
    file = ContentFile(content, name=name)
    sha256, size = check(file, kind)
    return LessonFile.objects.create(title=name, kind=kind, file=file, sha256=sha256, size=size)


def film() -> dict:
    """A film that no machine of a test can play: its text is enough."""
    video = media("video", "accueil.webm", b"\x1a\x45\xdf\xa3" + b"\0" * 60)
    captions = media("captions", "accueil.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour.\n")
    return {"type": "video", "title": "Au guichet", "file": video.pk, "poster": None, "captions": captions.pk,
            "transcript": TRANSCRIPT}  # fmt: skip


@pytest.fixture
def agent():
    return AgentFactory(unit=UnitFactory())


def whole(**rule):
    lesson = made.lesson()
    lesson["blocks"] = [lesson["blocks"][0], film(), *lesson["blocks"][1:]]
    quiz = made.quiz(made.bank(made.every_kind()), draw={"toutes": 6}, **rule)
    return made.published([lesson, made.reflection(), made.scenario(), quiz], title="Accueillir sans discriminer")


def test_a_training_is_followed_by_the_keyboard_alone_on_a_phone(live_server, open_page, agent, settings, tmp_path):  # noqa: F811
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    version = whole()
    drain_outbox()
    at = f"/formations/{version.track.slug}/"
    person = window(live_server, open_page, agent, PHONE)
    person.go("/formations/").finds_no_fault()
    pictured(person, "formations-liste")
    person.go(at).finds_no_fault()
    pictured(person, "formations-parcours")
    person.press("Commencer").reads("Module 1 sur 4").finds_no_fault()
    pictured(person, "formations-lecon")
    # The film by its text alone.
    person.page.get_by_text("Lire la transcription").focus()
    person.page.keyboard.press("Enter")
    person.reads(TRANSCRIPT)
    person.page.get_by_role("radio", name="Bonjour").focus()
    person.page.keyboard.press("Space")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**#question-2")
    person.reads("Raison de « Bonjour »").finds_no_fault()
    pictured(person, "formations-lecon-reponse")
    person.page.get_by_role("button", name=loose("J'ai terminé")).focus()
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/2/")
    person.reads("Module 2 sur 4").finds_no_fault()

    _reflects(person, live_server)

    person.go(f"{at}3/").finds_no_fault()
    pictured(person, "formations-histoire")
    for choice, after in (("Aller vers b", "Scène b"), ("Aller vers c", "Scène c")):
        person.page.get_by_role("radio", name=choice).focus()
        person.page.keyboard.press("Space")
        person.page.keyboard.press("Tab")
        person.page.keyboard.press("Enter")
        person.page.locator("#scene").get_by_text(after, exact=True).first.wait_for()
        person.finds_no_fault()
    pictured(person, "formations-histoire-fin")
    person.click("Ensuite : Questions finales").finds_no_fault()
    pictured(person, "formations-quiz-porte")
    person.press("Commencer les questions").finds_no_fault()
    pictured(person, "formations-quiz")
    _answers_by_keyboard(person)
    person.page.get_by_text("Réponses enregistrées à").wait_for()
    assert len(QuizAttempt.objects.get().answers) == 6
    person.page.get_by_role("button", name=loose("Envoyer mes réponses")).focus()
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/4/")
    person.reads("Question par question").finds_no_fault()
    pictured(person, "formations-resultat")
    person.go("/formations/fiches/").reads("Que faire si quelqu’un est insulté").finds_no_fault()
    pictured(person, "formations-fiches")


def _reflects(person, live_server):
    """What is typed is kept in the browser, and no request carries it."""
    sent = []
    person.page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    field = person.page.get_by_label("Quelle habitude essayer")
    field.fill("Une pause avant un refus")
    person.page.get_by_text("Gardé dans ce navigateur seulement.").wait_for()
    pictured(person, "formations-reflexion")
    person.page.reload()
    assert person.page.get_by_label("Quelle habitude essayer").input_value() == "Une pause avant un refus"
    person.press("J’ai terminé").reads("Module 3 sur 4")
    assert not [one for one in sent if "pause" in one[0] or "pause" in one[1]]
    person.page.go_back()
    person.page.get_by_role("button", name=loose("Effacer ce que j'ai écrit")).click()
    person.page.reload()
    assert person.page.get_by_label("Quelle habitude essayer").input_value() == ""


def test_nothing_of_a_reflection_is_kept_on_a_kiosk(live_server, open_page, agent):  # noqa: F811
    version = made.published([made.lesson(), made.reflection()])
    begun(agent, version)
    drain_outbox()
    person = window(live_server, open_page, agent, PHONE)
    kiosk = "new MutationObserver(() => { document.documentElement.dataset.mode = 'kiosk' })"
    person.page.add_init_script(f"{kiosk}.observe(document, {{childList: true, subtree: true}})")
    person.go(f"/formations/{version.track.slug}/2/")
    person.page.get_by_label("Quelle habitude essayer").fill("Une pause avant un refus")

    assert person.page.evaluate("document.documentElement.dataset.mode") == "kiosk"
    assert person.page.evaluate("localStorage.length") == 0


def _answers_by_keyboard(person):
    """Each question by the keys: the first radio, the first box, the first word of each list, a word typed."""
    page = person.page
    for group in page.locator("form.flow fieldset:has(input[type=radio])").all():
        group.locator("input").first.focus()
        page.keyboard.press("Space")
    page.locator("form.flow input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    for fieldset in page.locator("form.flow fieldset:has(select)").all():
        for turn, select in enumerate(fieldset.locator("select").all(), start=1):
            select.focus()
            for _step in range(turn):
                page.keyboard.press("ArrowDown")
    page.locator("form.flow input[type=text]").focus()
    page.keyboard.type("égalité")


def test_a_training_and_its_human_route_on_a_desk_in_the_dark(live_server, open_page, agent, settings, tmp_path):  # noqa: F811
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    version = whole(max_attempts=1)
    enrolment = begun(agent, version)
    quiz = version.modules.with_content().last()
    one = services.begin_attempt(actor=agent, enrolment=enrolment, module=quiz)
    wrong = {
        "single": 1,
        "multiple": [2],
        "true_false": 1,
        "matching": [1, 0, 2],
        "ordering": [1, 0, 2, 3],
        "short": "x",
    }
    services.submit_attempt(actor=agent, attempt=one, answers={row.pk: wrong[row.kind] for row in revisions_of(one)})
    drain_outbox()
    at = f"/formations/{version.track.slug}/"
    person = window(live_server, open_page, agent, DESKTOP, "dark")
    person.go("/formations/").finds_no_fault()
    person.go(at).finds_no_fault()
    pictured(person, "formations-parcours-sombre")
    person.go(f"{at}1/").finds_no_fault()
    pictured(person, "formations-lecon-sombre")
    person.go(f"{at}4/").reads("À partir d’ici, à deux").finds_no_fault()
    pictured(person, "formations-ensemble-sombre")
    person.go("/formations/fiches/").finds_no_fault()
    pictured(person, "formations-fiches-sombre")
    trainer = AgentFactory(unit=UnitFactory(), roles=[("trainer", None)])
    drain_outbox()
    desk = window(live_server, open_page, trainer, DESKTOP)
    desk.go("/formations/accompagnement/").finds_no_fault()
    pictured(desk, "formations-accompagnement")
    desk.press(f"Revu ensemble : {agent.get_full_name()}").reads("a terminé ce module")
    assert Enrolment.objects.get().is_open
