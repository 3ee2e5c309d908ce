"""Preparing a ballot: its rules, its proposals, who holds its keys. Nothing is public before the opening."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, journal
from src.participation.models import Space

from .. import elections, rules
from ..closing_dates import first_dates
from ..enums import Electorate, Method
from ..models import Ballot, BallotOption, KeyHolder
from ..models.ballot import MOST_EUROS, MOST_OPTIONS, MOST_SHARED_OPTIONS
from ..models.keys import HOLDERS
from .gates import held_by_organiser, refuse_once_frozen
from .telling import ask_key_of, called_off

FIELDS = (
    "title", "introduction", "question", "minutes", "method", "secrecy", "most_choices", "seats", "budget", "majority",
    "quorum_percent", "electorate", "electorate_unit", "opens_at", "closes_at", "prepares_decisions",
)  # fmt: skip
LEAST_OPTIONS = 2
LONGEST_LABEL = 200


@transaction.atomic
def create_ballot(*, actor, space: Space, elects_representatives: bool = False, **fields) -> Ballot:
    """Begin to prepare a ballot of a space; refuses who doesn't organise there, and dates that don't hold.

    ``elects_representatives``: what the organiser answers to the question whether it elects staff representatives.
    Refused, as is a title or a question that says it does.
    """
    made = Ballot(space=space, **_known(fields))
    if not rules.may_organise(actor, made):
        raise PermissionDenied(_("Only those who organise this space prepare a ballot there."))
    _check(made, elects_representatives)
    made.save()
    journal.record("ballots.created", actor=actor, object_ref=f"ballot:{made.reference}")
    return made


def prepare_choice(*, actor, space: Space, after: datetime) -> Ballot:
    """Begin the vote by which people choose among what a space will have studied until ``after``.

    Simple, of everybody who takes part there; as many may be ticked as are chosen, and its results become prepared
    decisions. It opens on the next working morning, for eight days at least. Its proposals are left to write.
    """
    opens_at, closes_at = first_dates(max(after, clock.now()))
    number = min(space.chosen_count or 1, rules.MOST_NUMBER)
    return create_ballot(
        actor=actor,
        space=space,
        title=_("The vote: %(space)s") % {"space": space.name[:120]},
        question=ngettext("Which proposal do you choose?", "Which proposals do you choose? %(n)d at most.", number)
        % {"n": number},
        most_choices=number,
        seats=number,
        opens_at=opens_at,
        closes_at=closes_at,
        prepares_decisions=True,
    )


@transaction.atomic
def change_ballot(*, actor, ballot: Ballot, **fields) -> Ballot:
    """Write the rules again, before the opening."""
    held = held_by_organiser(actor, ballot)
    refuse_once_frozen(held)
    for name, value in _known(fields).items():
        setattr(held, name, value)
    _check(held)
    if held.method == Method.YES_NO:
        held.options.all().delete()
    held.save()
    return held


@transaction.atomic
def set_options(*, actor, ballot: Ballot, options: Sequence[Mapping]) -> list[BallotOption]:
    """Write the proposals, in this order, in place of those before. A yes-or-no question has none.

    Each is ``label``, and ``description``, ``cost`` (euros), ``subject_kind`` and ``subject_reference`` when it has
    them. Refuses more than a vote can hold, the same words twice, and a project without its cost under a budget; fewer
    than two are refused at the opening alone.
    """
    held = held_by_organiser(actor, ballot)
    refuse_once_frozen(held)
    faults = faults_of_options(held, options, is_finished=False)
    if faults:
        raise ValidationError(faults)
    held.options.all().delete()
    return BallotOption.objects.bulk_create(
        BallotOption(ballot=held, position=position, **option) for position, option in enumerate(options)
    )


def faults_of_options(ballot: Ballot, options: Sequence[Mapping], *, is_finished: bool = True) -> list[str]:
    """What the proposals lack before the ballot can open; empty when they hold. Unfinished, there may be one."""
    if ballot.method == Method.YES_NO:
        return [_("A yes-or-no question takes no proposal.")] if options else []
    faults = []
    most = MOST_SHARED_OPTIONS if ballot.method == Method.EQUAL_SHARES else MOST_OPTIONS
    if is_finished and len(options) < LEAST_OPTIONS:
        faults.append(_("Write two proposals at least."))
    if len(options) > most:
        faults.append(_("Keep %(most)d proposals at most.") % {"most": most})
    labels = [str(option["label"]).strip() for option in options]
    if not all(labels):
        faults.append(_("A proposal has no words: write them, or take it off."))
    if any(len(label) > LONGEST_LABEL for label in labels):
        faults.append(_("A proposal has %(most)d signs at most; the rest goes under it.") % {"most": LONGEST_LABEL})
    if any((option.get("cost") or 0) > MOST_EUROS for option in options):
        faults.append(_("A cost is too high: write it in euros."))
    if len({label.casefold() for label in labels}) < len(labels):
        faults.append(_("Two proposals have the same words: change one of them."))
    if ballot.method == Method.EQUAL_SHARES:
        without = [option["label"] for option in options if not option.get("cost")]
        if without:
            faults.append(_("These projects have no cost: %(projects)s.") % {"projects": ", ".join(without)})
    return faults


@transaction.atomic
def set_key_holders(*, actor, ballot: Ballot, people: Iterable) -> list[KeyHolder]:
    """Name the three who hold the keys; those already named keep the key they made.

    Refuses another number, the same person twice, an organiser of the ballot, and people of one hierarchy: of one
    direction, or one above the other (design, trust 2.2).
    """
    held = held_by_organiser(actor, ballot)
    refuse_once_frozen(held)
    found = list(people)
    faults = faults_of_holders(held, found)
    if faults:
        raise ValidationError(faults)
    known = {one.person_id: one for one in held.key_holders.all()}
    gone = [one.pk for person, one in known.items() if person not in {somebody.pk for somebody in found}]
    KeyHolder.objects.filter(pk__in=gone).delete()
    kept = [known[somebody.pk] for somebody in found if somebody.pk in known]
    free = iter(sorted(set(range(1, HOLDERS + 1)) - {one.position for one in kept}))
    for somebody in found:
        if somebody.pk not in known:
            KeyHolder.objects.create(ballot=held, position=next(free), person=somebody)
            ask_key_of(held, somebody)
    journal.record("ballots.key_holders", actor=actor, object_ref=f"ballot:{held.reference}", chain_now=True)
    return list(held.key_holders.order_by("position"))


def faults_of_holders(ballot: Ballot, people: Sequence) -> list[str]:
    """Why these people can't hold the keys together; empty when they can."""
    if len({somebody.pk for somebody in people}) != HOLDERS or len(people) != HOLDERS:
        return [_("Name three different people.")]
    faults = [
        _("%(name)s has no open account: name somebody else.") % {"name": somebody.get_full_name()}
        for somebody in people
        if not somebody.is_active
    ]
    faults += [
        _("%(name)s organises this ballot: somebody else holds the key.") % {"name": somebody.get_full_name()}
        for somebody in people
        if rules.may_organise(somebody, ballot)
    ]
    directions = [_direction(somebody) for somebody in people]
    told = [one for one in directions if one is not None]
    if len(told) == HOLDERS and len(set(told)) == 1:
        faults.append(_("These three people are of the same direction: choose at least one elsewhere."))
    return faults


