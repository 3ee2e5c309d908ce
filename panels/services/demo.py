"""Loads the panels of the demo city, from preparation to work, by the verbs people use.

Each verb is called as on the day it was done: the clock is moved, in the demo city alone.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from src.directory.models import Unit, User
from src.foundations import clock

from .. import demo_people
from ..demo_content import (
    ALL,
    FOREIGN_LETTERS,
    PAPERS_WAITING,
    RECEPTION,
    RELAXED,
    RELAXED_BECAUSE,
    STANDING,
    SUMMER,
    WITHOUT_INTERNET,
    ListTold,
    Told,
)
from ..enums import CallReason, ListKind
from ..jobs import make_letters
from ..models import Candidate, InvitationBatch, Panel, Quota, SourceList
from . import calls, candidates, letters, preparing, quotas, registering
from .registering import Origin, Registration

ADMINISTRATOR, ORGANISER = "admin", "moderation"
FACILITATORS = ("facilitation", "facilitation2")
# A panel is begun two months ago at most.
MOST_DAYS = 60


def load_panels() -> int:
    """Load those that are missing; answers how many came in."""
    return sum(_load(told) for told in ALL)


@transaction.atomic
def _load(told: Told) -> int:
    if Panel.objects.filter(slug=told.slug).exists():
        return 0
    story = Story(told)
    story.prepare()
    if told.posted:
        story.recruit()
    if told is SUMMER:
        story.leave_waiting()
    if told is WITHOUT_INTERNET:
        from .demo_drawn import draw_and_seat  # here because it tells the rest of a story begun in this module

        draw_and_seat(story)
    if told is RECEPTION:
        from .demo_work import draw_and_begin  # here for the same reason

        draw_and_begin(story)
    if told is STANDING:
        from .demo_standing import begin_and_renew  # here for the same reason

        begin_and_renew(story)
    return 1


class Days:
    """The days of a story, counted in working days before the one on which it is told."""

    def __init__(self, today: date, most: int = MOST_DAYS):
        self.today, self.days = today, [today]
        for _ago in range(most):
            self.days.append(clock.add_working_days(self.days[-1], -1))

    def moment(self, ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """So many working days before, at that time."""
        return timezone.make_aware(datetime.combine(self.days[ago], time(hour, minute)))

    def on(self, ago: int, hour: int = 9, minute: int = 0):
        """Live that moment."""
        return clock.told_as(self.moment(ago, hour, minute))

    def day(self, offset: int):
        """The working day so many days later, or right after; one past, in working days."""
        return clock.add_working_days(self.today + timedelta(days=offset - 1), 1) if offset > 0 else self.days[-offset]


class Story(Days):
    """One panel being told: its days, its people as they sign in, its letters."""

    def __init__(self, told: Told):
        super().__init__(
            clock.add_working_days(clock.today() - timedelta(days=told.ago), 1) if told.ago else clock.today()
        )
        self.told = told
        self.people: dict[str, User] = {}
        self.lists: dict[str, SourceList] = {}
        # On paper alone: who each letter goes to, with its code.
        self.mail: dict[str, list[tuple[demo_people.Dweller, str]]] = {}
        self.dice = random.Random(told.slug)  # noqa: S311 - the same city each time
        self.panel: Panel

    def again(self) -> Panel:
        """The panel as it is now."""
        self.panel = Panel.objects.select_related("commissioner").get(slug=self.told.slug)
        return self.panel

    def read_people(self) -> dict[str, User]:
        """The team as it signs in now: what somebody may do is kept beside them."""
        names = [row[0] for row in self.told.team]
        self.people = {one.username: one for one in User.objects.filter(username__in=names)}
        return self.people

    @property
    def organiser(self) -> User:
        return self.people[ORGANISER]

    def facilitator(self, place: int) -> User:
        return self.people[FACILITATORS[place % 2]]

    def prepare(self) -> None:
        """Begin it: words, dates, team, lists, quotas."""
        told = self.told
        name, number, hours = told.contact
        first = self.day(told.starts)
        administrator = User.objects.get(username=ADMINISTRATOR)
        with self.on(told.begun):
            self.panel = preparing.create_panel(
                actor=administrator,
                slug=told.slug,
                kind=told.kind,
                title=told.title,
                question=told.question,
                outside_mandate=told.outside,
                commissioner=Unit.objects.get(code=told.unit),
                seats=told.seats,
                contact_name=name,
                contact_phone=number,
                contact_hours=hours,
                contact_address=f"Ville de Marvenne, « {told.title} »\n1 place du Marché-Couvert\n99001 Marvenne",
                registration_ends_on=self.day(told.registration_ends),
                draw_on=self.day(told.drawn),
                # Sessions are on Saturdays.
                starts_on=first + timedelta(days=(5 - first.weekday()) % 7),
                ends_on=self.day(told.ends),
            )
            people = self.read_people()
            for username, role, shown, capacity in told.team:
                preparing.name_to_team(
                    actor=administrator, panel=self.panel, person=people[username], role=role, shown_name=shown,
                    capacity=capacity,
                )  # fmt: skip
            self.read_people()
            for one in told.lists:
                self.lists[one.slug] = preparing.add_source_list(
                    actor=self.organiser,
                    panel=self.panel,
                    slug=one.slug,
                    label=one.label,
                    kind=one.kind,
                    seats=one.seats,
                )
            if told.quotas:
                # The last census out is four years old.
                text = told.quotas.format(year=self.today.year - 4)
                quotas.import_quotas(actor=self.organiser, panel=self.panel, data=text.encode())

    def recruit(self) -> None:
        """Letters, registrations day after day, who may be drawn."""
        told = self.told
        posted = [(one, self._printed(one)) for one in told.lists if one.letters]
        with self.on(told.posted):
            preparing.open_registration(actor=self.organiser, panel=self.again())
            for _one, batch in posted:
                letters.mark_mailed(actor=self.organiser, batch=batch)
        with self.on(told.posted - 6):
            for one, batch in posted:
                # Letters that nobody will answer.
                returned = list(range(one.letters, one.letters - one.returned, -1))
                letters.mark_returned(actor=self.organiser, batch=batch, numbers=returned)
        self._register(list(self._signing()))
        self._decide()

    def _printed(self, one: ListTold) -> InvitationBatch:
        batch, people = self.open_batch(one.slug, one.letters, self.told.posted + 2)
        found = letters.letters_of(actor=self.organiser, batch=batch, stop=sum(one.registered))
        self.mail[one.slug] = [(people[letter.number - 1], letter.code) for letter in found]
        with self.on(self.told.posted + 1, 15):
            return letters.mark_printed(actor=self.organiser, batch=batch)

    def open_batch(self, slug: str, count: int, ago: int) -> tuple[InvitationBatch, list[demo_people.Dweller]]:
        """Letters made by the job, as a worker runs it."""
        people = demo_people.dwellers(f"{self.told.slug}/{slug}", count)
        with self.on(ago):
            report = letters.open_batch(
                actor=self.organiser, panel=self.panel, source_list=self.lists[slug],
                data=demo_people.address_file(people),
            )  # fmt: skip
            make_letters(run_id=str(report.batch.run_id), batch=report.batch.reference)
        return InvitationBatch.objects.get(pk=report.batch.pk), people

    def _signing(self) -> Iterator[tuple[str, Origin, Registration]]:
        """Who registers, how, from where."""
        for one in self.told.lists:
            count = sum(one.registered)
            if not count:
                continue
            source = self.lists[one.slug]
            met = not one.letters
            here = self.mail.get(one.slug) or [(who, "") for who in demo_people.dwellers(f"{one.slug} met", count)]
            said = demo_people.registrations(
                [who for who, _code in here], self.told.answers, self.told.slug + one.slug, met=met,
                young=one.kind == ListKind.MINORS,
            )  # fmt: skip
            ways = [
                way
                for way, number in zip(("web", "phone", "paper"), one.registered, strict=True)
                for _n in range(number)
            ]
            self.dice.shuffle(ways)
            for way, (_who, code), words in zip(ways, here, said, strict=True):
                yield way, Origin(source_list=source) if met else Origin(code=code), words

    def _register(self, signing: list) -> None:
        """Everybody registers, from the first day to the last; of the young, the last one waits for a parent."""
        self.dice.shuffle(signing)
        young = [place for place, (*_way, words) in enumerate(signing) if words.guardian]
        if young:
            way, origin, words = signing[young[-1]]
            signing[young[-1]] = way, origin, replace(words, guardian=None)
        first, last = self.told.registering
        for place, (way, origin, words) in enumerate(signing):
            # More of them at the beginning, as when letters come.
            far = (place / len(signing)) ** 1.7
            ago = first - round((first - last) * far)
            with self.on(ago, 9 + place % 9, place * 7 % 60):
                self._one(place, way, origin, words)

    def _one(self, place: int, way: str, origin: Origin, words: Registration) -> None:
        if way == "web":
            registering.register(code=origin.code, registration=words, caller=f"demo-{self.told.slug}-{place}")
        elif way == "phone":
            registering.register_by_phone(
                actor=self.facilitator(place), panel=self.panel, origin=origin, registration=words, read_back=True
            )
        else:
            entry = registering.type_paper(
                actor=self.facilitator(place), panel=self.panel, origin=origin, registration=words
            )
            registering.check_paper(
                actor=self.facilitator(place + 1), entry=entry, origin=origin, registration=words
            )  # fmt: skip

    def _decide(self) -> None:
        """Most may be drawn; some can't; the last ones wait; some withdraw."""
        told = self.told
        here = list(Candidate.objects.filter(panel=self.panel).select_related("panel").order_by("registered_on", "pk"))
        waiting = [one for one in here if one.is_minor and not hasattr(one, "guardian")]
        ready = [one for one in here if one not in waiting]
        ready = ready[: len(ready) - told.undecided]
        ago = told.registering[1]
        with self.on(ago, 18):
            for place, one in enumerate(ready):
                reason = told.refused[place // 20] if place % 20 == 10 and place // 20 < len(told.refused) else ""
                candidates.decide_eligibility(
                    actor=self.facilitator(place), candidate=one, is_eligible=not reason, reason=reason
                )
            for one in waiting:
                calls.ask_call(candidate=one, reason=CallReason.CHECK)
            for one in ready[3 : 3 + told.withdrew]:
                candidates.withdraw(candidate=one, actor=self.facilitator(0))

    def leave_waiting(self) -> None:
        """What the second panel asks of people today: a signature, papers to type again, letters to print."""
        self.open_batch("residents-etrangers", FOREIGN_LETTERS, 2)
        key, value, minimum = RELAXED
        quota = Quota.objects.select_related("value__criterion__panel__commissioner").get(
            value__criterion__panel=self.panel, value__criterion__key=key, value__key=value
        )
        with self.on(2, 16):
            quotas.ask_relaxation(
                actor=self.organiser, quota=quota, minimum=minimum, maximum=quota.maximum, reason=RELAXED_BECAUSE
            )
        people = demo_people.dwellers(f"{self.told.slug} papers", PAPERS_WAITING)
        said = demo_people.registrations(people, self.told.answers, "papers", met=True)
        for place, words in enumerate(said):
            with self.on(1, 10, place * 10):
                registering.type_paper(
                    actor=self.facilitator(place), panel=self.panel,
                    origin=Origin(source_list=self.lists["associations"]), registration=words,
                )  # fmt: skip
