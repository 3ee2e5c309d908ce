"""Content checks: what shuts somebody out keeps a page from coming out, the rest is said beside the form."""

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.publishing import checks
from src.publishing.models import StandardPage
from src.publishing.services import editorial
from tests.factories.directory import AgentFactory, grant
from tests.factories.publishing import OutcomePageFactory, PageFactory, home_page
from tests.growth import assert_linear
from tests.publishing.test_editing import photo

pytestmark = pytest.mark.django_db
LONG = "Cette phrase " + "continue encore et encore " * 8 + "sans s’arrêter."


def told(html, **options):
    remarks, _level = checks.of_html(html, **options)
    return [(remark.blocks, remark.words) for remark in remarks]


@pytest.mark.parametrize(
    ("html", "blocks", "words"),
    [
        ('<p>Pour venir, <a href="/x/">cliquez ici</a>.</p>', True, "ne dit pas où il mène"),
        ('<p><a href="/x/">Lire la suite…</a></p>', True, "ne dit pas où il mène"),
        ('<p><a href="/x/"></a></p>', True, "n’a pas de mots"),
        ('<p><a href="https://exemple.fr/a">https://exemple.fr/a</a></p>', False, "est une adresse"),
        ("<p>Voir www.exemple.fr/plan pour venir.</p>", False, "adresse nue"),
        ("<h3>Les dates</h3>", True, "saute un niveau"),
        ("<h2> </h2>", True, "Un titre est vide"),
        ("<p><b>Les dates</b></p>", False, "paragraphe en gras"),
        (f"<p>{LONG}</p>", False, "mots (visez moins de"),
        (f"<ul><li>{LONG}</li></ul>", False, "mots (visez moins de"),
    ],
)
def test_each_remark(html, blocks, words):
    found = told(html)

    assert [(kind, words in said) for kind, said in found] == [(blocks, True)]


@pytest.mark.parametrize(
    "html",
    [
        '<h2>Les dates</h2><h3>Au printemps</h3><p>Voir <a href="/x/">le plan de la cour</a>.</p><h2>Après</h2>',
        "<p>Le banc est posé. Il a six places. Les équipes <b>le</b> disent utile.</p>",
        "",
    ],
)
def test_a_plain_text_has_no_remark(html):
    assert told(html) == []


def test_a_text_under_a_drawn_heading_may_begin_lower():
    assert told("<h3>Détail</h3>", after=2) == []


def test_the_cost_grows_with_the_length():
    assert_linear(lambda text: checks.of_html(f"<p>{text}</p>"), lambda size: "a. www.b " * size, size=400)


def image(description=""):
    return get_image_model().objects.create(
        title="Le quai", file=photo(), width=60, height=40, description=description
    )


def test_a_picture_says_what_it_shows_or_is_decorative(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    mute, said = image(), image("Le quai au matin, vide.")

    def remarks(picture, decorative=False):
        body = [("picture", {"image": picture, "caption": "", "decorative": decorative})]
        return checks.blocking(PageFactory(body=body))

    assert ["texte alternatif" in words for words in remarks(mute)] == [True]
    assert remarks(mute, decorative=True) == remarks(said) == []


@pytest.fixture
def publisher():
    home_page()
    editorial.install()
    user = AgentFactory()
    grant(user, Role.ADMINISTRATOR)
    return type(user).objects.get(pk=user.pk)


def form(page, html, **buttons):
    return nested_form_data(
        {
            "title": page.title, "slug": page.slug, "summary": "", "seo_title": "",
            "body": streamfield([("text", rich_text(html))]), "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "", **buttons,
        }
    )  # fmt: skip


def test_it_is_kept_but_neither_published_nor_sent_for_review(publisher, client_of):
    page, client = PageFactory(live=False), client_of(publisher)
    edit, bad = reverse("wagtailadmin_pages:edit", args=[page.pk]), '<p><a href="/aide/">cliquez ici</a></p>'

    for button in ("action-publish", "action-submit"):
        answer = client.post(edit, form(page, bad, **{button: "1"}))
        assert "ne dit pas où il mène" in answer.content.decode() and "cliquez ici" in answer.content.decode()
    assert not StandardPage.objects.get(pk=page.pk).live and page.current_workflow_state is None

    client.post(edit, form(page, bad))
    beside = client.get(edit).content.decode()
    assert "ne peut pas paraître ainsi" in beside and "cliquez ici" in beside
    client.post(edit, form(page, '<p><a href="/aide/">La page d’aide</a></p>', **{"action-publish": "1"}))
    assert StandardPage.objects.get(pk=page.pk).live
    assert "Rien à dire" in client.get(edit).content.decode()
    drain_outbox()


def test_several_at_once_do_not_come_out_either(publisher, client_of):
    page = PageFactory(live=False, body=[("text", "<h3>Trop bas</h3>")])
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = client_of(publisher).post(f"{address}?id={page.pk}&next=/gestion/", follow=True)

    assert "saute un niveau" in answer.content.decode()
    assert not Page.objects.get(pk=page.pk).live


def test_the_pages_every_site_has_and_those_of_outcomes_may_come_out():
    home_page()
    OutcomePageFactory(body=[("text", "<h3>Détail</h3><p>Un texte.</p>")])

    assert {
        page.title: checks.blocking(page) for page in Page.objects.live().specific() if checks.blocking(page)
    } == {}
