"""Loads the ballots of the demo city, in every state; what was over is closed and counted by the verbs people use.

Their past is written straight: the verbs refuse, rightly, to open a ballot yesterday.
"""

import random
from datetime import datetime, time, timedelta

import nacl.public
from django.db import transaction
from django.utils import timezone

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.personas import USERNAMES
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.participation.enums import Circle
from src.participation.models import Space
from src.participation.services import grant_space_role

from .. import boxes, rules
from ..demo_content import ALL, COUNTED, OPEN, PREPARED, TOGETHER, Told
from ..electorate import people_by_rule
from ..enums import Electorate, Grade, Method, Secrecy
from ..models import Ballot, BallotOption, Elector, KeyHolder, PairBox, RollEntry, SealedBox, SimpleVote
from . import closing, counting, demo_keys, organising, telling
from .opening import freeze_list, make_keys

STEERING, ORGANISES = "RES", "lea"


def load_ballots() -> int:
    """Load those that are missing; answers how many came in."""
    return sum(_load(told) for told in ALL)


@transaction.atomic
def _load(told: Told) -> int:
    if Ballot.objects.filter(title=told.title).exists():
        return 0
    space = _space(told.slug)
    if space is None:
        return 0
    ballot = _written(told, space)
    keys = _holders(told, ballot)
    if told.stage == PREPARED:
        return 1
    ballot = _opened(told, ballot)
    _cast(told, ballot)
    if told.stage != OPEN:
        closing.close_ballot(ballot=ballot, at=ballot.closes_at)
    if told.stage == COUNTED:
        _counted(ballot, keys)
    return 1


def _space(slug: str) -> Space | None:
    space = Space.objects.filter(slug=slug).first()
    if space is None and slug == TOGETHER:
        space = Space.objects.create(
            slug=slug,
            name="Votes des équipes",
            summary="Ce qui se décide au vote entre agentes et agents.",
            circle=Circle.AGENTS,
            activities=[rules.ACTIVITY],
            identity_modes=[],
            steering_unit=Unit.objects.get(code=STEERING),
        )
        grant_space_role(user=User.objects.get(username=ORGANISES), role=Role.FACILITATOR, space=space)
    if space is not None and rules.ACTIVITY not in space.activities:
        Space.objects.filter(pk=space.pk).update(activities=[*space.activities, rules.ACTIVITY])
    return space


def _written(told: Told, space: Space) -> Ballot:
    """In preparation, with its proposals."""
    today = clock.today()
    opens_on = clock.add_working_days(today, 6) if told.stage == PREPARED else today - timedelta(days=told.opened_ago)
    closes_on = opens_on + timedelta(days=told.days)
    while not clock.is_working_day(closes_on):
        closes_on += timedelta(days=1)
    # On the morning of the day on which it would close, it closed on the last working day.
    if told.stage not in (PREPARED, OPEN) and _moment(closes_on, 18) > clock.now():
        closes_on = clock.add_working_days(closes_on, -1)
    unit = Unit.objects.get(code=told.unit) if told.unit else None
    ballot = Ballot.objects.create(
        space=space,
        title=told.title,
        introduction=told.introduction,
        question=told.question,
        method=told.method,
        secrecy=told.secrecy,
        most_choices=told.most_choices,
        seats=told.seats,
        budget=told.budget,
        majority=told.majority,
        quorum_percent=told.quorum,
        electorate=Electorate.UNIT if unit else Electorate.SPACE,
        electorate_unit=unit,
        opens_at=_moment(opens_on, 9),
        closes_at=_moment(closes_on, 18),
    )
    BallotOption.objects.bulk_create(
        BallotOption(ballot=ballot, position=position, label=label, description=description, cost=cost)
        for position, (label, description, cost, _liking) in enumerate(told.options)
    )
    return Ballot.objects.for_pages().get(pk=ballot.pk)


