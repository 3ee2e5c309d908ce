"""An idea passes to another space: moved with all it has, or copied; what its author was told stays true."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from ideas import selectors, services
from ideas.models import Idea, IdeaSupport, SpacePassage
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.services.spaces import limit_space
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db
WHY = "C'est l'appel qui traite de ce sujet."


@pytest.fixture
def city(city):
    city.helper = AgentFactory(roles=[(Role.FACILITATOR, None)])
    city.call = BoxFactory(
        name="Services sobres", slug="sobres", process=active_process("choose-together"), chosen_count=3
    )
    return city


def idea_of(city, **values):
    values.setdefault("author", city.author)
    return IdeaFactory(space=city.box, direction=city.direction, **values)


def codes(person):
    return set(InboxItem.objects.filter(user=person).values_list("code", flat=True))


def test_a_move_keeps_page_supports_history_and_the_promised_day(city):
    idea = idea_of(city, stage="qualified", sent_days_ago=20)
    IdeaSupport.objects.create(idea=idea, user=city.colleague)
    promised = idea.owed.promised_on

    services.move_idea(idea=idea, to_space=city.call, actor=city.helper, text=WHY)
    drain_outbox()

    idea = Idea.objects.select_related("owed").get(pk=idea.pk)
    assert (idea.space, idea.stage_kind, idea.scale, idea.unit) == (city.call, "open", "", city.call.steering_unit)
    assert (idea.owed.promised_on, idea.owed.unit) == (promised, city.call.steering_unit)
    assert IdeaSupport.objects.filter(idea=idea).count() == 1
    entry = idea.journal.get()
    assert (entry.from_kind, entry.to_kind, entry.text, entry.data) == (
        "qualified", "open", WHY, {"from_space": city.box.slug, "to_space": "sobres"},
    )  # fmt: skip
    assert "ideas.relocated" in codes(city.author)
    assert "ideas.relocated.followed" in codes(city.colleague)
    with translation.override("fr"):
        (told,) = selectors.passages_of(idea, city.colleague)
        page = selectors.idea_page(city.colleague, idea.reference)
    assert (told.before, told.text, page.row.space_name) == (city.box.name, WHY, "Services sobres")
    # It goes on there as any other.
    services.shortlist(idea=idea, actor=city.helper)
    drain_outbox()


def test_a_copy_begins_there_without_supports_and_each_page_leads_to_the_other(city):
    idea = idea_of(city, stage="in_review", sent_days_ago=40)
    IdeaSupport.objects.create(idea=idea, user=city.colleague)

    passage = services.copy_idea(idea=idea, to_space=city.call, actor=city.helper, text=WHY)
    drain_outbox()

    copy = Idea.objects.select_related("owed", "counts").get(pk=passage.idea_id)
    assert (copy.title, copy.author, copy.signed_as) == (idea.title, idea.author, idea.signed_as)
    assert (copy.stage_kind, copy.counts.supports, copy.supports.count()) == ("submitted", 0, 0)
    assert copy.owed.promised_on > idea.owed.promised_on
    idea.refresh_from_db()
    assert (idea.space, idea.stage_kind) == (city.box, "in_review")
    assert [view.url for view in selectors.passages_of(idea, city.colleague)] == [copy.get_absolute_url()]
    assert [view.url for view in selectors.passages_of(copy, city.colleague)] == [idea.get_absolute_url()]
    assert "ideas.copied" in codes(city.author)
    assert codes(city.colleague) == set()
    assert AuditEntry.objects.filter(verb="ideas.copied", object_ref=f"idea:{idea.reference}").exists()
    with pytest.raises(TransitionNotAllowed):
        services.copy_idea(idea=idea, to_space=city.call, actor=city.helper, text=WHY)
    drain_outbox()


def test_lists_and_queues_say_where_an_idea_came_from_to_whoever_sees_that_space(client, city):
    idea, other = idea_of(city, stage="open"), idea_of(city, stage="open", title="Des gourdes au dépôt")
    services.move_idea(idea=idea, to_space=city.call, actor=city.helper, text=WHY)

    def told(rows):
        return {row.reference: row.came_from for row in rows}

    expected = {idea.reference: city.box.name, other.reference: ""}
    assert told(selectors.idea_list(city.colleague).rows) == expected
    assert told(selectors.my_ideas(city.author).rows) == expected
    assert told(selectors.queue(city.helper, "to_orient").rows) == expected
    client.force_login(city.colleague, backend="src.directory.backends.DirectoryBackend")
    assert f"venue de « {city.box.name} »" in client.get("/idees/").content.decode().replace("\u00a0", " ")

    type(city.box).objects.filter(pk=city.box.pk).update(circle="members")
    assert told(selectors.idea_list(city.colleague).rows) == {idea.reference: ""}
    drain_outbox()


def test_what_the_author_was_told_refuses_in_words(city):
    default_process()
    sealed, named = idea_of(city, protected=True), idea_of(city)
    limited = BoxFactory(name="Aux rues")
    limit_space(limited, units=[city.other])
    wider = BoxFactory(name="Tout le monde", circle="everyone")
    members = BoxFactory(name="Membres", circle="members", member_unit=city.direction)
    signed = BoxFactory(name="Signée", identity_modes=["named"])
    closed = BoxFactory(name="Fermée", open_verbs=())
    cohort = BoxFactory(name="Cohorte", process=active_process("cohort"), cohort_seats=3, identity_modes=["named"])

    def refusal(idea, space):
        from ideas.services.passing import why_not

        with translation.override("fr"):
            return why_not(idea, space)

    assert refusal(sealed, signed).startswith("On n’y signe pas")
    for idea, space in ((named, wider), (named, members)):
        assert refusal(idea, space).startswith("D’autres personnes la liraient")
    for idea in (sealed, named):
        assert refusal(idea, limited).startswith("Seules certaines personnes")
    assert refusal(named, closed).startswith("On n’y recueille pas")
    assert refusal(named, cohort).startswith("Une cohorte")
    assert refusal(named, city.box).startswith("Elle y est déjà")
    assert refusal(named, city.call) == refusal(sealed, city.call) == ""
    # Nobody may give a sealed author a second text: their name isn't opened for it.
    with pytest.raises(ValidationError):
        services.copy_idea(idea=sealed, to_space=city.call, actor=city.helper, text=WHY)
    services.move_idea(idea=sealed, to_space=city.call, actor=city.helper, text=WHY)
    drain_outbox()


def test_people_and_moments_that_may_not(city):
    studied = idea_of(city, stage="in_review")
    for somebody in (city.author, city.colleague, city.decider, city.moderator):
        for verb in (services.move_idea, services.copy_idea):
            with pytest.raises(PermissionDenied):
                verb(idea=studied, to_space=city.call, actor=somebody, text=WHY)
    with pytest.raises(TransitionNotAllowed):
        services.move_idea(idea=studied, to_space=city.call, actor=city.helper, text=WHY)
    with pytest.raises(ValidationError) as refusal:
        services.move_idea(idea=idea_of(city), to_space=city.call, actor=city.helper, text=" ")
    assert "text" in refusal.value.message_dict
    own = idea_of(city, author=city.helper)
    with pytest.raises(PermissionDenied):
        services.move_idea(idea=own, to_space=city.call, actor=city.helper, text=WHY)


def test_the_database_itself_keeps_provenance(city):
    idea, other = idea_of(city), idea_of(city)
    today = clock.today()
    passage = services.copy_idea(idea=other, to_space=city.call, actor=city.helper, text=WHY)

    def row(**values):
        values = {"idea": idea, "kind": "moved", "from_space": city.box, "to_space": city.call, "text": WHY} | values
        return SpacePassage.objects.create(made_by=city.helper, made_on=today, **values)

    attempts = (
        lambda: Idea.objects.filter(pk=idea.pk).update(space=city.call),
        lambda: row(text=""),
        lambda: row(to_space=city.box),
        lambda: row(kind="copied"),
        lambda: row(source=other),
        lambda: row(kind="copied", source=idea),
        lambda: row(kind="copied", source=other),
        lambda: SpacePassage.objects.filter(pk=passage.pk).update(text="Autre raison."),
        lambda: SpacePassage.objects.filter(pk=passage.pk).update(source=idea),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    drain_outbox()


def test_the_page_offers_spaces_says_why_not_and_keeps_what_was_typed(client, city):
    idea = idea_of(city)
    BoxFactory(name="Fermée", open_verbs=())
    address = reverse("ideas:pass_on", args=[idea.reference])
    client.force_login(city.colleague)
    assert client.get(address).status_code == 403
    client.force_login(city.helper)
    page = client.get(address).content.decode()
    assert "Services sobres" in page
    assert "Fermée" in page
    assert address in client.get(idea.get_absolute_url()).content.decode()

    missing = client.post(address, {"what": "deplacer", "space": "", "text": WHY})
    done = client.post(address, {"what": "deplacer", "space": "sobres", "text": WHY})

    assert (missing.status_code, done.status_code) == (422, 303)
    assert "C&#x27;est l&#x27;appel" in missing.content.decode()
    idea.refresh_from_db()
    assert idea.space == city.call
    drain_outbox()
