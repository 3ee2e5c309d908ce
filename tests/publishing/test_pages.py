"""Editors' pages: what they show, where they may be, and the live blocks."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from src.directory.viewer import as_viewer
from src.foundations.diagnosis import Level
from src.publishing import cards, diagnosis, footer
from src.publishing.enums import Conformity
from src.publishing.models import AccessibilityPage, DossierPage, StandardPage
from src.publishing.reserved import FOOTER_SLUGS, RESERVED, SECTION_SLUGS
from src.publishing.services import site
from tests.factories.directory import AgentFactory
from tests.factories.publishing import (
    DossierPageFactory,
    IndexPageFactory,
    OutcomePageFactory,
    PageFactory,
    home_page,
)

pytestmark = pytest.mark.django_db


def test_the_footer_leads_to_pages_that_exist(client):
    home_page()

    statuses = {link["url"]: client.get(link["url"]).status_code for link in footer.links()}

    assert set(statuses.values()) == {200}
    assert {url.strip("/") for url in statuses} == FOOTER_SLUGS | {"suivre", "reponses", "engagements", "qualite"}
    assert "Accessibilité\N{NO-BREAK SPACE}: non conforme" in client.get("/aide/").content.decode()


def test_installing_again_rewrites_nothing():
    home = home_page()
    StandardPage.objects.filter(slug="aide").update(title="Notre aide")
    before = StandardPage.objects.count()

    site.install()

    assert (StandardPage.objects.get(slug="aide").title, StandardPage.objects.count()) == ("Notre aide", before)
    assert home.pk == site.install().pk


# A section stands at its address already: Wagtail says so first.
@pytest.mark.parametrize("slug", sorted(RESERVED - SECTION_SLUGS))
def test_an_address_of_the_product_is_refused_in_words(slug):
    with pytest.raises(ValidationError) as refused:
        PageFactory(slug=slug)

    assert refused.value.message_dict["slug"] == [
        f"L’adresse «\u00a0/{slug}/\u00a0» est déjà une partie de Terrain. Choisissez-en une autre."
    ]


def test_the_same_word_is_free_further_down():
    section = IndexPageFactory()

    assert PageFactory(parent=section, slug="idees").url_path.endswith("/idees/")


def test_every_prefix_of_the_product_is_reserved():
    from django.urls import get_resolver

    prefixes = set()
    for entry in get_resolver().url_patterns:
        first = str(entry.pattern).lstrip("^").split("/")[0]
        if first and first.replace("-", "").isalnum():
            prefixes.add(first)

    assert prefixes - RESERVED == set()


def test_an_outcome_says_the_four_things_in_order(client):
    page = OutcomePageFactory(measure_on=datetime.date(2027, 1, 26))

    html = client.get(page.url).content.decode()

    words = ["Vous aviez dit", "trop bas", "Nous avons décidé", "Sophie Lantier", "Ce qui change", "190 places"]
    words += ["Mesure et date", "21 personnes", "26 janvier 2027"]
    positions = [html.index(word) for word in words]
    assert positions == sorted(positions)


def test_an_unsigned_outcome_is_refused():
    with pytest.raises(ValidationError) as refused:
        OutcomePageFactory(signed_by="  ")

    assert "signed_by" in refused.value.message_dict


def test_a_subject_lists_its_outcomes(client):
    dossier = DossierPageFactory()
    OutcomePageFactory(parent=dossier, title="Premier bilan")
    OutcomePageFactory(parent=dossier, title="Brouillon de bilan", live=False)

    html = client.get(dossier.url).content.decode()

    assert "Premier bilan" in html
    assert "Brouillon de bilan" not in html


def test_a_page_for_signed_in_people_leads_visitors_to_the_door(client, client_of):
    from wagtail.models import PageViewRestriction

    page = PageFactory()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(page.url).url.startswith("/connexion/")
    assert client_of(AgentFactory()).get(page.url).status_code == 200


BODY = [
    ("text", "<h2>Titre</h2><p>Un texte avec <a href='https://exemple.fr'>un lien</a>.</p>"),
    ("quote", {"text": "Des mots", "author": "Nadia B."}),
    ("notice", {"tone": "warn", "title": "Attention", "text": "Ne pas manquer."}),
    (
        "calendar",
        {
            "dates": [
                {"day": datetime.date(2027, 3, 1), "text": "La fin"},
                {"day": datetime.date(2027, 2, 1), "text": "Le début"},
            ]
        },
    ),
    ("button", {"label": "Proposer", "page": None, "address": "/idees/deposer/"}),
    ("button", {"label": "Nulle part", "page": None, "address": ""}),
    ("idea", {"reference": "7K3F9Q"}),
    ("figures", {"title": "En chiffres", "figures": "tests.figures"}),
]


def test_the_palette_is_drawn_without_style_or_script(client):
    page = PageFactory(body=BODY)

    html = client.get(page.url).content.decode()
    main = html[html.index("<main") : html.index("</main>")]

    assert "<h2>Titre</h2>" in main
    assert main.index("Le début") < main.index("La fin")
    assert 'href="/idees/deposer/"' in main
    assert "Nulle part" not in main
    assert " style=" not in html
    assert "<script" not in main
    assert "onclick" not in html


def test_a_live_idea_is_shown_as_its_reader_may_see_it(client, client_of):
    agent = AgentFactory()
    seen = []

    def loader(reference, viewer):
        seen.append((reference, viewer.user_id))
        if not viewer.is_authenticated:
            return None
        return cards.Card(title="Un carnet partagé", url=f"/idees/{reference}/", kind="idea", badge_label="Essai")

    cards.register("idea", loader)
    page = PageFactory(body=[("idea", {"reference": "7K3F9Q"})])

    visitor, signed_in = client.get(page.url), client_of(agent).get(page.url)

    assert "carnet" not in visitor.content.decode()
    assert "Un carnet partagé" in signed_in.content.decode()
    assert seen == [("7K3F9Q", None), ("7K3F9Q", agent.pk)]


def test_figures_are_computed_when_read(client):
    answers = iter(["12", "13"])
    cards.register_figures(
        "tests.figures", "Essai", lambda viewer: [cards.Figure(value=next(answers), label="réponses")]
    )
    page = PageFactory(body=[("figures", {"title": "", "figures": "tests.figures"})])

    assert "<b>12</b>" in client.get(page.url).content.decode()
    assert "<b>13</b>" in client.get(page.url).content.decode()


def test_blocks_stay_out_of_migrations():
    for model in (DossierPage, StandardPage):
        _name, path, args, kwargs = model._meta.get_field("body").deconstruct()
        assert (path, args) == ("src.publishing.fields.PaletteField", [])
        assert "block_lookup" not in kwargs


def test_the_state_of_accessibility_follows_the_audit(client):
    home_page()
    page = AccessibilityPage.objects.get(slug="accessibilite")

    page.conformity = Conformity.FULL
    with pytest.raises(ValidationError):
        page.full_clean()
    page.conformity, page.rate, page.audited_on = Conformity.PARTIAL, 71, datetime.date.today()
    page.full_clean()
    page.save()
    footer.refresh(force=True)

    assert footer.links()[0]["label"] == "Accessibilité\u00a0: partiellement conforme"
    assert "partiellement conforme" in client.get("/accessibilite/").content.decode()

    page.audited_on -= datetime.timedelta(days=3 * 366)
    page.save()
    footer.refresh(force=True)

    assert footer.links()[0]["label"] == "Accessibilité\u00a0: non conforme"
    assert "plus de trois ans" in client.get("/accessibilite/").content.decode()


def test_the_footer_follows_what_another_process_published(client, monkeypatch):
    home_page()
    AccessibilityPage.objects.update(
        conformity=Conformity.PARTIAL, rate=60, audited_on=datetime.date.today(), audited_by="Un cabinet"
    )
    monkeypatch.setattr(footer, "_state", {"conformity": Conformity.NONE, "read_at": float("-inf")})

    client.get("/")

    assert footer.links()[0]["label"] == "Accessibilité\u00a0: partiellement conforme"


def test_the_doctor_says_how_the_statement_stands():
    home_page()
    old = datetime.date.today() - datetime.timedelta(days=3 * 366)
    states = []
    for fields in (
        {"conformity": Conformity.NONE, "rate": None, "audited_on": None},
        {"conformity": Conformity.PARTIAL, "rate": 60, "audited_on": datetime.date.today()},
        {"conformity": Conformity.PARTIAL, "rate": 60, "audited_on": old},
    ):
        AccessibilityPage.objects.update(**fields)
        states += [line.level for line in diagnosis.pages()]
    AccessibilityPage.objects.update(live=False)

    assert states == [Level.LIMIT, Level.OK, Level.PROBLEM]
    assert [line.level for line in diagnosis.pages()] == [Level.PROBLEM]


def test_the_preview_of_a_page_is_drawn_for_a_visitor():
    page = PageFactory(body=[("idea", {"reference": "7K3F9Q"})])
    request = RequestFactory().get("/")
    request.user = None
    request.viewer = as_viewer(None)

    assert page.serve(request).render().status_code == 200
