"""The page of results: what it finds, for whom, in which order, with which counts and in how many statements."""

import datetime

import pytest
from django.test import Client
from wagtail.models import Page

from consultations.models import ConsultationDossier
from consultations.ratings.models import RatingPoint
from consultations.texts.models import ReformText
from ideas.models import Idea
from panels.models import Panel
from panels.opinions.models import Article, Opinion
from src.accountability.models import Measure, Plan
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.meetings.models import Meeting
from src.participation.enums import Circle
from src.participation.models import Space
from src.publishing.querysets import PublishedPageQuerySet
from src.questionnaires.models import Questionnaire
from src.search import registry, services
from src.search.asking import MAX_PAGES, Asked
from src.search.finding import direct, find
from tests.factories import panel_opinions
from tests.factories.consultations import dossier
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.measures import MeasureFactory
from tests.factories.meetings import group, meeting
from tests.factories.panels import prepared as panel_drafted
from tests.factories.panels import recruiting
from tests.factories.participation import SpaceFactory
from tests.factories.plans import PlanFactory
from tests.factories.publishing import DossierPageFactory, OutcomePageFactory
from tests.factories.questionnaires import asked_space, questionnaire
from tests.factories.ratings import PointFactory
from tests.factories.texts import reform_text, text_space
from tests.factories.trainings import lesson as training_lesson
from tests.factories.trainings import published as published_track
from tests.ideas_screens.city import City
from tests.security.city import dump
from trainings.models import Track


@pytest.fixture
def everything(db):
    """``everything()`` indexes what exists now; what its making left due is done first."""

    def index():
        drain_outbox()
        for kind in registry.kinds():
            services.rebuild(kind)

    return index


@pytest.fixture
def reader(db):
    return AgentFactory()


def ask(viewer, q, **more):
    return find(viewer, Asked(q=q, **more))


def titles(found):
    return [line.result.title for line in found.lines]


def counts(found):
    return {facet.trait: {choice.label: choice.count for choice in facet.choices} for facet in found.facets}


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def depot(db, everything):
    """Ideas, pages and a box that speak of lockers, in two circles, two directions and two years."""
    propreté = DirectionFactory(code="PRO", acronym="PRO", name="Propreté et ressources")
    écoles = DirectionFactory(code="ECO", name="Écoles")
    box = BoxFactory(slug="plus-simple", name="Plus simple", summary="La boîte permanente.")
    public = BoxFactory(slug="archive", name="Archive des casiers", circle=Circle.EVERYONE, is_archive=True)
    old = clock.now().year - 1
    IdeaFactory(space=box, title="Des casiers assez hauts", direction=propreté, stage="open")
    IdeaFactory(space=box, title="Un banc au dépôt", body="Il manque aussi un casier par personne.", direction=écoles)
    IdeaFactory(space=box, title="Casiers vandalisés", protected=True, direction=propreté, kind="pain_point")
    IdeaFactory(space=public, title="Le casier du stade", sent_days_ago=400, stage="open")
    DossierPageFactory(title="Les vestiaires", summary="Casiers, bancs et douches.")
    OutcomePageFactory(title="Bilan des vestiaires")
    Idea.objects.filter(title="Le casier du stade").update(
        created_at=datetime.datetime(old, 3, 1, tzinfo=datetime.UTC)
    )
    everything()
    return box


def test_every_kind_is_found_by_relevance_titles_first(depot, reader):
    found = ask(reader, "casier")

    assert set(titles(found)) == {
        "Des casiers assez hauts",
        "Un banc au dépôt",
        "Casiers vandalisés",
        "Le casier du stade",
        "Les vestiaires",
        "Bilan des vestiaires",
        "Archive des casiers",
    }
    assert set(titles(found)[:4]) == {
        "Des casiers assez hauts",
        "Casiers vandalisés",
        "Le casier du stade",
        "Archive des casiers",
    }
    assert found.total == found.everything == 7


