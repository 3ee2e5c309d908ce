"""A standing panel renewed in part by a draw that reflects what those who leave no longer bring."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from panels import vault
from panels.enums import Departure, PanelKind, PanelState
from panels.models import Membership, Panel, Quota, Seat
from panels.services import members, renewing, seats
from panels.services.preparing import WrongState
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panels
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db


def standing(**fields):
    return panels.working(kind=PanelKind.STANDING, **fields)


def begun(made, leaving, **fields):
    today = clock.today()
    told = {
        "slug": "releve", "title": "Relève", "registration_ends_on": today + timedelta(days=30),
        "draw_on": today + timedelta(days=40), "starts_on": today + timedelta(days=60),
        "ends_on": today + timedelta(days=400),
    }  # fmt: skip
    return renewing.begin_renewal(actor=made.organiser, panel=made.panel, leaving=leaving, **(told | fields))


def answers_of(membership) -> dict:
    return vault.opened(membership.candidate.profile.ciphertext, vault.PROFILE)


def bounds(panel) -> dict:
    found = Quota.objects.filter(value__criterion__panel=panel).select_related("value__criterion")
    return {(one.value.criterion.key, one.value.key): (one.minimum, one.maximum) for one in found}


def test_quotas_are_what_those_who_stay_leave_to_reflect():
    made = standing()
    one, two, *staying = made.members()
    renewal = begun(made, [one, two])
    assert (renewal.seats, renewal.kind, renewal.state) == (2, PanelKind.RENEWAL, PanelState.DRAFT)
    whole, left = bounds(made.panel), bounds(renewal)
    for (criterion, value), (least, most) in whole.items():
        held = sum(answers_of(member)[criterion] == value for member in staying)
        assert left[criterion, value] == (max(0, min(2, least - held)), max(0, min(2, most - held)))
    assert renewal.team.count() == made.panel.team.count()
    assert {
        member.term_ends_on for member in (Membership.objects.get(pk=one.pk), Membership.objects.get(pk=two.pk))
    } == {renewal.starts_on}


def test_who_may_and_what_is_refused():
    made = standing()
    first, *_others = made.members()
    with pytest.raises(PermissionDenied):
        renewing.begin_renewal(
            actor=made.facilitator, panel=made.panel, leaving=[first], slug="x", title="X",
            **{name: clock.today() for name in ("registration_ends_on", "draw_on", "starts_on", "ends_on")},
        )  # fmt: skip
    with pytest.raises(ValidationError, match="aucune place n’est vide"):
        begun(made, [])
    once = panels.working(slug="ailleurs")
    with pytest.raises(WrongState, match="permanent"):
        begun(once, once.members()[:1])
    with pytest.raises(ValidationError, match="membres de ce panel"):
        begun(made, once.members()[:1])
    begun(made, [first])
    with pytest.raises(WrongState, match="déjà en cours"):
        begun(made, [first], slug="encore")


def test_erased_answers_refuse_a_renewal():
    made = standing()
    one, two, *_others = made.members()
    two.candidate.profile.delete()
    with pytest.raises(WrongState, match="effacées"):
        begun(made, [one])


def drawn_for(made, renewal):
    """The renewal recruits, draws, and everybody drawn says yes."""
    found = panels.Made(
        renewal, made.administrator, made.organiser, made.facilitator, made.second, made.guarantor, made.keeper,
        lists={one.slug: one for one in renewal.source_lists.all()},
    )  # fmt: skip
    found.open()
    found.registered(14)
    found.close()
    panels.certify(found, panels.seal(found))
    panels.seat(found)
    return found


def test_those_drawn_join_and_those_whose_term_ends_leave():
    made = standing()
    one, two, *staying = made.members()
    renewal = begun(made, [one, two])
    found = drawn_for(made, renewal)
    assert (
        found.again().state == PanelState.SEATED and not Membership.objects.filter(candidate__panel=renewal).exists()
    )
    with pytest.raises(WrongState, match="rejoignent"):
        members.begin_work(actor=made.organiser, panel=found.panel)
    client = as_(made.organiser)
    assert "Les faire entrer" in client.get("/panels/atelier/releve/membres/relever/").content.decode()
    assert client.post("/panels/atelier/releve/membres/relever/").status_code == 303
    drain_outbox()
    assert found.again().state == PanelState.CLOSED
    now = made.members()
    assert len(now) == 4 and {one.pk, two.pk}.isdisjoint(member.pk for member in now)
    assert [member.number for member in now[-2:]] == [5, 6]
    whole = bounds(made.panel)
    for (criterion, value), (least, most) in whole.items():
        held = sum(answers_of(member)[criterion] == value for member in now)
        assert least <= held <= most, "the whole panel still reflects what was asked"
    gone = Seat.objects.filter(panel=made.panel, left_because=Departure.TERM)
    assert gone.count() == 2
    with pytest.raises(WrongState, match="renouvellement"):
        seats.substitute_next(actor=made.facilitator, seat=gone.first())
    with pytest.raises(WrongState):
        renewing.take_over(actor=made.organiser, panel=found.panel)
    page = client.get("/panels/accueil/").content.decode()
    assert "Relève" in page and "Panel permanent" in page


def test_the_screen_prepares_it():
    made = standing()
    client = as_(made.organiser)
    here = "/panels/atelier/accueil/membres/renouveler/"
    assert as_(made.facilitator).get(here).status_code == 404
    today = clock.today()
    told = {
        "title": "Relève de printemps", "leaving": ["1"], "registration_ends_on": str(today + timedelta(days=3)),
        "draw_on": str(today + timedelta(days=2)), "starts_on": str(today + timedelta(days=9)),
        "ends_on": str(today + timedelta(days=90)),
    }  # fmt: skip
    refused = client.post(here, told)
    assert refused.status_code == 422 and "choisissez plus tard" in text_of(refused)
    kept = client.post(here, told | {"draw_on": str(today + timedelta(days=4))})
    assert (kept.status_code, kept["Location"]) == (303, "/panels/atelier/releve-de-printemps/")
    assert Panel.objects.get(slug="releve-de-printemps").seats == 1
    again = client.get(here)
    assert again.status_code == 409 and "déjà en cours" in text_of(again)
    assert here not in client.get("/panels/atelier/accueil/membres/").content.decode()
