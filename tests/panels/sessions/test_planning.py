"""Sessions prepared, announced, moved, held, cancelled; their calendar entries."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.services.preparing import WrongState
from panels.sessions.calendar import events_for
from panels.sessions.enums import SessionState
from panels.sessions.models import Session
from panels.sessions.services import planning
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.meetings.ical import published
from src.notices.models import InboxItem
from tests.factories import panel_sessions

pytestmark = pytest.mark.django_db


def account(made, place=0):
    return made.as_now(made.members()[place].candidate.account)


def test_a_session_is_prepared_unseen_then_announced():
    made = panel_sessions.working()
    found = panel_sessions.prepared(made)
    one = account(made)
    assert not Session.objects.visible_to(one).exists()
    assert Session.objects.visible_to(made.as_now(made.facilitator)).get() == found
    planning.announce(actor=made.facilitator, session=found)
    drain_outbox()
    assert Session.objects.visible_to(one).get() == found
    told = set(InboxItem.objects.filter(code="panel_sessions.announced").values_list("user_id", flat=True))
    assert told == {member.candidate.account_id for member in made.members()}


def test_who_prepares_and_what_is_refused():
    made = panel_sessions.working()
    for person in (made.guarantor, made.keeper, account(made)):
        with pytest.raises(PermissionDenied):
            panel_sessions.prepared(_as(made, person))
    with pytest.raises(ValidationError) as refused:
        panel_sessions.prepared(made, place="")
    assert "place" in refused.value.message_dict
    now = clock.now()
    with pytest.raises(ValidationError) as refused:
        panel_sessions.prepared(made, starts_at=now, ends_at=now - datetime.timedelta(hours=1))
    assert "ends_at" in refused.value.message_dict


def _as(made, person):
    """The same panel, run by somebody else."""
    from dataclasses import replace

    return replace(made, facilitator=person)


def test_a_session_without_agenda_or_past_is_not_announced():
    made = panel_sessions.working()
    found = panel_sessions.prepared(made)
    found.agenda.all().delete()
    with pytest.raises(WrongState, match="ordre du jour"):
        planning.announce(actor=made.facilitator, session=found)
    past = panel_sessions.prepared(made, days=-1)
    with pytest.raises(WrongState, match="passé"):
        planning.announce(actor=made.facilitator, session=past)


def test_another_place_is_told_and_calendars_follow():
    made = panel_sessions.working()
    member = account(made)
    member.email = "membre@exemple.fr"
    member.save(update_fields=["email"])
    found = panel_sessions.announced(made)
    mail.outbox.clear()
    moved = planning.change_session(actor=made.organiser, session=found, place="Mairie des Quais")
    drain_outbox()
    assert moved.sequence == 1
    sent = [one for one in mail.outbox if one.to == ["membre@exemple.fr"]]
    assert len(sent) == 1
    entry = "\n".join(str(part) for part in [sent[0].message().as_string()])
    assert "method=REQUEST" in entry.replace('"', "") or "METHOD:REQUEST" in entry
    again = planning.change_session(actor=made.organiser, session=found, half_days=1)
    assert again.sequence == 1, "what calendars don't say is no change for them"


def test_a_cancelled_session_says_why_and_leaves_calendars():
    made = panel_sessions.working()
    found = panel_sessions.announced(made)
    with pytest.raises(ValidationError):
        planning.cancel(actor=made.facilitator, session=found, because=" ")
    planning.cancel(actor=made.facilitator, session=found, because="La salle est inondée.")
    drain_outbox()
    text = published(events_for(Viewer(account(made))), name="x")
    assert "STATUS:CANCELLED" in text and "SEQUENCE:1" in text and "La salle est inondée." in text
    assert InboxItem.objects.filter(code="panel_sessions.cancelled").count() == 4
    with pytest.raises(WrongState):
        planning.change_session(actor=made.facilitator, session=found, place="Ailleurs")


def test_a_calendar_has_the_sessions_of_ones_panels_alone():
    made = panel_sessions.working()
    other = panel_sessions.working(slug="ailleurs")
    panel_sessions.announced(made)
    panel_sessions.prepared(made, title="Pas encore")
    assert [one.title for one in events_for(Viewer(account(made)))] == ["Premier accueil, Comprendre l’accueil"]
    assert list(events_for(Viewer(account(other)))) == []


def test_a_held_session_keeps_its_day():
    made = panel_sessions.working()
    found = panel_sessions.announced(made)
    with pytest.raises(WrongState, match="commencé"):
        planning.mark_held(actor=made.facilitator, session=found)
    with panel_sessions.during(found):
        planning.mark_held(actor=made.facilitator, session=found)
        with pytest.raises(WrongState):
            planning.cancel(actor=made.facilitator, session=found, because="Trop tard.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=found.pk).update(ends_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=found.pk).update(state=SessionState.PREPARED)


def test_an_agenda_stays_inside_its_session():
    made = panel_sessions.working()
    found = panel_sessions.prepared(made)
    with pytest.raises(ValidationError) as refused:
        planning.add_item(actor=made.facilitator, session=found, at=datetime.time(19), title="Dîner")
    assert "at" in refused.value.message_dict
    added = planning.add_item(actor=made.facilitator, session=found, at=datetime.time(11), title="Tables")
    planning.change_item(actor=made.facilitator, item=added, at=datetime.time(10))
    assert [one.title for one in found.agenda.all()] == ["Accueil", "Tables"]
    planning.announce(actor=made.facilitator, session=found)
    drain_outbox()
    planning.remove_item(actor=made.facilitator, item=added)
    with pytest.raises(WrongState):
        planning.remove_item(actor=made.facilitator, item=found.agenda.get())
