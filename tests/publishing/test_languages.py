"""Pages in English beside those in French: the address says the language, never the reader's preference."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations.testing import forget_effects
from src.publishing import selectors
from src.publishing.footer import ENGLISH
from src.publishing.models import AccessibilityPage, HomePage, StandardPage
from src.publishing.reserved import ENGLISH_FOOTER_SLUGS
from src.publishing.services import editorial, site
from tests.factories.directory import AgentFactory, grant
from tests.factories.publishing import PageFactory, home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    home_page()
    site.install()
    return Locale.objects.get(language_code="en")


def test_every_site_has_its_first_pages_in_both(client, english):
    site.install()
    assert set(ENGLISH.values()) == ENGLISH_FOOTER_SLUGS
    assert HomePage.objects.count() == 2

    for french, slug in ENGLISH.items():
        one, other = client.get(f"/{french}/").content.decode(), client.get(f"/en/{slug}/").content.decode()
        assert f'<link rel="alternate" hreflang="en" href="/en/{slug}/">' in one and "Read this page in English" in one
        assert f'hreflang="fr" href="/{french}/">' in other and "Lire cette page en français" in other
        assert '<html lang="fr"' in one and '<html lang="en"' in other and '<main id="contenu"' in other
        assert f'href="/en/{slug}/"' in other
    home = client.get("/en/").content.decode()
    assert "An idea, an answer" in home and "Une idée, une réponse" in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_preference_never_moves_a_page(client, english, language):
    client.cookies["django_language"] = language

    french, translated = client.get("/aide/"), client.get("/en/help/")

    assert (french.status_code, translated.status_code) == (200, 200)
    assert 'class="hero" lang="fr"' in french.content.decode()
    assert 'class="hero" lang="en"' in translated.content.decode()
    assert (client.get("/en/aide/").status_code, client.get("/help/").status_code) == (404, 404)
    page, other = StandardPage.objects.get(slug="aide"), StandardPage.objects.get(slug="help")
    assert (page.get_url(), other.get_url(), other.full_url.rsplit("/en/", 1)[-1]) == ("/aide/", "/en/help/", "help/")
    assert Page.objects.get(pk=other.pk).get_url() == "/en/help/"


def test_the_state_of_accessibility_is_said_once(client, english):
    AccessibilityPage.objects.filter(slug="accessibilite").update(
        conformity="partial", rate=70, audited_on="2026-10-01", audited_by="Un cabinet"
    )

    assert "partially conforming" in client.get("/en/accessibility/").content.decode()


def test_a_page_is_translated_by_its_editors_and_offered_once_it_is_out(client, client_of, english):
    editorial.install()
    user = AgentFactory()
    grant(user, Role.EDITOR)
    page = PageFactory(title="Venir au dépôt", slug="venir-au-depot")
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])

    answer = client_of(type(user).objects.get(pk=user.pk)).post(address, {"locales": [english.pk]}, follow=True)

    assert answer.status_code == 200
    translated = StandardPage.objects.get(locale=english, translation_key=page.translation_key)
    assert (translated.live, translated.get_url()) == (False, "/en/venir-au-depot/")
    assert selectors.translation_of(page, "en") is None
    assert "hreflang" not in client.get(page.url).content.decode()
    translated.title = "Coming to the depot"
    translated.save_revision().publish()
    assert selectors.translation_of(page, "en").pk == translated.pk
    assert 'hreflang="en"' in client.get(page.url).content.decode()
    PageViewRestriction.objects.create(page=translated, restriction_type=PageViewRestriction.LOGIN)
    assert selectors.translation_of(page, "en", as_viewer(None)) is None
    assert 'hreflang="en"' not in client.get(page.url).content.decode()
    forget_effects()


def test_a_tree_is_reviewed_as_the_first_one_and_its_home_stays(english, client_of):
    editorial.install()
    user = AgentFactory()
    grant(user, Role.ADMINISTRATOR)
    user = type(user).objects.get(pk=user.pk)
    homes = list(HomePage.objects.order_by("path"))

    assert homes[0].get_workflow() == homes[1].get_workflow() is not None
    for slug in ("home", "help"):
        page = Page.objects.get(slug=slug)
        client_of(user).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert Page.objects.filter(pk=page.pk, live=True).exists()


def test_an_english_page_costs_what_a_french_one_does(client, english, django_assert_max_num_queries):
    for address in ("/aide/", "/en/help/"):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)
