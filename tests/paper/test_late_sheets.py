"""Sheets kept past their printed date: facilitators are told, then administrators, and nobody twice in a week."""

from datetime import timedelta

import pytest
from django.core import mail

from src.config.paper_notices import climb
from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.paper import services
from src.paper.models import Batch
from tests.factories.directory import AgentFactory

from .test_paper import look


@pytest.fixture
def late(desk):
    """A batch of the depot sent, its sheets never destroyed; an administrator of the city."""
    desk.admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)], email="ada@ville.example")
    batch = desk.batch(desk.idea_sheet())
    look(desk, batch)
    drain_outbox()
    InboxItem.objects.all().delete()
    desk.lot = Batch.objects.get(pk=batch.pk)
    return desk


def told(user) -> list[str]:
    return list(
        InboxItem.objects.filter(user=user, code__startswith="paper.").order_by("pk").values_list("code", flat=True)
    )


def after(desk, time_machine, days):
    day = desk.lot.destroy_by + timedelta(days=days)
    time_machine.move_to(clock.start_of_day(day) + timedelta(hours=9))
    climb(clock.now())
    climb(clock.now())
    drain_outbox()


def test_lateness_climbs_from_facilitators_to_administrators(late, time_machine):
    after(late, time_machine, 0)
    assert told(late.malika) == told(late.gerard) == told(late.admin) == []
    after(late, time_machine, 1)
    assert (told(late.malika), told(late.gerard), told(late.admin)) == (["paper.late"], ["paper.late"], [])
    after(late, time_machine, 7)
    assert len(told(late.malika)) == 1
    after(late, time_machine, 8)
    assert (len(told(late.malika)), told(late.admin)) == (2, ["paper.late.administrators"])
    after(late, time_machine, 15)
    assert (len(told(late.gerard)), len(told(late.admin))) == (3, 2)
    assert told(late.partner) == told(late.nadia) == [], "of another place, or nobody's"
    page = mail.outbox[-1]
    assert "Dépôt des Tanneurs" in page.subject and "15 jours" in page.body


def test_a_promise_kept_is_told_to_nobody(late, time_machine):
    services.mark_destroyed(actor=late.gerard, batch=late.lot)

    after(late, time_machine, 30)

    assert InboxItem.objects.filter(code__startswith="paper.").count() == 0


def test_where_nobody_is_a_facilitator_any_more_the_city_is_told_at_once(late, time_machine):
    RoleGrant.objects.filter(role=Role.FACILITATOR).update(ends_on=late.lot.destroy_by)

    after(late, time_machine, 1)

    assert told(late.admin) == ["paper.late.administrators"]
    assert told(late.malika) == []