def test_a_stranger_finds_only_what_is_open_to_everyone(depot):
    found = ask(None, "casier")

    assert set(titles(found)) == {
        "Le casier du stade",
        "Archive des casiers",
        "Les vestiaires",
        "Bilan des vestiaires",
    }
    assert counts(found)["genre"] == {"Idées": 1, "Sujets": 1, "Bilans": 1, "Boîtes et archives": 1}
    # One box answers: there is nothing to choose from, and the hidden one isn't named.
    assert "space" not in counts(found)


def test_facets_count_what_is_visible_under_the_other_filters(depot, reader):
    found = ask(reader, "casiers", genre="idea")

    assert found.total == 3
    assert found.everything == 7
    assert counts(found)["genre"] == {
        "Idées": 3,
        "Irritants": 1,
        "Sujets": 1,
        "Bilans": 1,
        "Boîtes et archives": 1,
    }
    assert counts(found)["direction"] == {"Propreté et ressources": 1, "Écoles": 1}
    assert counts(found)["space"] == {"Plus simple": 2, "Archive des casiers": 1}
    for trait, labels in counts(found).items():
        facet = next(facet for facet in found.facets if facet.trait == trait)
        for choice in facet.choices:
            narrowed = Asked(q="casiers", genre="idea", **({trait: choice.value} if trait != "genre" else {}))
            if trait == "genre":
                narrowed = Asked(q="casiers", genre=choice.value)
            assert find(reader, narrowed).total == labels[choice.label] == len(find(reader, narrowed).lines)


def test_no_facet_says_who_wrote_nor_where_somebody_works(depot, reader):
    assert set(counts(ask(reader, "casier"))) <= {"genre", "step", "direction", "space", "year"}


def test_a_slip_is_forgiven_and_said_in_words_of_what_is_visible(depot, reader):
    found = ask(reader, "casiezr")

    assert found.corrected == "casiers"
    assert found.total == 7
    exact = ask(reader, "casiezr", exact=True)
    assert (exact.total, exact.corrected) == (0, "")


def test_a_hidden_word_corrects_nothing(everything, reader):
    hidden = SpaceFactory(circle=Circle.MEMBERS)
    IdeaFactory(space=BoxFactory(circle=Circle.MEMBERS), title="Le carnnet des camions")
    IdeaFactory(title="Un carnet partagé")
    everything()

    found = ask(reader, "carnnet")

    assert (titles(found), found.corrected) == (["Un carnet partagé"], "carnet")
    assert hidden.pk


def test_words_alone_are_offered_when_together_they_find_nothing(depot, reader):
    found = ask(reader, "casier girafe banc zèbre")

    assert (found.total, found.alone) == (0, (("banc", 5), ("casier", 7)))


def test_the_letters_of_a_direction_find_its_ideas(depot, reader):
    assert set(titles(ask(reader, "PRO casiers"))) == {"Des casiers assez hauts", "Casiers vandalisés"}


def test_a_reference_leads_to_its_idea_and_to_nothing_hidden(depot, reader):
    idea = Idea.objects.get(title="Un banc au dépôt")
    typed = f"{idea.reference[:3].lower()} {idea.reference[3:]}"

    assert direct(reader, Asked(q=typed)) == f"/idees/{idea.reference}/"
    assert direct(None, Asked(q=typed)) == ""
    response = client_of(reader).get("/recherche/", {"q": typed})
    assert (response.status_code, response.headers["Location"]) == (302, f"/idees/{idea.reference}/")
    assert client_of().get("/recherche/", {"q": typed}).status_code == 200


def test_recent_first_goes_by_week_for_what_is_not_signed(everything, reader):
    monday = clock.week_of(clock.now())
    signed = IdeaFactory(title="Casier signé")
    sealed = [IdeaFactory(title=f"Casier protégé {n}", protected=True) for n in range(6)]
    IdeaFactory(title="Casier d'avant", sent_days_ago=30)
    everything()

    found = ask(reader, "casier", sort="recents")

    days = {line.result.title: line.day for line in found.lines}
    assert titles(found)[-1] == "Casier d'avant"
    assert {days[idea.title] for idea in sealed} == {monday}
    assert days[signed.title] == clock.today()
    order = [title for title in titles(found) if "protégé" in title]
    assert order != [idea.title for idea in sealed] or order != [idea.title for idea in reversed(sealed)]
    assert [t for t in titles(ask(reader, "casier", sort="recents")) if "protégé" in t] == order


