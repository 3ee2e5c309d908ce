"""« Née d'une idée de… »: asked of who signed, shown with their yes alone, taken back at once, never for a sealed author."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from ideas import services
from ideas.models import Idea
from ideas.services import crediting
from src.accountability.models import Measure, MeasureOrigin
from src.accountability.services import publish
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.ideas import IdeaFactory, make_city
from tests.factories.measures import measure_of

pytestmark = pytest.mark.django_db
SIGNED = "Nadia B., conductrice"
WORDS = "Un banc couvert de six places attend les équipes près du portail du dépôt, à l'abri."


@pytest.fixture
def city():
    return make_city()


def born(city, **values):
    idea = IdeaFactory(
        space=city.box, direction=city.direction, stage="decision_pending", author=city.author, **values
    )
    if not values.get("protected"):
        Idea.objects.filter(pk=idea.pk).update(signed_as=SIGNED)
    measure = measure_of(idea, city.decider)
    publish(measure, actor=city.decider, title="Un banc couvert au dépôt", changes=WORDS)
    drain_outbox()
    return Idea.objects.select_related("space").get(pk=idea.pk), Measure.objects.get(pk=measure.pk)


def as_(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def seen(measure) -> list[bool]:
    """Whether the name stands on the public page, in the list of the API, in one measure of it, in the export."""
    client = Client()
    addresses = (
        f"/engagements/{measure.reference}/",
        "/api/v1/measures/",
        f"/api/v1/measures/{measure.reference}/",
        "/engagements/export.csv",
    )
    told = []
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told.append("Nadia B." in body.decode())
    return told


def test_nothing_shows_before_a_yes_and_all_of_it_leaves_at_once(city):
    idea, measure = born(city)
    here = f"/idees/{idea.reference}/nee-de/"
    assert seen(measure) == [False] * 4
    assert "Oui, l’afficher" in as_(city.author).get(here).content.decode()

    assert as_(city.author).post(here, {"action": "oui"}).status_code == 303
    assert as_(city.author).post(here, {"action": "oui"}).status_code == 303
    assert seen(measure) == [True] * 4
    assert "Ne plus l’afficher" in as_(city.author).get(here).content.decode()
    as_(city.author).post(here, {"action": "non"})
    assert seen(measure) == [False] * 4
    drain_outbox()


def test_the_author_of_a_signed_idea_is_asked_once(city):
    idea, _measure = born(city)
    crediting.ask_credit(Idea.objects.select_related("unit", "owed", "space", "direction", "author").get(pk=idea.pk))
    crediting.ask_credit(Idea.objects.select_related("unit", "owed", "space", "direction", "author").get(pk=idea.pk))
    drain_outbox()
    asked = InboxItem.objects.filter(code="ideas.credit.asked")
    assert list(asked.values_list("user_id", flat=True)) == [city.author.pk]


def test_nobody_else_gives_it_and_no_sealed_author_is_asked(city):
    idea, _measure = born(city)
    for other in (AgentFactory(), city.decider):
        with pytest.raises(PermissionDenied):
            services.set_credit(idea=idea, actor=other, wanted=True)
        assert as_(other).get(f"/idees/{idea.reference}/nee-de/").status_code == 403
    waiting = IdeaFactory(author=city.author, space=city.box)
    with pytest.raises(TransitionNotAllowed):
        services.set_credit(idea=waiting, actor=city.author, wanted=True)

    sealed, _other = born(city, protected=True)
    with pytest.raises(PermissionDenied):
        services.set_credit(idea=sealed, actor=city.author, wanted=True)
    crediting.ask_credit(sealed)
    drain_outbox()
    assert not InboxItem.objects.filter(code="ideas.credit.asked", handle=sealed.handle).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureOrigin.objects.filter(subject_reference=sealed.reference).update(credit=SIGNED)


def test_an_erased_account_leaves_the_measures(city):
    from ideas.personal_data import _forget_ideas

    idea, measure = born(city)
    services.set_credit(idea=idea, actor=city.author, wanted=True)
    assert all(seen(measure))
    _forget_ideas(city.author)
    assert not any(seen(measure))
    drain_outbox()
