"""Tells the sessions of the demo panel: four Saturdays, by the verbs people use, each on its day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from panels.models import Membership, Panel
from src.foundations import clock

from ..demo_content import (
    CORRECTED,
    DOCUMENTS,
    HEARINGS,
    LATER_AGENDA,
    LATER_TITLE,
    NEXT_AGENDA,
    NEXT_DOCUMENT,
    NEXT_HEARING,
    NEXT_REQUEST,
    NEXT_TITLE,
    PLACE,
    REQUESTS,
    SESSIONS,
)
from ..enums import Audience, DocumentKind, PairRule, Proposer
from ..models import Session
from . import documents, hearing, planning, presence, stipends, tables

# One member in ten isn't there.
AWAY = 10
BY_CODE = 3


def tell(panel: Panel, story, saturdays: list[date] | None = None) -> list[Session]:
    """Four sessions held, with what was read, who was heard, who was there, and half-days at every state.

    ``story`` gives ``organiser`` and ``facilitator(place)``. Members sat before the first Saturday.
    """
    days = saturdays or _saturdays(clock.today())
    made = [_told(panel, story, number, day) for number, day in enumerate(days, start=1)]
    _paid(panel, story, made, days)
    return made


def plan_season(panel: Panel, story) -> list[Session]:
    """Two half-days to come: members know the first, with its tables; the team prepares the other."""
    first = _next_saturday(clock.today() + timedelta(days=12))
    with story.on(10, 10):
        made = [
            _half_day(panel, story, NEXT_TITLE, NEXT_AGENDA, first),
            _half_day(panel, story, LATER_TITLE, LATER_AGENDA, _next_saturday(first + timedelta(days=56))),
        ]
        name, quality, stance, interests = NEXT_HEARING
        hearing.plan_hearing(
            actor=story.organiser, session=made[0], name=name, quality=quality, stance=stance, interests=interests,
            proposed_by=Proposer.MEMBERS,
        )  # fmt: skip
    with story.on(9, 9):
        made[0] = planning.announce(actor=story.organiser, session=made[0])
        title, source, words = NEXT_DOCUMENT
        documents.add_document(
            actor=story.facilitator(0), panel=panel, session=made[0], title=title, kind=DocumentKind.SUMMARY,
            source=source, audience=Audience.MEMBERS, words=words,
        )  # fmt: skip
    people = list(presence.expected_at(made[0]))
    with story.on(5, 19):
        who, why = NEXT_REQUEST
        asked = hearing.ask_to_hear(membership=people[1], who=who, reason=why)
        for one in people[2:6]:
            hearing.support_request(membership=one, request=asked, supports=True)
    with story.on(2, 14):
        plan = tables.set_tables(
            actor=story.facilitator(0), session=made[0], rounds=2, seats=6,
            # Needs are sealed: whatever those drawn this time asked for, two tables have it.
            offers={"step_free": 2, "interpreter": 2, "hearing_loop": 2, "sign_language": 2},
        )  # fmt: skip
        tables.rule_pair(actor=story.facilitator(0), plan=plan, kind=PairRule.TOGETHER, one=people[3], other=people[4])
        tables.hold_place(actor=story.facilitator(0), plan=plan, member=people[0], table=plan.tables.first())
        tables.make(actor=story.facilitator(0), session=made[0])
    return made


def _half_day(panel: Panel, story, title: str, agenda, day: date) -> Session:
    session = planning.prepare_session(
        actor=story.organiser, panel=panel, title=title, starts_at=_at(day, 9, 30), ends_at=_at(day, 12, 30),
        place=PLACE, half_days=1,
    )  # fmt: skip
    for at, kind, what, words in agenda:
        planning.add_item(actor=story.facilitator(0), session=session, at=at, kind=kind, title=what, words=words)
    return session


def _next_saturday(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def _saturdays(today: date) -> list[date]:
    """The last four Saturdays three weeks apart, the last one a week ago at least."""
    last = today - timedelta(days=7 + (today.weekday() - 5) % 7)
    return [last - timedelta(weeks=3 * back) for back in (3, 2, 1, 0)]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _told(panel: Panel, story, number: int, day: date) -> Session:
    organiser, facilitator = story.organiser, story.facilitator(number)
    title, agenda = SESSIONS[number - 1]
    with clock.told_as(_at(day - timedelta(days=18), 10)):
        session = planning.prepare_session(
            actor=organiser, panel=panel, title=title, starts_at=_at(day, 9, 30), ends_at=_at(day, 16, 30), place=PLACE
        )
        for at, kind, what, words in agenda:
            planning.add_item(actor=facilitator, session=session, at=at, kind=kind, title=what, words=words)
        for of, name, quality, stance, interests, by in HEARINGS:
            if of == number:
                hearing.plan_hearing(
                    actor=organiser, session=session, name=name, quality=quality, stance=stance, interests=interests,
                    proposed_by=by,
                )  # fmt: skip
    with clock.told_as(_at(day - timedelta(days=15), 9)):
        session = planning.announce(actor=organiser, session=session)
        for of, what, kind, source, audience, words in DOCUMENTS:
            if of == number:
                documents.add_document(
                    actor=facilitator, panel=panel, session=session, title=what, kind=kind, source=source,
                    audience=audience, words=words,
                )  # fmt: skip
    if number == 2:
        _seat(story, session, day)
    _meet(story, session, day, number)
    return session


def _seat(story, session: Session, day: date) -> None:
    """Tables of eight, three rounds, two of them without steps."""
    with clock.told_as(_at(day - timedelta(days=2), 14)):
        plan = tables.set_tables(
            actor=story.facilitator(0), session=session, rounds=3, seats=8,
            offers={"step_free": 2, "interpreter": 2, "hearing_loop": 1, "sign_language": 1},
        )  # fmt: skip
        people = list(presence.expected_at(session))
        tables.rule_pair(actor=story.facilitator(0), plan=plan, kind=PairRule.APART, one=people[0], other=people[1])
        plan = tables.make(actor=story.facilitator(0), session=session)
        tables.show(actor=story.facilitator(0), plan=plan)


def _meet(story, session: Session, day: date, number: int) -> None:
    """Some type the code, the others sign; one in ten isn't there."""
    facilitator = story.facilitator(number)
    people = list(presence.expected_at(session))
    away = {one.number for one in people[-(len(people) // AWAY) :]} if len(people) >= AWAY else set()
    there = [one for one in people if one.number not in away]
    for half, hour in ((1, 10), (2, 14)):
        with clock.told_as(_at(day, hour, 10)):
            code = presence.room_code(actor=facilitator, session=session, half_day=half)
            for one in there[:BY_CODE]:
                presence.sign_in(membership=one, session=session, code=code)
            presence.mark_sheet(
                actor=facilitator, session=session, half_day=half, present={one.number for one in there}
            )
    if number == 1:
        _ask(story, there, day)
    with clock.told_as(_at(day, 17)):
        planning.mark_held(actor=facilitator, session=session)


def _ask(story, there: list[Membership], day: date) -> None:
    for place, (who, why, accepts, answer) in enumerate(REQUESTS):
        with clock.told_as(_at(day, 16, 5 + place)):
            asked = hearing.ask_to_hear(membership=there[place], who=who, reason=why)
            for one in there[place + 1 : place + 6]:
                hearing.support_request(membership=one, request=asked, supports=True)
        if accepts is not None:
            with clock.told_as(_at(day + timedelta(days=2), 10, place)):
                hearing.answer_request(actor=story.organiser, request=asked, accepts=accepts, answer=answer)


def _paid(panel: Panel, story, made: list[Session], days: list[date]) -> None:
    """The first session is paid, a line taken back; the second sent; the third validated; the last signed once."""
    signers = (story.facilitator(0), story.organiser)
    for number, (session, day) in enumerate(zip(made, days, strict=True), start=1):
        with clock.told_as(_at(day + timedelta(days=2), 11)):
            for person in signers if number < 4 else signers[:1]:
                stipends.validate(actor=person, session=session)
        if number < 3:
            with clock.told_as(_at(day + timedelta(days=3), 9)):
                batch = stipends.export(actor=story.organiser, panel=panel)
        if number == 1:
            with clock.told_as(_at(day + timedelta(days=12), 9)):
                stipends.mark_paid(actor=story.organiser, batch=batch, paid_on=clock.today())
            with clock.told_as(_at(day + timedelta(days=13), 9)):
                absent = (
                    session.attendances.filter(half_day=2, is_present=True).order_by("-membership__number").first()
                )
                presence.correct(
                    actor=story.facilitator(1), session=session, member=absent.membership, half_day=2,
                    is_present=False, because=CORRECTED,
                )  # fmt: skip
