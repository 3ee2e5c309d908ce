"""A users' committee of a site: drawn members, volunteers, and people whom associations name."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.enums import CandidateState, MembershipWay, PanelKind, PanelState
from panels.models import Candidate, Membership, Panel
from panels.services import candidates, members, welcoming
from panels.services.preparing import WrongState
from panels.vault import Contact
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panels
from tests.factories.directory import SiteFactory
from tests.panels.screens import as_

pytestmark = pytest.mark.django_db
AGREED = ("take_part",)


def committee(*, seats: int = 0, direct_seats: int = 2, **fields):
    """A committee where people are welcomed."""
    made = panels.prepared(
        seats=seats, kind=PanelKind.COMMITTEE, site=SiteFactory(), direct_seats=direct_seats, slug="comite", **fields
    )
    made.open()
    return made


def welcomed(made, *, name="Awa Sarr", way=MembershipWay.VOLUNTEER, actor=None, **fields):
    told = {"contact": Contact(name=name, phone="06 00 00 00 01"), "consents": AGREED, "way": way} | fields
    return welcoming.welcome(actor=actor or made.facilitator, panel=made.panel, **told)


def test_volunteers_and_associations_sit_without_a_draw():
    made = committee()
    one = welcomed(made).membership
    two = welcomed(made, way=MembershipWay.DESIGNATED, designated_by="Les Amis du bassin").membership
    assert [(one.number, one.way), (two.number, two.designated_by)] == [(1, "volunteer"), (2, "Les Amis du bassin")]
    assert {c.state for c in Candidate.objects.all()} == {CandidateState.SEATED}
    with pytest.raises(WrongState, match="sans tirage sont prises"):
        welcomed(made)
    members.begin_work(actor=made.organiser, panel=made.panel)
    drain_outbox()
    assert made.again().state == PanelState.DELIBERATING


def test_every_fault_at_once_and_nothing_kept():
    made = committee()
    with pytest.raises(ValidationError) as refused:
        welcoming.welcome(
            actor=made.facilitator, panel=made.panel, way="designated", contact=Contact(name=" "), consents=()
        )
    assert set(refused.value.message_dict) == {"name", "phone", "designated_by", "consents"}
    assert not Candidate.objects.exists() and not Membership.objects.exists()


def test_who_welcomes():
    made = committee()
    for somebody in (made.guarantor, made.keeper, made.administrator):
        with pytest.raises(PermissionDenied):
            welcomed(made, actor=somebody)
    other = panels.recruiting(slug="tire")
    with pytest.raises(WrongState):
        welcoming.welcome(
            actor=other.facilitator, panel=other.panel, way="volunteer", contact=Contact(name="A", phone="1"),
            consents=AGREED,
        )  # fmt: skip


def test_the_same_page_welcomes_once():
    made = committee()
    first, again = welcomed(made, token="une-page"), welcomed(made, token="une-page")
    assert first == again and Membership.objects.count() == 1


def test_the_database_holds_the_seats():
    made = committee(direct_seats=1)
    one = welcomed(made).membership
    extra = Candidate.objects.create(panel=made.panel, is_direct=True, registered_on=clock.today())
    with pytest.raises(IntegrityError, match="seat without a draw"), transaction.atomic():
        Membership.objects.create(panel=made.panel, candidate=extra, number=2, way="volunteer", since=clock.today())
    with pytest.raises(IntegrityError, match="drawn was drawn"), transaction.atomic():
        Membership.objects.create(panel=made.panel, candidate=extra, number=2, way="drawn", since=clock.today())
    with pytest.raises(IntegrityError, match="isn't in one"), transaction.atomic():
        Candidate.objects.filter(pk=extra.pk).update(state="eligible")
        Candidate.objects.filter(pk=extra.pk).update(state="in_pool")
    candidates.withdraw(candidate=one.candidate, actor=made.facilitator)
    assert welcoming.direct_left(made.panel) == 1
    assert welcomed(made, name="Bo Diaz").membership.number == 2


def test_a_panel_with_drawn_seats_never_skips_its_draw():
    made = committee(seats=4)
    welcomed(made)
    with pytest.raises(WrongState):
        members.begin_work(actor=made.organiser, panel=made.panel)
    with pytest.raises(IntegrityError, match="drawn first"), transaction.atomic():
        Panel.objects.filter(pk=made.panel.pk).update(state=PanelState.DELIBERATING)


def test_volunteers_stay_out_of_the_draw():
    made = committee(seats=4)
    direct = welcomed(made).membership
    made.registered(12)
    made.close()
    assert made.panel.candidates.in_pool().count() == 12
    direct.candidate.refresh_from_db()
    assert direct.candidate.state == CandidateState.SEATED


def test_the_desk_welcomes_and_reads_the_ticket_once():
    made = committee()
    client = as_(made.facilitator)
    here = "/panels/atelier/comite/membres/accueillir/"
    assert "2 places sans tirage sont libres" in client.get(here).content.decode()
    told = {"way": "designated", "name": "Lou Petit", "phone": "06 11", "token": "t" * 32}
    refused = client.post(here, told)
    assert refused.status_code == 422 and 'value="Lou Petit"' in refused.content.decode()
    kept = client.post(here, told | {"designated_by": "Nages libres", "agrees": "on"})
    assert kept.status_code == 303
    page = client.get(kept["Location"]).content.decode()
    assert Membership.objects.get().candidate.ticket in page and "Cette personne est membre" in page
    everybody = client.get("/panels/comite/").content.decode()
    assert "Nages libres" in everybody and "Lou Petit" not in everybody
    assert as_(made.guarantor).get(here).status_code == 404
    assert not any(
        word in everybody for word in ("Tirages", "D’où viennent les membres", "Dernier jour pour s’inscrire")
    )
