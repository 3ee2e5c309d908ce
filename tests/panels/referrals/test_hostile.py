"""The worst strings in each form of referrals: no failure, nothing alive on a page, and what was typed is kept."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panels.referrals import services
from panels.referrals.enums import ReferralKind
from panels.referrals.models import FormTest, Referral
from src.foundations.testing import drain_outbox
from tests.factories import referrals as make
from tests.panels.screens import as_
from tests.security.corpus import STRINGS, WORST, faults_at, forms
from tests.security.test_hostile_files import DOCUMENTS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shows_syntax("the strings of the campaign are such syntax"),
]
ALL, INSIDE = "/panels/accueil/saisines/", "/panels/accueil/membres/saisines/"


def sent(client, path: str, text: str) -> None:
    """Send one string in every field of the page's form, then in those where one writes, the others as they should."""
    page = client.get(path)
    assert page.status_code == 200, path
    (form,) = [one for one in forms(page.content) if "deconnexion" not in one.get("action", "")][-1:]
    chosen = form["fields"] | form["boxes"]
    for data in (dict.fromkeys(chosen, text), chosen | dict.fromkeys(form["texts"] | form["lines"], text)):
        body = urlencode(data, errors="surrogatepass")
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (303, 409, 422), (path, text[:40], answer.status_code)
        assert faults_at(path, answer.content) == [], (path, text[:40])


@pytest.fixture
def world():
    return make.asked_world()


def test_the_worst_strings_in_every_form(world):
    question, form_test = world.accepted(), world.accepted(ReferralKind.FORM_TEST)
    workshop, waiting = world.accepted(ReferralKind.WORKSHOP), world.ask()
    world.shown(question)
    world.planned(workshop)
    direction, organiser, member = as_(world.decider), as_(world.made.organiser), as_(world.account())
    doors = [
        (direction, "/panels/accueil/saisir/essai/"),
        (direction, f"{ALL}{waiting.reference}/retirer/"),
        (organiser, f"{INSIDE}{waiting.reference}/accepter/"),
        (member, f"{INSIDE}{question.reference}/parole/"),
        (member, f"{INSIDE}{question.reference}/desaccord/"),
        (member, f"{INSIDE}{form_test.reference}/essai/"),
        (organiser, f"{INSIDE}{form_test.reference}/papier/"),
        (organiser, f"{INSIDE}{form_test.reference}/reponse/"),
        (organiser, f"{INSIDE}{workshop.reference}/atelier/"),
        (organiser, f"{INSIDE}{workshop.reference}/papier/"),
    ]
    for client, path in doors:
        for text in WORST:
            if path.endswith("retirer/") and not Referral.objects.get(pk=waiting.pk).is_asked:
                continue
            sent(client, path, text)


def test_hostile_words_are_shown_as_words_everywhere(world):
    """Kept by the services as whoever typed them, then read on each page."""
    text = " ".join(one for one in STRINGS if "\0" not in one and one.isprintable())[:6000]
    referral = world.accepted(title=text[:140], question=text)
    form_test = world.accepted(ReferralKind.FORM_TEST, title=text[:140], question=text, tasks=[text[:200]])
    services.keep_word(actor=world.account(), referral=referral, text=text[:3900])
    services.show_answer(actor=world.made.facilitator, referral=referral, answer=text)
    services.disagree(actor=world.account(1), referral=referral, text=text[:1900])
    drain_outbox()
    published = world.published(referral)
    for client in (as_(None), as_(world.account()), as_(world.made.organiser), as_(world.decider)):
        for path in (ALL, f"{ALL}{published.reference}/", f"{ALL}{form_test.reference}/", "/panels/accueil/"):
            assert faults_at(path, client.get(path).content) == [], path
    for client in (as_(world.account()), as_(world.made.organiser)):
        for path in (INSIDE, f"{INSIDE}{published.reference}/", f"{INSIDE}{form_test.reference}/"):
            assert faults_at(path, client.get(path).content) == [], path


@pytest.mark.files
def test_no_hostile_file_comes_in_as_a_form(world, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    direction, path = as_(world.decider), "/panels/accueil/saisir/essai/"
    said = {"unit": world.unit.pk, "title": "Un formulaire", "question": "Ça va ?", "tasks": "Le remplir"}
    for name, made in DOCUMENTS.items():
        data = made()
        for named in (name, f"{name}.pdf"):
            answer = direction.post(path, {**said, "document": SimpleUploadedFile(named, data)})
            assert answer.status_code in (303, 422, 429), named
            if answer.status_code == 422:
                assert "Un formulaire" in answer.content.decode(), "what was typed is kept"
    for one in FormTest.objects.all():
        kept = one.document.read()
        assert kept.startswith(b"%PDF-") and b"/JavaScript" not in kept and b"/EmbeddedFile" not in kept
