"""« Née d'une idée de… »: asked of who signed, shown with their yes alone, taken back at once, never for a sealed author."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from ideas import services
from ideas.models import CoAuthor, Idea
from ideas.services import crediting
from ideas.services.coauthoring import write_names
from src.accountability.models import Measure, MeasureOrigin
from src.accountability.services import publish
from src.foundations import clock
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


def test_each_co_author_says_for_themself_and_leaves_with_their_name(city):
    idea, measure = born(city)
    paul, ines = AgentFactory(first_name="Paul", last_name="Kerbrat"), AgentFactory(first_name="Ada", last_name="Roy")
    for person, name in ((paul, "Paul K., agent"), (ines, "Ada R., agente")):
        CoAuthor.objects.create(
            idea=idea, user=person, state="accepted", signed_as=name, asked_on=clock.today(), answered_on=clock.today()
        )
    write_names(idea.pk)
    idea = Idea.objects.select_related("space").get(pk=idea.pk)
    here = f"/idees/{idea.reference}/nee-de/"

    def credited():
        return MeasureOrigin.objects.get(measure=measure).credited

    assert "Paul K., agent" in as_(paul).get(here).content.decode()
    assert as_(paul).post(here, {"action": "oui"}).status_code == 303
    assert (credited(), seen(measure)) == ("Paul K., agent", [False] * 4)
    services.set_credit(idea=idea, actor=city.author, wanted=True)
    services.set_credit(idea=idea, actor=ines, wanted=True)
    assert credited() == f"{SIGNED} ; Paul K., agent ; Ada R., agente"
    page = Client().get(f"/engagements/{measure.reference}/").content.decode()
    assert page.count("Née d’une idée de Nadia B., conductrice") == page.count("Paul K., agent") == 1
    # Taking one's own back changes nothing of the others'; leaving the authors takes it back too.
    services.set_credit(idea=idea, actor=city.author, wanted=False)
    assert credited() == "Paul K., agent ; Ada R., agente"
    services.leave_authors(idea=Idea.objects.get(pk=idea.pk), actor=paul)
    assert credited() == "Ada R., agente"
    with pytest.raises(PermissionDenied):
        services.set_credit(idea=Idea.objects.get(pk=idea.pk), actor=paul, wanted=True)
    drain_outbox()


def test_the_database_names_neither_who_left_nor_who_signed_a_sealed_idea(city):
    idea, _measure = born(city)
    person = CoAuthor.objects.create(idea=idea, user=AgentFactory(), state="left", asked_on=clock.today())
    sealed, _other = born(city, protected=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        CoAuthor.objects.filter(pk=person.pk).update(wants_credit=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureOrigin.objects.filter(subject_reference=sealed.reference).update(co_credit="Paul K.")
    drain_outbox()


def test_every_author_is_asked(city):
    idea, _measure = born(city)
    person = AgentFactory()
    CoAuthor.objects.create(
        idea=idea,
        user=person,
        state="accepted",
        signed_as="Paul K.",
        asked_on=clock.today(),
        answered_on=clock.today(),
    )
    InboxItem.objects.filter(code="ideas.credit.asked").delete()
    crediting.ask_credit(Idea.objects.select_related("unit", "owed", "space", "direction", "author").get(pk=idea.pk))

    asked = InboxItem.objects.filter(code="ideas.credit.asked").values_list("user", flat=True)
    assert person.pk in asked
    drain_outbox()
