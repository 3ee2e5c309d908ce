"""Ballots for tests: prepared, opened with real keys, cast, closed, counted.

Time is moved by hand: ``made.at(moment)`` is a context in which it is that moment (time_machine). The keys of the three
holders are kept here, as they keep them on their own devices. Effects are run: nothing is left due.
"""

import datetime
from contextlib import contextmanager
from dataclasses import dataclass, field

import nacl.exceptions
import nacl.public
import time_machine
from django.utils import timezone

from src.directory.enums import AccountKind, Role
from src.directory.models import Affectation, User
from src.directory.services import create_accounts
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.ballots import boxes, services
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import Ballot, KeyHolder, PaperBox, RollEntry, SealedBox, SimpleVote
from src.participation.ballots.services.keys import boxes_for, halves_for

from .directory import AgentFactory, DirectionFactory
from .participation import SpaceFactory, grant_in_space

LABELS = ("Des bancs à l'ombre", "Un garage à vélos", "Une fontaine à eau", "Un composteur")


def ballot_space(**fields):
    """A space of all agents where ballots are held."""
    return SpaceFactory(activities=["ballots"], open_verbs=(), **fields)


def organiser_of(space):
    """Somebody who organises the ballots of a space."""
    person = AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    return User.objects.get(pk=person.pk)


def next_dates(now=None) -> tuple[datetime.datetime, datetime.datetime]:
    """An opening in one hour, and the first closing allowed after five days: a working day at 18:00."""
    moment = now or clock.now()
    opens = moment.replace(second=0, microsecond=0) + datetime.timedelta(hours=1)
    closes = timezone.localtime(opens + datetime.timedelta(days=5)).replace(hour=18, minute=0)
    while not clock.is_working_day(closes.date()):
        closes += datetime.timedelta(days=1)
    return opens, closes.astimezone(datetime.UTC)


def electors(number: int, *, unit=None, prefix: str = "electeur") -> list[User]:
    """So many agents, in three statements."""
    known = User.objects.filter(username__startswith=f"{prefix}-").count()
    people = create_accounts(
        [User(username=f"{prefix}-{known + one}", kind=AccountKind.AGENT) for one in range(number)]
    )
    if unit is not None:
        posts = Affectation.objects.bulk_create(
            Affectation(user=one, unit=unit, starts_on=datetime.date(2020, 1, 1)) for one in people
        )
        for person, post in zip(people, posts, strict=True):
            person.current_affectation = post
        User.objects.bulk_update(people, ["current_affectation"], batch_size=500)
    return people


@dataclass
class Made:
    """A ballot with what only its people hold: the organiser, the keys of the three, those who vote."""

    ballot: Ballot
    organiser: User
    people: list[User] = field(default_factory=list)
    holders: list[User] = field(default_factory=list)
    keys: dict[int, nacl.public.PrivateKey] = field(default_factory=dict)

    def again(self) -> Ballot:
        """The ballot as pages read it now."""
        self.ballot = Ballot.objects.for_pages().get(pk=self.ballot.pk)
        return self.ballot

    @contextmanager
    def at(self, moment):
        """A block during which it is that moment."""
        with time_machine.travel(moment, tick=False):
            yield

    @contextmanager
    def while_open(self, after=datetime.timedelta(minutes=5)):
        """A block during which it is open."""
        with self.at(self.ballot.opens_at + after):
            yield

    @contextmanager
    def once_over(self, after=datetime.timedelta(minutes=1)):
        """A block during which its last hour has passed."""
        with self.at(self.ballot.closes_at + after):
            yield

    def open(self) -> Ballot:
        """Opened by its organiser, an hour before it takes votes."""
        services.open_ballot(actor=self.organiser, ballot=self.ballot)
        return self.again()

    def box(self, choice) -> bytes:
        """A vote sealed as the browser does."""
        return boxes.seal(bytes(self.ballot.public_key), boxes.checked(self.ballot, choice))

    def cast(self, person, choice, **fields):
        """Cast in the name of somebody, now."""
        if self.ballot.is_secret:
            return services.cast_secret(actor=person, ballot=self.ballot, box=self.box(choice), **fields)
        return services.cast_simple(actor=person, ballot=self.ballot, choice=choice, **fields)

    def cast_all(self, choices) -> None:
        """The first electors vote so, while it is open."""
        with self.while_open():
            for person, choice in zip(self.people, choices, strict=False):
                self.cast(person, choice)

    def close(self) -> Ballot:
        """Closed by the ticker, a minute after its last hour."""
        with self.once_over():
            services.close_due(clock.now())
            drain_outbox()
        return self.again()

    def half_open(self, place: int = 0):
        """The first of two holders opens what is closed for them."""
        holder = KeyHolder.objects.get(ballot=self.ballot, person=self.holders[place])
        mine = nacl.public.SealedBox(self.keys[self.holders[place].pk])
        opened = {one.inner.position: bytes(mine.decrypt(bytes(one.box))) for one in boxes_for(holder)}
        return services.half_open(actor=self.holders[place], ballot=self.ballot, boxes=opened)

    def urn_key(self, place: int = 1) -> bytes:
        """What the second of two holders gets: the key of the urn, from the first half that opens."""
        holder = KeyHolder.objects.get(ballot=self.ballot, person=self.holders[place])
        mine = nacl.public.SealedBox(self.keys[self.holders[place].pk])
        for half in halves_for(holder):
            try:
                return bytes(mine.decrypt(bytes(half.box)))
            except nacl.exceptions.CryptoError:
                continue
        raise LookupError("No half opens with this key.")

    def count(self, first: int = 0, second: int = 1) -> Ballot:
        """Opened and counted by two holders, after the closing."""
        with self.once_over(datetime.timedelta(hours=1)):
            self.half_open(first)
            services.count_secret(actor=self.holders[second], ballot=self.ballot, secret_key=self.urn_key(second))
            drain_outbox()
        return self.again()

    def counts(self) -> tuple[int, int, int, int]:
        """Rows now: roll, sealed boxes, simple votes, papers."""
        return tuple(
            model.objects.filter(ballot=self.ballot).count() for model in (RollEntry, SealedBox, SimpleVote, PaperBox)
        )


