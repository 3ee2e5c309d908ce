"""Words of an idea on a page: with its author's yes alone, signed as they choose, gone when they take it back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ideas.models import Idea
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from src.publishing import quotes
from src.publishing.models import QuoteRequest
from src.publishing.services import quoting
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import IdeaFactory, make_city
from tests.factories.publishing import PageFactory, home_page

pytestmark = pytest.mark.django_db
BODY = "On attend debout, sous la pluie. Un banc suffirait près du portail du dépôt."
WORDS = "On attend debout, sous la pluie."


def client_of(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def editor():
    home_page()
    user = AgentFactory()
    grant(user, Role.EDITOR)
    return type(user).objects.get(pk=user.pk)


def asked(editor, **options):
    city = make_city()
    idea = IdeaFactory(space=city.box, author=city.author, body=BODY, **options)
    data = {"reference": idea.reference, "words": WORDS, "purpose": "Le bilan de l’essai"}
    client_of(editor).post(reverse("publishing_quotes"), data)
    drain_outbox()
    return city, idea, QuoteRequest.objects.get()


def shown(page) -> bool:
    return WORDS[:18] in Client().get(page.url).content.decode()


def test_a_named_author_says_yes_signs_and_takes_it_back(editor):
    city, idea, row = asked(editor)
    page = PageFactory(body=[("agreed_quote", {"quote": row.reference})])
    assert InboxItem.objects.get(user=city.author).code == "publishing.quote_asked"
    assert not shown(page)
    author, other = client_of(city.author), client_of(city.colleague)
    assert other.get(row.get_absolute_url()).status_code == other.post(row.get_absolute_url()).status_code == 404
    assert Client().get(row.get_absolute_url()).url.startswith("/connexion/")

    nothing = author.post(row.get_absolute_url(), {"action": "oui"})
    assert nothing.status_code == 422 and "Choisissez comment" in nothing.content.decode()
    author.post(row.get_absolute_url(), {"action": "oui", "signature": "name"})
    html = Client().get(page.url).content.decode()
    assert WORDS[:18] in html and idea.signed_as in html
    author.post(row.get_absolute_url(), {"action": "oui", "signature": "agent"})
    html = Client().get(page.url).content.decode()
    assert WORDS[:18] in html and idea.signed_as not in html and "travaille à la Ville" in html

    author.post(row.get_absolute_url(), {"action": "non"})
    assert not shown(page) and QuoteRequest.objects.get().state == "withdrawn"


def test_what_a_quote_comes_from_must_still_be_read(editor):
    city, idea, row = asked(editor)
    quoting.agree(row, signature="agent", actor=city.author)
    page = PageFactory(body=[("agreed_quote", {"quote": row.reference})])
    assert shown(page)

    Idea.objects.filter(pk=idea.pk).update(body_hidden=True)

    assert not shown(page)


def test_a_protected_author_answers_unseen_and_is_told_on_monday(editor):
    city, idea, row = asked(editor, protected=True)
    page = PageFactory(body=[("agreed_quote", {"quote": row.reference})])
    assert InboxItem.objects.get(code="publishing.quote_asked").handle == idea.handle
    author = client_of(city.author)
    assert "travaille à la Ville" in author.get(row.get_absolute_url()).content.decode()

    forged = author.post(row.get_absolute_url(), {"action": "oui", "signature": "name"})
    assert forged.status_code == 422
    author.post(row.get_absolute_url(), {"action": "oui", "signature": "agent"})
    row.refresh_from_db()
    monday = clock.week_of() + timedelta(days=7)
    assert (row.answered_on, row.shown_state(clock.today()), row.shown_state(monday)) == (monday, "asked", "agreed")
    assert not shown(page)
    assert "Accord donné" not in client_of(editor).get(reverse("publishing_quotes")).content.decode()
    QuoteRequest.objects.update(answered_on=clock.today())
    assert shown(page)
    author.post(row.get_absolute_url(), {"action": "non"})
    assert not shown(page)


def test_nothing_is_asked_of_nobody_nor_of_words_one_changes(editor):
    city = make_city()
    idea = IdeaFactory(space=city.box, body=BODY, protected=True)
    address, client = reverse("publishing_quotes"), client_of(editor)
    changed = client.post(address, {"reference": idea.reference, "words": "On attend assis.", "purpose": "Un bilan"})
    assert "sans en changer aucun" in changed.content.decode() and "On attend assis." in changed.content.decode()
    elsewhere = IdeaFactory(space=city.box, body=BODY, is_imported=True)
    nobody = client.post(address, {"reference": elsewhere.reference, "words": WORDS, "purpose": "Un bilan"})
    unknown = client.post(address, {"reference": "ZZZZZZ", "words": WORDS, "purpose": "Un bilan"})

    assert "personne ne peut donner son accord" in nobody.content.decode().lower()
    assert "Aucune contribution" in unknown.content.decode()
    assert not QuoteRequest.objects.exists()
    forget_effects()
    assert client_of(city.colleague).post(address, {}).status_code == 302


def test_asked_twice_is_one_and_given_up_is_shown_nowhere(editor):
    city, idea, row = asked(editor)
    client = client_of(editor)
    again = client.post(
        reverse("publishing_quotes"), {"reference": idea.reference, "words": WORDS, "purpose": "Le bilan"}
    )
    assert "déjà été demandé" in again.content.decode()
    quoting.agree(row, signature="name", actor=city.author)

    client.post(reverse("publishing_quote_drop", args=[row.reference]))

    assert quotes.shown(row.reference) is None
    late = client_of(city.author).post(row.get_absolute_url(), {"action": "oui", "signature": "name"})
    assert late.status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "agreed"},
        {"signature": "name"},
        {"words": "Autre chose"},
        {"is_sealed": True},
        {"purpose": ""},
    ],
)
def test_the_database_keeps_the_yes_and_the_words(editor, changes):
    _city, _idea, row = asked(editor)

    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteRequest.objects.filter(pk=row.pk).update(**changes)


def test_a_sealed_quote_never_names(editor):
    _city, _idea, row = asked(editor, protected=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteRequest.objects.filter(pk=row.pk).update(state="agreed", signature="name", answered_on=clock.today())