def _direction(somebody) -> int | None:
    """The direction of somebody's post, None for an external account."""
    affectation = somebody.current_affectation
    return affectation.unit.direction_id if affectation is not None else None


@transaction.atomic
def cancel_ballot(*, actor, ballot: Ballot, because: str) -> Ballot:
    """Call off an opened ballot before it is counted, with a reason that everybody reads; nothing of it is counted.

    Refuses one already counted, and one cancelled. The votes go with the keys.
    """
    held = held_by_organiser(actor, ballot)
    if held.frozen_at is None or held.counted_at is not None or held.cancelled_at is not None:
        raise ValidationError(_("There is nothing to call off any more."), code="state")
    because = because.strip()
    if not because:
        raise ValidationError({"because": _("Write why: everybody reads it.")}, code="because")
    held.cancelled_at, held.cancelled_because = clock.now(), because
    held.save(update_fields=["cancelled_at", "cancelled_because"])
    journal.record(
        "ballots.cancelled", actor=actor, object_ref=f"ballot:{held.reference}", payload={"because": because},
        chain_now=True,
    )  # fmt: skip
    called_off(held)
    return held


@transaction.atomic
def delete_ballot(*, actor, ballot: Ballot) -> None:
    """Throw away one that was never opened."""
    held = held_by_organiser(actor, ballot)
    refuse_once_frozen(held)
    journal.record("ballots.deleted", actor=actor, object_ref=f"ballot:{held.reference}")
    held.delete()


def _known(fields: Mapping) -> dict:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"Not a field of a ballot: {', '.join(sorted(unknown))}.")
    return dict(fields)


def _check(ballot: Ballot, elects_representatives: bool = False) -> None:
    if elects_representatives or elections.looks_like_one(ballot.title, ballot.question):
        raise ValidationError({"question": elections.refusal()}, code="election")
    faults: dict = dict(rules.faults_of_dates(ballot.opens_at, ballot.closes_at))
    faults |= rules.faults_of_numbers(ballot)
    if ballot.electorate == Electorate.UNIT and ballot.electorate_unit_id is None:
        faults["electorate_unit"] = _("Choose the unit whose people vote.")
    if faults:
        raise ValidationError(faults)


def person_named(username: str):
    """The account of that identifier, or None."""
    return get_user_model().objects.filter(username=username, is_active=True).first()