def _moment(day, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _holders(told: Told, ballot: Ballot) -> list:
    """The three, with their keys; those of a ballot in preparation haven't made theirs."""
    if told.secrecy != Secrecy.SECRET:
        return []
    if told.stage != PREPARED:
        return demo_keys.make_demo_holders(ballot)
    people = {one.username: one for one in User.objects.filter(username__in=demo_keys.HOLDERS)}
    organising.set_key_holders(
        actor=User.objects.get(username=ORGANISES),
        ballot=ballot,
        people=[people[username] for username in demo_keys.HOLDERS],
    )
    return []


def _opened(told: Told, ballot: Ballot) -> Ballot:
    KeyHolder.objects.filter(ballot=ballot).update(rehearsed_at=ballot.opens_at - timedelta(days=3))
    freeze_list(ballot, people_by_rule(ballot))
    if ballot.is_secret:
        ballot.public_key = make_keys(ballot)
    ballot.frozen_at = ballot.opening_told_at = ballot.opens_at
    # People were reminded, or will be by the ticker once it really ends in two days.
    ballot.save(update_fields=["public_key", "frozen_at", "opening_told_at"])
    return Ballot.objects.for_pages().get(pk=ballot.pk)


def _cast(told: Told, ballot: Ballot) -> None:
    """The crowd votes; personas keep their vote, so that a visitor can cast it."""
    dice = random.Random(told.title)  # noqa: S311 - the same city each time
    people = list(
        Elector.objects.filter(ballot=ballot, person__isnull=False)
        .exclude(person__username__in=USERNAMES)
        .order_by("person__username")
        .values_list("person_id", flat=True)
    )
    voters = dice.sample(people, len(people) * told.turnout // 100)
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, person_id=person) for person in voters)
    choices = [_choice(told, ballot, dice) for _voter in voters]
    if not ballot.is_secret:
        SimpleVote.objects.bulk_create(
            SimpleVote(ballot=ballot, person_id=person, choice=boxes.encrypt(choice))
            for person, choice in zip(voters, choices, strict=True)
        )
        return
    dice.shuffle(choices)
    sealed = [boxes.seal(bytes(ballot.public_key), choice) for choice in choices]
    SealedBox.objects.bulk_create(
        SealedBox(digest=boxes.digest_of(box), ballot=ballot, ciphertext=box) for box in sealed
    )


def _choice(told: Told, ballot: Ballot, dice: random.Random) -> list[int]:
    if dice.randrange(100) < told.blank:
        return []
    if told.method == Method.YES_NO:
        return [1 if dice.randrange(100) < 58 else 0]
    if told.method == Method.GRADES:
        last = Grade.REJECT.value
        return [min(last, max(0, round(dice.gauss(liking, 1.6)))) for *_words, liking in told.options]
    likings = [liking for *_words, liking in told.options]
    chosen = [position for position, liking in enumerate(likings) if dice.randrange(100) < liking]
    if told.method == Method.APPROVAL and len(chosen) > told.most_choices:
        dice.shuffle(chosen)
        chosen = sorted(chosen, key=lambda position: -likings[position] - dice.randrange(25))[: told.most_choices]
    return boxes.checked(ballot, chosen or [dice.choices(range(len(likings)), likings)[0]])


def _counted(ballot: Ballot, keys: list) -> None:
    """Counted the next morning; the crowd has read of it since."""
    at = ballot.closes_at + timedelta(hours=15)
    if ballot.is_secret:
        (outer, first), (inner, second) = keys[:2]
        pair = PairBox.objects.get(ballot=ballot, outer=outer, inner=inner)
        half = nacl.public.SealedBox(first).decrypt(bytes(pair.box))
        secret_key = nacl.public.SealedBox(second).decrypt(half)
        counting.count_secret(actor=inner.person, ballot=ballot, secret_key=secret_key, at=at)
    else:
        counting.count_simple(ballot=ballot, at=at)
    OutboxEvent.objects.filter(key=f"{telling.COUNTED}:{ballot.reference}").delete()
