"""Cards taken to the intranet, and the library of resources: what everybody reads, cacheable, counted without anybody."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from src.publishing import card_exports, card_screen, cards
from src.publishing.models import ResourcePage, ResourcesPage, ResourceTaken
from tests.factories.directory import AgentFactory
from tests.factories.publishing import OutcomePageFactory, PageFactory, home_page

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & « l’été » " + "anticonstitutionnellement" * 12


@pytest.fixture
def outcome():
    cards.register("outcome", card_exports.outcome_card)
    return OutcomePageFactory(title="Des casiers à la bonne hauteur", summary="190 places remplacées.")


def test_a_fragment_holds_no_script_and_says_304_to_who_has_it(client, outcome):
    address = f"/cartes/bilan/{outcome.pk}/fragment.html"

    first = client.get(address)
    html = first.content.decode()

    assert "190 places remplacées" in html and 'href="http' in html and outcome.url in html
    assert not any(word in html for word in ("<script", "style=", "<link", "csrf"))
    assert first.headers["Access-Control-Allow-Origin"] == "*" and "public" in first.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    type(outcome).objects.filter(pk=outcome.pk).update(summary="200 places.")
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert not first.cookies


def test_a_screen_is_a_picture_with_its_words(client, outcome):
    answer = client.get(f"/cartes/bilan/{outcome.pk}/ecran.png")
    page = client.get(f"/cartes/bilan/{outcome.pk}/").content.decode()

    assert Image.open(io.BytesIO(answer.content)).size == (1920, 1080)
    assert answer.headers["Content-Type"] == "image/png"
    assert 'alt="Bilan d’une idée. Des casiers à la bonne hauteur. 190 places remplacées' in page
    assert (
        client.get(answer.request["PATH_INFO"], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


def test_what_is_not_everybody_s_is_nobody_s_even_signed_in(client_of, outcome):
    PageViewRestriction.objects.create(page=outcome, restriction_type=PageViewRestriction.LOGIN)
    cards.register(
        "idea", lambda reference, viewer: cards.Card(title="x", url="/") if viewer.is_authenticated else None
    )
    agent = client_of(AgentFactory())
    kinds = (f"bilan/{outcome.pk}", "idee/7K3F9Q", "autre/x", "bilan/x", "bilan/" + "9" * 40, "chiffres/inconnu")

    found = {
        agent.get(f"/cartes/{kind}/{end}").status_code for kind in kinds for end in ("", "fragment.html", "ecran.png")
    }

    assert found == {404}
    assert outcome.title not in agent.get("/cartes/").content.decode()
    assert outcome.title not in agent.get("/cartes/flux.xml").content.decode()


def test_the_feed_is_read_by_a_reader(client, outcome):
    OutcomePageFactory(title=HOSTILE[:200])

    answer = client.get("/cartes/flux.xml")

    root = ET.fromstring(answer.content)
    titles = [
        entry.findtext("{http://www.w3.org/2005/Atom}title")
        for entry in root.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    assert outcome.title in titles and HOSTILE[:200] in titles


@pytest.mark.parametrize("title", ["Court", HOSTILE, "", "a " * 400, "\N{FAMILY} 日本語 عربى"])
def test_any_words_hold_on_a_screen(title):
    figures = tuple(cards.Figure(value="1 234 567", label=title or "idées") for _ in range(4))
    for shown in ((), figures):
        taken = card_exports.Taken(
            word="idee", reference="x", label="Idée", title=title, url="/", text=title, state=title, figures=shown
        )
        drawn = card_screen.draw(taken, city="Ville de Marvenne", address="terrain.marvenne.fr")
        assert Image.open(io.BytesIO(drawn)).size == (1920, 1080)


def test_figures_are_a_card_too(client):
    cards.register_figures("t.f", "Réponses", lambda viewer: [cards.Figure(value="12", label="réponses")])

    html = client.get("/cartes/chiffres/t.f/fragment.html").content.decode()

    assert "<b>12</b> réponses" in html
    assert "Réponses" in client.get("/cartes/").content.decode()


@pytest.fixture
def library(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    home_page()
    page = PageFactory._create(ResourcesPage, title="Ressources", slug="ressources")
    document = get_document_model().objects.create(title="Grille", file=ContentFile(b"a;b\n", name="grille.csv"))
    for number, (kind, audience, tags) in enumerate(
        [("guide", "all", ["essai"]), ("form", "agents", ["papier"]), ("template", "teams", ["essai", "papier"])]
    ):
        made = PageFactory._create(
            ResourcePage, parent=page, title=f"Ressource {number}", slug=f"r-{number}", kind=kind, audience=audience,
            document=document if number == 0 else None,
        )  # fmt: skip
        made.tags.add(*tags)
        made.save()
    return page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {0, 1, 2}),
        ("?genre=guide", {0}),
        ("?sujet=papier", {1, 2}),
        ("?public=agents", {0, 1}),
        ("?q=ressource+essai", {0, 2}),
        ("?q=zzz", set()),
        ("?genre=%00&sujet='--&public=x&p=abc", set()),
    ],
)
def test_the_library_is_filtered(client, library, asked, expected):
    html = client.get(f"/ressources/{asked}").content.decode()

    assert {number for number in range(3) if f"Ressource {number}" in html} == expected


def test_the_library_costs_the_same_for_one_and_three(client, library, django_assert_max_num_queries):
    client.get("/ressources/")
    with django_assert_max_num_queries(16):
        client.get("/ressources/")


def test_a_resource_taken_is_a_total(client, client_of, library):
    page = ResourcePage.objects.get(slug="r-0")
    address = f"/telechargements/{page.pk}/"

    led = client.get(address)
    client_of(AgentFactory()).get(address)
    client.head(address)

    assert led.url == page.document.url and client.get(led.url).status_code == 200
    assert list(ResourceTaken.objects.values_list("page_id", "count")) == [(page.pk, 2)]
    assert "Prise 2 fois" in client.get(page.url).content.decode()
    assert client.get("/telechargements/999999/").status_code == 404
    assert client.get(f"/telechargements/{ResourcePage.objects.get(slug='r-1').pk}/").status_code == 404
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