def test_an_announced_answer_is_found_and_shown(everything, reader):
    idea = City().decided()
    everything()
    words = idea.decision.text.split()
    word = next(word for word in words if len(word) > 7 and word.isalpha() and word not in idea.body)

    found = ask(reader, word)

    assert titles(found) == [idea.title]
    assert found.lines[0].before == "Réponse officielle\u00a0:"
    assert "<mark>" in found.lines[0].passage


def test_what_is_removed_is_found_by_nobody(everything, reader):
    IdeaFactory(title="Une girafe", stage="removed")
    everything()

    assert ask(reader, "girafe").total == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_whatever_its_length(everything, reader, django_assert_num_queries, count):
    for number in range(count):
        IdeaFactory(title=f"Un casier de plus {number}")
        DossierPageFactory(title=f"Des casiers {number}")
        SpaceFactory(name=f"Casiers {number}")
    everything()
    client = client_of(reader)
    client.get("/recherche/?q=casiers")

    # Session, account; the panels one works for, which their gate asks; counts and page together, then each of the
    # three kinds; unread messages.
    with django_assert_num_queries(8):
        response = client.get("/recherche/?q=casiers")

    assert response.context["found"].total == 3 * count


@pytest.mark.parametrize("count", [1, 3])
def test_finding_takes_four_statements_and_two_more_for_a_slip(everything, reader, django_assert_num_queries, count):
    for number in range(count):
        IdeaFactory(title=f"Un casier de plus {number}")
        DossierPageFactory(title=f"Des casiers {number}")
        SpaceFactory(name=f"Casiers {number}")
    everything()
    viewer = as_viewer(reader)
    ask(viewer, "casier")

    with django_assert_num_queries(4):
        ask(viewer, "casier")
    with django_assert_num_queries(6):
        ask(viewer, "casiezr")


