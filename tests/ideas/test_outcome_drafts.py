"""An announced answer drafts its outcome page, once; editors complete it, or throw it away while it is untouched."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from ideas import services
from src.accountability import services as accountability
from src.accountability.models import Decision
from src.directory.enums import Role
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.enums import Circle
from src.publishing.models import OutcomeDraft, OutcomePage
from src.publishing.services import drafting
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import IdeaFactory, make_city, yes
from tests.factories.publishing import IndexPageFactory, OutcomePageFactory, home_page

pytestmark = pytest.mark.django_db
BODY = "Chaque équipe refait la même inspection trois fois par jour, sur trois feuilles qui se perdent."


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


def answered(city, **options):
    idea = IdeaFactory(space=city.box, stage="decision_pending", unit=city.direction, body=BODY, **options)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())
    decision = Decision.objects.get(subject_reference=idea.reference)
    accountability.announce(decision.batch, city.decider)
    return idea


def test_an_announced_answer_drafts_its_page_once(editor):
    city = make_city()
    idea = answered(city)
    assert not OutcomePage.objects.exists()

    drain_outbox()
    drafting.draft_by_itself("idea", idea.reference)

    page = OutcomePage.objects.get()
    decision = Decision.objects.get()
    assert (page.live, page.title, page.idea_reference) == (False, idea.title, idea.reference)
    assert decision.text[:40] in page.decided and page.signed_by == decision.signed_as
    assert decision.first_milestone[:12] in page.changes and page.measure_on == decision.first_milestone_on
    # The idea is read by agents: its author's text isn't copied to a page that everybody reads.
    assert BODY[:30] not in page.said and idea.title in unescape(page.said)
    assert page.get_parent().title == "Bilans des idées"
    html = unescape(client_of(editor).get(reverse("publishing_outcomes")).content.decode())
    assert page.title in html and "Tout ce qui" not in html
    assert "1 brouillon attend" in client_of(editor).get("/").content.decode()
    assert client_of(AgentFactory()).get(reverse("publishing_outcomes")).status_code == 302


def test_an_idea_that_is_everybody_s_gives_its_words(editor):
    city = make_city(circle=Circle.EVERYONE)
    answered(city)
    drain_outbox()

    assert BODY[:30] in OutcomePage.objects.get().said


def test_what_not_every_agent_reads_is_not_drafted(editor):
    city = make_city()
    idea = answered(city)
    type(idea).objects.filter(pk=idea.pk).update(visibility="withheld")
    drain_outbox()

    assert not OutcomePage.objects.exists()


def test_an_editor_s_page_is_never_written_over(editor):
    city = make_city()
    idea = IdeaFactory(space=city.box, stage="decision_pending", unit=city.direction)
    mine = OutcomePageFactory(parent=IndexPageFactory(), idea_reference=idea.reference, live=False)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())
    accountability.announce(Decision.objects.get().batch, city.decider)
    drain_outbox()

    assert list(OutcomePage.objects.all()) == [mine]
    answer = client_of(editor).post(reverse("publishing_outcomes"), {"reference": idea.reference.lower()})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[mine.pk])


def test_only_an_untouched_draft_is_thrown_away_and_stays_away(editor):
    city = make_city()
    first, second = answered(city), answered(city)
    drain_outbox()
    page = OutcomePage.objects.get(idea_reference=first.reference)
    page.title = "Relu"
    page.save_revision(user=editor)
    ids = [str(pk) for pk in OutcomeDraft.objects.values_list("pk", flat=True)]

    client = client_of(editor)
    client.post(reverse("publishing_outcomes"), {"action": "ecarter", "brouillon": [*ids, "x", "9" * 40]})
    drafting.draft_by_itself("idea", second.reference)

    assert list(OutcomePage.objects.values_list("idea_reference", flat=True)) == [first.reference]
    # One gesture makes it again.
    client.post(reverse("publishing_outcomes"), {"reference": second.reference})
    client.post(reverse("publishing_outcomes"), {"reference": second.reference})
    assert OutcomePage.objects.filter(idea_reference=second.reference).count() == 1
    wrong = client.post(reverse("publishing_outcomes"), {"reference": "ZZZZZZ"})
    assert "aucune réponse" in wrong.content.decode() and "ZZZZZZ" in wrong.content.decode()
    forget_effects()


def test_two_ideas_of_one_title_have_two_addresses(editor):
    city = make_city()
    answered(city, title="Un banc à l’abri"), answered(city, title="Un banc à l’abri")
    drain_outbox()

    assert len({page.slug for page in OutcomePage.objects.all()}) == 2
