"""A call with a jury: who sits, who is kept from scoring, and laureates announced together."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from ideas import selectors, services
from ideas.kinds import JURY_CALL
from ideas.models import Assessment, AssessorSeat, ConflictOfInterest, Idea
from ideas.services.jury import found_conflicts, jurors_of
from src.accountability import services as accountability
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.models import SpaceRoleGrant
from src.participation.services.from_kind import create_from_kind
from src.participation.services.spaces import what_is_missing
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, grant
from tests.factories.ideas import BODY, NO, IdeaFactory, make_city, yes
from tests.factories.participation import grant_in_space
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db
SLUG = "menager-son-dos"
NOTE = "Un outil simple, déjà essayé dans deux équipes."


@pytest.fixture
def city():
    default_process()
    city = make_city(process=active_process("jury-call"), chosen_count=1, slug=SLUG, kind="jury-call")
    elsewhere = DirectionFactory(name="Bibliothèques")
    city.jury = [AgentFactory(unit=elsewhere, last_name=name) for name in ("Abel", "Brun", "Cros")]
    for juror in city.jury:
        grant_in_space(juror, Role.INSTRUCTOR, city.box)
    city.helper = AgentFactory(roles=[(Role.FACILITATOR, None)])
    city.chooser = AgentFactory(unit=elsewhere)
    grant(city.chooser, Role.DECISION_MAKER, city.box.steering_unit)
    return city


def kept(city, **values):
    values.setdefault("author", city.author)
    return IdeaFactory(
        space=city.box, stage="shortlisted", direction=city.direction, unit=city.box.steering_unit, **values
    )


def seated(idea):
    return list(idea.assessors.order_by("user__last_name").values_list("user_id", flat=True))


def grounds(idea):
    return {conflict.user_id: conflict.ground for conflict in idea.conflicts.all()}


def test_a_call_goes_from_the_proposal_to_its_laureate(city):
    receipt = services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="named")
    idea, other = receipt.idea, kept(city)
    services.screen(idea=idea, actor=city.moderator)
    services.shortlist(idea=idea, actor=city.helper)
    for each in (idea, other):
        services.convene(idea=each, actor=city.helper)
        for number, juror in enumerate(city.jury):
            services.assess(idea=each, actor=juror, feasibility=4 - number, note=NOTE)
        services.close_study(idea=each, actor=city.helper)
    services.prepare_decision(idea=idea, actor=city.chooser, **yes())
    services.prepare_decision(idea=other, actor=city.chooser, **NO)
    page = selectors.choice_page(city.chooser, SLUG)
    accountability.announce_together(page.decisions, actor=city.chooser)
    drain_outbox()

    idea.refresh_from_db()
    assert [entry.to_kind for entry in idea.journal.order_by("id")] == [
        "open", "shortlisted", "in_review", "decision_pending", "selected",
    ]  # fmt: skip
    with translation.override("fr"):
        assert selectors.idea_page(city.colleague, idea.reference).row.step_label == "Décidée : lauréate"
    assert grounds(idea) == {}


def test_others_scores_stay_hidden_until_ones_own(client, city):
    idea = kept(city)
    services.convene(idea=idea, actor=city.helper)
    services.assess(idea=idea, actor=city.jury[0], feasibility=4, note="Mon avis reste caché.")

    client.force_login(city.jury[1])
    url = reverse("ideas:assess", args=[idea.reference])
    before = client.get(url).content.decode()
    client.post(url, {"note": NOTE, "feasibility": "2"})
    after = client.get(url).content.decode()

    assert ("Mon avis reste caché" in before, "Mon avis reste caché" in after) == (False, True)
    drain_outbox()


def test_conflicts_are_found_for_a_signed_idea(city):
    colleague = AgentFactory(unit=city.author.current_affectation.unit)
    manager = AgentFactory(unit=city.service)
    manager.current_affectation.is_manager = True
    manager.current_affectation.save(update_fields=["is_manager"])
    far = AgentFactory(unit=city.direction)
    for person in (colleague, manager, far, city.author):
        grant_in_space(person, Role.INSTRUCTOR, city.box)
    idea = kept(city)

    services.convene(idea=idea, actor=city.helper)

    assert grounds(idea) == {colleague.pk: "unit", manager.pk: "line", city.author.pk: "own"}
    assert set(seated(idea)) == {*(juror.pk for juror in city.jury), far.pk}
    with translation.override("fr"), pytest.raises(PermissionDenied) as refusal:
        services.assess(idea=idea, actor=colleague, note=NOTE)
    assert str(refusal.value).startswith("La règle des conflits d’intérêts vous écarte")
    drain_outbox()


def test_who_is_left_out_of_a_sealed_idea_says_nothing_of_its_author(city):
    same_direction = AgentFactory(unit=city.direction)
    grant_in_space(same_direction, Role.INSTRUCTOR, city.box)
    found = {}

    # Its author is a juror, or not, or of the same direction: what is written and who sits are the same.
    for name, author in (("juror", city.jury[0]), ("stranger", city.colleague), ("near", same_direction)):
        idea = kept(city, author=author, protected=True)
        services.convene(idea=idea, actor=city.helper)
        found[name] = (grounds(idea), sorted(seated(idea)))

    assert found["juror"] == found["stranger"] == found["near"]
    assert found["juror"][0] == {same_direction.pk: "direction"}
    drain_outbox()
    own = Idea.objects.filter(conflicts__isnull=False).order_by("pk").first()
    with pytest.raises(PermissionDenied):
        services.assess(idea=own, actor=city.jury[0], note=NOTE)


def test_a_juror_declares_a_conflict_and_no_longer_scores_on_screen(client, city):
    idea = kept(city)
    services.convene(idea=idea, actor=city.helper)
    client.force_login(city.jury[0])
    url = reverse("ideas:assess", args=[idea.reference])

    said = [client.post(url, {"action": "conflict"}).status_code for _twice in range(2)]

    assert said == [303, 403]
    assert grounds(idea) == {city.jury[0].pk: "declared"}
    with translation.override("fr"):
        refused = client.get(url)
    assert refused.status_code == 403
    with pytest.raises(PermissionDenied):
        services.assess(idea=idea, actor=city.jury[0], note=NOTE)
    # Somebody who wasn't asked has nothing to declare.
    client.force_login(city.colleague)
    assert client.post(url, {"action": "conflict"}).status_code == 403
    drain_outbox()


def test_a_conflict_comes_before_the_card_never_after(city):
    idea = kept(city)
    services.convene(idea=idea, actor=city.helper)
    services.assess(idea=idea, actor=city.jury[0], feasibility=3, note=NOTE)

    with pytest.raises(TransitionNotAllowed):
        services.declare_conflict(idea=idea, actor=city.jury[0])
    assert grounds(idea) == {}
    drain_outbox()


def test_the_database_itself_refuses_a_card_beside_a_conflict(city):
    idea = kept(city)
    services.convene(idea=idea, actor=city.helper)
    services.declare_conflict(idea=idea, actor=city.jury[0])
    services.assess(idea=idea, actor=city.jury[1], note=NOTE)
    seat = AssessorSeat.objects.get(idea=idea, user=city.jury[0])
    card = Assessment.objects.get(seat__user=city.jury[1])
    now = clock.now()

    attempts = (
        lambda: Assessment.objects.create(seat=seat, note=NOTE, submitted_at=now),
        lambda: Assessment.objects.filter(pk=card.pk).update(seat=seat),
        lambda: ConflictOfInterest.objects.create(idea=idea, user=city.jury[1], ground="declared", said_at=now),
        lambda: ConflictOfInterest.objects.filter(idea=idea).update(ground="unit"),
        lambda: ConflictOfInterest.objects.filter(idea=idea).update(user=city.jury[2]),
        lambda: ConflictOfInterest.objects.create(idea=idea, user=city.jury[0], ground="declared", said_at=now),
        lambda: ConflictOfInterest.objects.create(idea=idea, user=city.jury[2], ground="humeur", said_at=now),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    drain_outbox()


def test_a_jury_without_two_free_people_is_refused_in_words(city):
    idea = kept(city)
    SpaceRoleGrant.objects.filter(user__in=city.jury[:2]).delete()

    with translation.override("fr"), pytest.raises(ConditionNotMet) as refusal:
        services.convene(idea=idea, actor=city.helper)

    assert str(refusal.value).startswith("Moins de deux membres du jury")
    assert (seated(idea), grounds(idea)) == ([], {})


def test_a_second_round_seats_those_who_joined_and_keeps_conflicts(city):
    idea = kept(city)
    services.convene(idea=idea, actor=city.helper)
    services.declare_conflict(idea=idea, actor=city.jury[0])
    for juror in city.jury[1:]:
        services.assess(idea=idea, actor=juror, note=NOTE)
    services.close_study(idea=idea, actor=city.helper)

    services.back_to_study(idea=idea, actor=city.chooser, text="Il manque le coût de l'essai.")

    assert idea.stage_kind == "in_review"
    assert grounds(idea) == {city.jury[0].pk: "declared"}
    drain_outbox()


def test_the_wizard_asks_for_the_jury_and_gives_it_its_role(client, city):
    admin = AgentFactory(username="organise", roles=[(Role.ADMINISTRATOR, None)])
    people = [AgentFactory(username=f"jure{number}") for number in range(3)]
    client.force_login(admin)
    sent = {
        "step": "open", "slug": "dos-2", "name": "Ménager son dos 2", "starts_on": str(clock.today()), "days": "42",
        "steering_unit": str(city.box.steering_unit.pk), "circle": "agents", "identity_modes": ["named", "protected"],
        "chosen_count": "4", "team": "jure0\njure1\npersonne",
    }  # fmt: skip
    url = reverse("espaces:from_kind", args=["jury-call"])

    unknown = client.post(url, sent)
    assert (unknown.status_code, list(unknown.context_data["form"].errors)) == (200, ["team"])
    short = client.post(url, sent | {"team": "jure0\njure1"})
    assert short.status_code == 200
    assert not SpaceRoleGrant.objects.filter(user__in=people).exists()
    done = client.post(url, sent | {"team": "jure0\njure1\njure2\njure0"})

    assert done.status_code == 302
    grants = SpaceRoleGrant.objects.filter(space__slug="dos-2", role=Role.INSTRUCTOR)
    assert sorted(grants.values_list("user__username", flat=True)) == ["jure0", "jure1", "jure2"]
    drain_outbox()


def test_a_call_opens_once_its_jury_is_there(city):
    space = create_from_kind(
        JURY_CALL, name="Sans jury", slug="sans-jury", steering_unit=UnitFactory(), starts_on=clock.today(), days=10
    )

    assert (len(what_is_missing(space)), jurors_of(space), space.chosen_count) == (2, [], 4)
    assert found_conflicts(kept(city), []) == {}
    drain_outbox()