def test_pages_are_bounded_and_hold_every_result_once(everything, reader):
    for number in range(45):
        SpaceFactory(name=f"Casiers {number}")
    everything()

    pages = [titles(ask(reader, "casiers", page=page)) for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({title for page in pages for title in page}) == 45
    assert Asked.read({"q": "casiers", "page": "9999"}).page == MAX_PAGES


@pytest.mark.parametrize(
    "query",
    [
        "casier' OR 1=1 --",
        '"casier" AND NOT (banc',
        "casier\x00\x1f",
        "<script>alert(1)</script>",
        "casier " * 2_000,
        "é" * 10_000,
        "de la",
        "😀",
        "%00%ff",
    ],
)
def test_whatever_is_typed_is_answered(depot, reader, query):
    response = client_of(reader).get("/recherche/", {"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.context["asked"].q) <= 200


def test_nothing_remains_of_what_was_searched(depot, reader):
    client = client_of(reader)
    client.get("/recherche/?q=autre")
    before = dump()

    client.get("/recherche/?q=girafe&genre=idea")

    assert dump() == before


def test_a_kind_finds_only_what_its_own_list_shows(depot, everything):
    """Every registered kind, for a visitor and for an agent."""
    closed = BoxFactory(circle=Circle.MEMBERS, name="Casiers fermés")
    IdeaFactory(space=closed, title="Casiers fermés")
    dossier(space=closed, title="Casiers fermés", slug="casiers-fermes")
    dossier(space=BoxFactory(circle=Circle.EVERYONE, name="Pour tous"), title="Casiers pour tous", slug="casiers")
    member = AgentFactory(unit=None)
    reform_text(space=text_space(circle=Circle.EVERYONE), title="Charte des casiers")
    reform_text(space=text_space(circle=Circle.MEMBERS), title="Charte des casiers fermés")
    PointFactory(name="Guichet des casiers")
    minutes = meeting(group(unit=SiteFactory(name="Casiers")), days=-3, state="published")
    told = panel_opinions.at_work(slug="casiers")
    told.rule()
    told.draft(title="Des casiers partagés")
    told.vote_in_room({1: (len(told.people), 0, 0)})
    told.adopt("Les casiers.")
    told.hand_over()
    MeasureFactory(title="Remplacer les casiers")
    MeasureFactory(title="Casiers fermés", published_on=None)
    PlanFactory(title="Un plan pour les casiers")
    PlanFactory(title="Casiers fermés", published_on=None)
    questionnaire(title="Vos casiers", space=asked_space(circle=Circle.EVERYONE))
    questionnaire(title="Casiers fermés", space=asked_space(circle=Circle.MEMBERS))
    questionnaire(title="Casiers fermés", space=asked_space(circle=Circle.EVERYONE), published=False)
    for made, title in (
        (recruiting(slug="vestiaires"), "Quels casiers pour demain"),
        (panel_drafted(slug="plus-tard"), "Casiers fermés"),
    ):
        Panel.objects.filter(pk=made.panel.pk).update(title=title)
    published_track([training_lesson()], title="Ranger les casiers")
    taken_down = published_track([training_lesson()], title="Casiers fermés").track
    taken_down.unpublish()
    everything()

    lists = {
        "consultation": ConsultationDossier.objects.visible_to,
        "idea": Idea.objects.visible_to,
        "measure": Measure.objects.visible_to,
        "meeting": lambda viewer: [one.space.name for one in Meeting.objects.visible_to(viewer)],
        "page": PublishedPageQuerySet(Page).visible_to,
        "panel": Panel.objects.visible_to,
        "plan": Plan.objects.visible_to,
        "questionnaire": Questionnaire.objects.visible_to,
        "recommendation": lambda viewer: Article.objects.filter(opinion__in=Opinion.objects.visible_to(viewer)),
        "rating_point": lambda viewer: RatingPoint.objects.all(),
        "space": Space.objects.visible_to,
        "text": ReformText.objects.visible_to,
        "track": Track.objects.visible_to,
    }
    assert set(registry.shown_kinds()) == set(lists)
    for viewer in (None, member, AgentFactory(unit=minutes.series.unit)):
        found = ask(viewer, "casiers")
        assert found.total == len(found.lines)
        for kind, of_list in lists.items():
            shown = {line.result.title for line in found.lines if line.kind == kind}
            assert shown <= {str(one) for one in of_list(viewer)}
            # Minutes are read by the unit that met, trainings by agents.
            hidden = {"meeting": viewer in (None, member), "track": viewer is None}
            assert bool(shown) != hidden.get(kind, False), (kind, viewer)
            assert "Casiers fermés" not in shown


def test_the_page_helps_when_nothing_is_found(depot, reader):
    page = client_of(reader).get("/recherche/?q=girafe").content.decode()
    visitor = client_of().get("/recherche/?q=girafe").content.decode()

    assert "Aucun résultat pour «\u00a0girafe\u00a0»" in page
    assert 'href="/idees/deposer/"' in page and "Déposer une idée" in page
    assert "Se connecter et chercher à nouveau" in visitor
    assert "/connexion/?next=/recherche/%3Fq%3Dgirafe" in visitor


def test_the_api_answers_the_same(depot, reader):
    answer = client_of(reader).get("/api/v1/search/", {"q": "casiers", "genre": "idea"}).json()
    found = ask(reader, "casiers", genre="idea")

    assert [item["title"] for item in answer["items"]] == titles(found)
    assert answer["total"] == 3
    assert answer["facets"]["boite"] == {"plus-simple": 2, "archive": 1}
    assert any("<mark>casier</mark>" in item["passage"] for item in answer["items"])
    assert client_of().get("/api/v1/search/", {"q": "casiers"}).json()["total"] == 4
