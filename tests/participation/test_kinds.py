"""Spaces from a kind: three screens, in preparation until opened, and limited to the people concerned."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from ideas import selectors, services
from ideas.kinds import PERMANENT_BOX
from ideas.rules import may_propose
from src.directory.enums import Role
from src.directory.models import JobFamily
from src.directory.services import close_unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation import kinds, limits
from src.participation.enums import Circle
from src.participation.models import Space, SpaceLimit, SpaceRoleGrant
from src.participation.rules import can_see_space, takes_part
from src.participation.services.contributions import freeze_space
from src.participation.services.from_kind import create_from_kind, free_address
from src.participation.services.spaces import change_space, limit_space, make_public, what_is_missing
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.factories.ideas import BODY, BoxFactory
from tests.factories.participation import SpaceFactory
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    admin = AgentFactory(username="admin", roles=[(Role.ADMINISTRATOR, None)])
    client.force_login(admin)
    return admin


@pytest.fixture
def answers():
    default_process()
    return {
        "name": "Plus simple encore",
        "summary": "Une idée, une réponse.",
        "starts_on": str(clock.today()),
        "steering_unit": str(UnitFactory(name="Cellule des idées").pk),
        "circle": "agents",
        "identity_modes": ["named", "protected"],
    }


def address(code="permanent-box"):
    return reverse("espaces:from_kind", args=[code])


def test_every_kind_is_a_card_with_its_words(client, admin):
    with translation.override("fr"):
        page = client.get(reverse("espaces:kinds"), headers={"accept-language": "fr"}).content.decode()

    for kind in kinds.all_kinds():
        assert address(kind.code) in page


def test_reading_again_writes_nothing_and_keeps_every_answer(client, admin, answers):
    direction = DirectionFactory(name="Jardins")

    page = client.post(address(), answers | {"step": "review", "limit_directions": [str(direction.pk)]})

    assert page.status_code == 200
    assert page.template_name == ["participation/admin/from_kind_review.html"]
    words = dict((str(label), value) for label, value in page.context_data["answers"])
    assert list(words.values()) == [
        "Plus simple encore", "Une idée, une réponse.", str(clock.today()), "Cellule des idées", "Agents publics",
        "Avec mon nom, Nom protégé", "Jardins",
    ] or len(words) == 7  # fmt: skip
    assert f'value="{direction.pk}"' in page.content.decode()
    assert Space.objects.count() == 0


def test_created_in_preparation_then_opened_by_its_button(client, admin, answers):
    helper = AgentFactory(username="malika")
    agent = AgentFactory()
    count = AuditEntry.objects.count()

    made = client.post(address(), answers | {"step": "create", "slug": "plus-simple-encore", "facilitator": "malika"})

    space = Space.objects.get()
    assert (made.status_code, made.url) == (302, reverse("espaces:edit", args=[space.pk]))
    assert (space.kind, space.is_draft, space.slug, space.circle, space.activities, space.process.slug) == (
        "permanent-box", True, "plus-simple-encore", "agents", ["ideas"], "permanent-box",
    )  # fmt: skip
    assert [(phase.verbs, phase.ends_at) for phase in space.phases.all()] == [
        (["propose", "support", "comment"], None)
    ]
    assert SpaceRoleGrant.objects.get().user == helper
    assert not Space.objects.visible_to(agent).exists()
    assert not Space.objects.visible_to(helper).exists()
    assert selectors.spaces_to_propose(agent) == []

    opened = client.post(reverse("espaces:open", args=[space.pk]))

    space.refresh_from_db()
    assert (opened.status_code, space.is_draft) == (302, False)
    assert selectors.spaces_to_propose(as_viewer(agent)) == [space]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[count:] == [
        "participation.space_opened", "participation.phase_planned", "participation.role_granted",
        "participation.space_made_public",
    ]  # fmt: skip
    drain_outbox()


def test_pressing_twice_makes_one_space(client, admin, answers):
    for _press in range(3):
        made = client.post(address(), answers | {"step": "open", "slug": "plus-simple-encore"})

    assert (made.status_code, Space.objects.count()) == (302, 1)
    assert AuditEntry.objects.filter(verb="participation.space_made_public").count() == 1
    drain_outbox()


def test_an_address_already_taken_by_another_is_refused_and_free_ones_are_found(client, admin, answers):
    SpaceFactory(slug="plus-simple-encore", name="Une autre")
    SpaceFactory(slug="plus-simple-encore-2")

    refused = client.post(address(), answers | {"step": "create", "slug": "plus-simple-encore"})

    assert refused.status_code == 200
    assert "name" in refused.context_data["form"].errors
    assert free_address("Plus simple, encore !") == "plus-simple-encore-3"
    assert free_address("!!!") == "espace"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"steering_unit": ""}, "steering_unit"),
        ({"starts_on": "demain"}, "starts_on"),
        ({"identity_modes": []}, "identity_modes"),
        ({"identity_modes": ["anonymous"]}, "identity_modes"),
        ({"facilitator": "personne-de-ce-nom"}, "facilitator"),
        ({"limit_directions": ["999999"]}, "limit_directions"),
    ],
)
@pytest.mark.parametrize("step", ["review", "create", "open"])
def test_a_wrong_answer_is_refused_and_the_rest_is_kept(client, admin, answers, step, changes, field):
    page = client.post(address(), answers | changes | {"step": step})

    assert page.status_code == 200
    assert list(page.context_data["form"].errors) == [field]
    assert "Une idée, une réponse." in page.content.decode()
    assert Space.objects.count() == 0


def test_coming_back_to_correct_keeps_what_was_typed_without_a_reproach(client, admin, answers):
    page = client.post(address(), answers | {"step": "correct", "name": ""})

    assert page.context_data["form"].is_bound is False
    assert "Une idée, une réponse." in page.content.decode()


def test_an_unknown_kind_has_no_page(client, admin):
    assert client.get(address("loterie")).status_code == 404


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.FACILITATOR, Role.DPO])
def test_the_three_screens_are_closed_to_everybody_else(client, answers, role):
    client.force_login(AgentFactory(roles=[(role, None)] if role else []))
    space = SpaceFactory(is_draft=True)

    pages = [
        client.get(reverse("espaces:kinds")),
        client.post(address(), answers | {"step": "open"}),
        client.post(reverse("espaces:open", args=[space.pk])),
    ]

    assert [page.status_code for page in pages] == [302, 302, 302]
    space.refresh_from_db()
    assert (Space.objects.count(), space.is_draft) == (1, True)


def test_what_is_missing_is_told_before_opening(client, admin):
    space = SpaceFactory(is_draft=True, open_verbs=(), process=None, steering_unit=None)

    page = client.post(reverse("espaces:open", args=[space.pk]))

    assert len(page.context_data["missing"]) == 3
    with pytest.raises(ValidationError):
        make_public(space)
    space.refresh_from_db()
    assert space.is_draft


def test_nothing_can_be_in_a_space_in_preparation_says_the_database():
    draft = SpaceFactory(is_draft=True)
    used = SpaceFactory()
    freeze_space(used)

    for change in (lambda: freeze_space(draft), lambda: Space.objects.filter(pk=used.pk).update(is_draft=True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# ------------------------------------------------------------------------------------------------- limits
@pytest.fixture
def city():
    """Two directions with a site each, two trades."""
    gardens, waste = DirectionFactory(name="Jardins"), DirectionFactory(name="Propreté")
    drivers = JobFamily.objects.create(code="cond", name="Conduite")
    growers = JobFamily.objects.create(code="jard", name="Jardinage")
    sites = [UnitFactory(parent=gardens, kind="site"), UnitFactory(parent=waste, kind="site")]
    people = [AgentFactory(unit=unit) for unit in (gardens, waste, *sites)] + [AgentFactory(unit=None)]
    for person, family in zip(people, (drivers, growers, drivers, None), strict=False):
        person.current_affectation.job_family = family
        person.current_affectation.save(update_fields=["job_family"])
    return gardens, waste, sites, drivers, growers, people


def test_rule_and_list_agree_for_every_limit_and_everybody(city):
    gardens, waste, sites, drivers, growers, people = city
    box = BoxFactory()
    checked = 0
    for units, families in product(
        ([], [gardens], [sites[0]], [gardens, sites[1]], [waste]), ([], [drivers], [growers], [drivers, growers])
    ):
        limit_space(box, units=units, job_families=families)
        for person in [*people, None]:
            viewer = as_viewer(person)
            fresh = Space.objects.get(pk=box.pk)
            listed = Space.objects.filter(limits.condition(viewer), pk=box.pk).exists()
            assert limits.inside_limits(viewer, fresh) == listed
            assert bool(limits.why_not_propose(viewer, fresh)) != listed
            assert may_propose(viewer, fresh) == (fresh in selectors.spaces_to_propose(viewer))
            checked += 1
    assert checked == 120
    drain_outbox()


def test_those_left_out_read_a_sentence_and_still_support_and_comment(city):
    gardens, _waste, _sites, _drivers, _growers, people = city
    box = BoxFactory(name="Au jardin")
    limit_space(box, units=[gardens])
    inside, outside = people[2], people[1]

    receipt = services.submit_idea(actor=inside, space=box, body=BODY)
    with translation.override("fr"), pytest.raises(PermissionDenied) as refusal:
        services.submit_idea(actor=outside, space=box, body=BODY)

    assert "Jardins" in str(refusal.value)
    assert can_see_space(outside, box) and takes_part(outside, box)
    services.set_support(idea=receipt.idea, actor=outside, wanted=True)
    drain_outbox()


def test_a_limit_may_change_at_any_time_is_journalled_once_and_passes_to_the_successor(city):
    gardens, waste, sites, *_rest = city
    box = BoxFactory()
    count = AuditEntry.objects.count()
    limit_space(box, units=[sites[0], gardens])
    limit_space(box, units=[gardens, sites[0]])

    close_unit(sites[0], successor=gardens, on=clock.today())

    assert list(SpaceLimit.objects.values_list("unit_id", flat=True)) == [gardens.pk]
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[count:]
    assert verbs.count("participation.space_limited") == 1
    limit_space(box)
    box.refresh_from_db()
    assert (box.is_limited, SpaceLimit.objects.count()) == (False, 0)
    drain_outbox()


def test_the_database_keeps_limits_and_what_is_said_of_them_together(city):
    gardens, *_rest = city
    silent, told = BoxFactory(), BoxFactory()
    limit_space(told, units=[gardens])

    attempts = (
        lambda: SpaceLimit.objects.create(space=silent, unit=gardens),
        lambda: SpaceLimit.objects.filter(space=told).update(space=silent),
        lambda: Space.objects.filter(pk=told.pk).update(is_limited=False),
        lambda: SpaceLimit.objects.create(space=told),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_limits_are_ticked_and_unticked_where_a_space_is_changed(client, admin, answers, city):
    gardens, _waste, sites, drivers, *_rest = city
    space = create_from_kind(
        PERMANENT_BOX, name="Au jardin", slug="au-jardin", steering_unit=gardens, starts_on=clock.today()
    )
    url = reverse("espaces:edit", args=[space.pk])
    sent = {
        "name": "Au jardin", "circle": "agents", "identity_modes": ["named"], "activities": ["ideas"],
        "support_threshold": "50", "process": str(space.process_id), "steering_unit": str(gardens.pk),
    }  # fmt: skip

    client.post(url, sent | {"limit_directions": [str(gardens.pk)], "limit_families": [str(drivers.pk)]})
    shown = client.get(url).context["form"]

    assert (shown["limit_directions"].value(), shown["limit_families"].value()) == ([gardens.pk], [drivers.pk])
    client.post(url, sent)
    assert not SpaceLimit.objects.exists()
    assert change_space(space, actor=admin, name="Au jardin") is not None
    drain_outbox()


def test_a_call_that_closes_takes_the_days_asked(answers):
    planned = kinds.PlannedPhase("Dépôt", ("propose",), 30)
    day = clock.today()

    assert planned.dates(day, 10) == (clock.start_of_day(day), clock.start_of_day(day + timedelta(days=10)))
    assert what_is_missing(SpaceFactory(is_draft=True, process=default_process(), steering_unit=UnitFactory())) == []
    assert Circle.AGENTS == PERMANENT_BOX.circle
