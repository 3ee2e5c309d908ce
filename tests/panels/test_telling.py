"""Guarantors hold the seal before the row exists, and know what waits for them; nobody else is written to."""

from datetime import timedelta

import pytest
from django.core import mail

from panels.enums import Beacon
from panels.models import Quota, TeamMember
from panels.services import drawing, quotas, seats, telling
from panels.services.candidates import withdraw
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from tests.factories import panels as make

pytestmark = pytest.mark.django_db


def told(code: str) -> list[InboxItem]:
    return list(InboxItem.objects.filter(code=code))


def test_the_seal_goes_to_the_guarantors_alone_and_once():
    made, draw = make.sealed(12)
    assert len(told(telling.SEALED)) == 1
    # The relay may run an effect again.
    telling.tell_sealed(draw.pk)
    drain_outbox()

    (item,) = told(telling.SEALED)
    assert item.user_id == made.guarantor.pk
    assert item.context["seal"] == draw.seal
    groups = " ".join(draw.seal[start : start + 4] for start in range(0, 64, 4))
    (sent,) = [one for one in mail.outbox if made.guarantor.email in one.to and "scellé" in one.subject]
    assert groups in sent.body.replace("\n", " ") or draw.seal[:4] in sent.body


def test_a_seal_void_before_it_was_told_is_not_told():
    made = make.pooled(12, seats=4)
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=20)
    drain_outbox()
    found = drawing.seal_draw(
        actor=made.organiser, draw=draw, beacon=Beacon.PUBLIC_NUMBER, beacon_name="Loto, premier tirage",
        beacon_on=clock.today() + timedelta(days=1), no_chance_because="Les quotas fixés.",
    )  # fmt: skip
    drawing.void_draw(actor=made.organiser, draw=found, because="Une adresse était fausse.")
    drain_outbox()

    assert told(telling.SEALED) == []


def test_what_waits_for_a_signature_is_told_until_it_is_signed():
    made = make.recruiting(seats=10)
    protected = Quota.objects.get(is_protected=True, value__criterion__panel=made.panel)
    asked = quotas.ask_relaxation(
        actor=made.organiser, quota=protected, minimum=1, maximum=10, reason="Trop peu de monde."
    )
    drain_outbox()
    quotas.sign_relaxation(actor=made.guarantor, relaxation=asked)
    telling.tell_to_sign(telling.RELAXATION, asked.pk)

    (item,) = told(telling.TO_SIGN)
    assert (item.user_id, item.context["reason"]) == (made.guarantor.pk, "Trop peu de monde.")
    assert item.context["kind"] == telling.RELAXATION


def test_somebody_who_no_longer_watches_is_not_told():
    made = make.recruiting(seats=10)
    protected = Quota.objects.get(is_protected=True, value__criterion__panel=made.panel)
    TeamMember.objects.filter(panel=made.panel, person=made.guarantor).update(until="2020-01-01", since="2019-01-01")
    quotas.ask_relaxation(actor=made.organiser, quota=protected, minimum=1, maximum=10, reason="Trop peu.")
    drain_outbox()

    assert told(telling.TO_SIGN) == []


def test_a_seat_for_somebody_not_listed_is_told():
    made, _draw = make.certified(12, seats=4)
    seat = made.panel.seat_rows.select_related("holder").first()
    withdraw(candidate=seat.holder, actor=made.organiser)
    reserve = list(made.panel.candidates.filter(state="reserve").order_by("-reserve_rank"))
    asked = seats.ask_unlisted(
        actor=made.organiser, seat=seat, incoming=reserve[0], reason="Les suivants sont injoignables."
    )
    drain_outbox()

    (item,) = told(telling.TO_SIGN)
    assert (item.user_id, item.context["kind"]) == (made.guarantor.pk, telling.SUBSTITUTION)
    assert asked.signed_at is None
    forget_effects()