def prepared(
    *,
    method=Method.APPROVAL,
    secrecy=Secrecy.SIMPLE,
    people: int = 0,
    labels=LABELS,
    space=None,
    with_keys: bool = True,
    **fields,
) -> Made:
    """A ballot in preparation, its proposals written, and its key holders named and rehearsed when it is secret."""
    space = space or ballot_space()
    organiser = organiser_of(space)
    opens_at, closes_at = next_dates()
    if method == Method.EQUAL_SHARES:
        fields.setdefault("budget", 100_000)
    ballot = services.create_ballot(
        actor=organiser,
        space=space,
        **{
            "title": "Ce qu'on installe au dépôt",
            "question": "Que faut-il installer d'abord ?",
            "method": method,
            "secrecy": secrecy,
            "most_choices": 2,
            "opens_at": opens_at,
            "closes_at": closes_at,
        }
        | fields,
    )
    if method != Method.YES_NO:
        costs = [{"cost": 20_000 * (position + 1)} for position in range(len(labels))]
        services.set_options(
            actor=organiser,
            ballot=ballot,
            options=[
                {"label": label} | (costs[position] if method == Method.EQUAL_SHARES else {})
                for position, label in enumerate(labels)
            ],
        )
    made = Made(ballot, organiser, electors(people) if people else [])
    if secrecy == Secrecy.SECRET:
        made.holders = [AgentFactory(unit=DirectionFactory()) for _place in range(3)]
        services.set_key_holders(actor=organiser, ballot=ballot, people=made.holders)
        if with_keys:
            rehearsed(made)
        drain_outbox()
    made.again()
    return made


def rehearsed(made: Made) -> None:
    """The three make their key and rehearse."""
    for person in made.holders:
        key = made.keys[person.pk] = nacl.public.PrivateKey.generate()
        holder = services.register_key(actor=person, ballot=made.ballot, public_key=bytes(key.public_key))
        word = nacl.public.SealedBox(key).decrypt(bytes(holder.trial_box)).decode()
        services.rehearse(actor=person, ballot=made.ballot, word=word)


def opened(*, people: int = 25, **fields) -> Made:
    """A ballot whose rules and list are frozen, an hour before it takes votes."""
    made = prepared(people=people, **fields)
    made.open()
    return made


def counted(choices, *, people: int = 25, **fields) -> Made:
    """A ballot opened, cast by the first of its electors, closed and counted."""
    made = opened(people=people, **fields)
    made.cast_all(choices)
    made.close()
    if made.ballot.is_secret:
        made.count()
    return made
