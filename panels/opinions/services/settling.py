"""The end of a vote: the rule that was written beforehand, held against what was counted, by exact numbers."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Membership, Panel
from panels.rules import may_run, refuse_unless
from panels.services.preparing import WrongState, hold
from panels.services.recording import record
from src.foundations import clock
from src.participation.ballots import masks
from src.participation.ballots.counting import Spec, Tally
from src.participation.ballots.models import Ballot

from ..arithmetic import Figures, Rule, decided
from ..enums import DraftState, K, VoteWay
from ..models import AdoptionRule, Recommendation, RoomCount, Vote
from .voting import keeps_its_words

log = logging.getLogger("terrain.panels")


@dataclass(frozen=True)
class Counts:
    """What one person counted of a vote in the room."""

    favour: int
    against: int
    blank: int


def follow_count(ballot: Ballot, tally: Tally, voted: int) -> None:
    """Settle the vote of a ballot just counted, by its exact totals: what is told of them may be masked."""
    vote = _ballots().filter(ballot=ballot).first()
    if vote is not None and keeps_its_words(vote):
        _settle_ballot(vote, ballot, tally, voted)


@transaction.atomic
def settle(*, actor, vote: Vote) -> Vote:
    """Settle a vote whose ballot is counted and that wasn't settled then. Twice changes nothing. The team.

    Refuses a ballot that isn't counted, that asks something else, or whose figures as told don't decide.
    """
    refuse_unless(may_run(actor, vote.recommendation.panel))
    found = Vote.objects.select_related("recommendation__panel", "ballot", "version").get(pk=vote.pk)
    if not found.is_settled:
        _settle_from_what_is_told(found)
        found.refresh_from_db()
    return found


def settle_due(now=None) -> int:
    """Settle what a follower missed, as the ticker does; answers how many. What can't be stays for its organisers."""
    done = 0
    for vote in _ballots().filter(ballot__counted_at__isnull=False):
        try:
            with transaction.atomic():
                _settle_from_what_is_told(vote)
            done += 1
        except (ValidationError, IntegrityError) as error:
            log.warning(
                "panels.vote_not_settled", extra={"reference": vote.ballot.reference, "error": type(error).__name__}
            )
    return done


@transaction.atomic
def type_counts(*, actor, panel: Panel, present: int, counts: Mapping[int, Counts]) -> list[int]:
    """Type what was counted in the room, by the number of each recommendation; answers those that are settled.

    The team. A first person types; a second types the same without seeing it, and the rule is held against it. Refuses
    more votes than people present, more people than members; what differs from the first count is told, not how.
    """
    held = hold(panel, PanelState.DELIBERATING)
    refuse_unless(may_run(actor, held))
    open_ones = Vote.objects.select_for_update(of=("self",)).filter(
        recommendation__panel=held, way=VoteWay.ROOM, settled_at__isnull=True, called_off_at__isnull=True,
        recommendation__number__in=list(counts),
    )  # fmt: skip
    votes = {one.recommendation.number: one for one in open_ones.select_related("recommendation", "first_count")}
    if set(votes) != set(counts):
        raise WrongState(_("One of these votes is over: read the list again."), code="state")
    _refuse_wrong(votes, present, counts)
    user, settled, differ = getattr(actor, "user", actor), [], []
    for number, vote in sorted(votes.items()):
        first = getattr(vote, "first_count", None)
        typed = {"present": present, **vars(counts[number])}
        if first is None or first.typed_by_id in (None, user.pk):
            RoomCount.objects.update_or_create(
                vote=vote, defaults={**typed, "typed_by": user, "typed_at": clock.now()}
            )
        elif any(getattr(first, name) != value for name, value in typed.items()):
            differ.append(number)
        else:
            figures = Figures(**vars(counts[number]), void=0, present=present, members=vote.members)
            _write(vote, figures, is_told=figures.expressed >= K, by=user)
            first.delete()
            settled.append(number)
    if differ:
        raise ValidationError(
            _("These counts aren’t the first person’s: %(numbers)s. Count again together, then each types again.")
            % {"numbers": ", ".join(map(str, differ))},
            code="differ",
        )
    record("room_counted", held, actor=actor, payload={"typed": sorted(votes), "settled": settled}, at_once=True)
    return settled


def _refuse_wrong(votes, present: int, counts: Mapping[int, Counts]) -> None:
    for number, one in counts.items():
        if min(one.favour, one.against, one.blank, present) < 0:
            raise ValidationError(_("Write whole numbers, from 0."))
        if one.favour + one.against + one.blank > present:
            raise ValidationError(
                _("Recommendation %(n)d: more votes than people present. Count again.") % {"n": number}
            )
        if present > votes[number].members:
            raise ValidationError(
                {"present": _("The panel has %(n)d members: no more can be present.") % {"n": votes[number].members}}
            )


def _ballots():
    """Votes by ballot that stand and aren't settled."""
    return Vote.objects.filter(way=VoteWay.BALLOT, settled_at__isnull=True, called_off_at__isnull=True).select_related(
        "recommendation__panel", "ballot__space", "version"
    )


def _settle_from_what_is_told(vote: Vote) -> None:
    ballot = vote.ballot
    if ballot is None or ballot.counted_at is None:
        raise WrongState(_("This vote isn’t counted yet."), code="state")
    if not keeps_its_words(vote):
        raise WrongState(_("The ballot asks something else than what was put to the vote: call it off."), code="words")
    told = ballot.result
    total = told.get("total")
    if total is None or None in total["counts"]:
        raise WrongState(
            _("The figures told of this ballot don’t decide: call it off, and vote again."), code="masked"
        )
    ballot = Ballot.objects.for_pages().get(pk=ballot.pk)
    _settle_ballot(vote, ballot, Tally.from_json(Spec.of(ballot), total), told["voted"])


def _settle_ballot(vote: Vote, ballot: Ballot, tally: Tally, voted: int) -> None:
    yes, no = tally.counts
    if vote.opened_at is None:
        vote.opened_at = ballot.frozen_at
    if vote.members is None:
        vote.members = Membership.objects.sitting().filter(panel=vote.recommendation.panel).count()
    figures = Figures(yes, no, tally.blank, tally.void, max(voted, tally.ballots), vote.members)
    is_told = not masks.withheld(tally) and not any(masks.over_ninety(n, tally.expressed) for n in (yes, no))
    _write(vote, figures, is_told=is_told)


def _write(vote: Vote, figures: Figures, *, is_told: bool, by=None) -> None:
    """The outcome and its arithmetic, in the caller's transaction; figures that aren't told are forgotten."""
    panel = vote.recommendation.panel
    written = AdoptionRule.objects.get(panel=panel)
    rule = Rule(written.numerator, written.denominator, written.base, written.quorum_percent or 0)
    found = decided(rule, figures)
    vote.present, vote.members = figures.present, figures.members
    if is_told:
        vote.favour, vote.against = figures.favour, figures.against
        vote.blank, vote.void = figures.blank, figures.void
    vote.numerator, vote.denominator = written.numerator, written.denominator
    vote.base, vote.quorum_percent = written.base, written.quorum_percent
    vote.quorum_met, vote.is_met = found.quorum_met, found.is_met
    vote.settled_at, vote.checked_by = clock.now(), by
    vote.save()
    state = DraftState.ADOPTED if found.is_met else DraftState.NOT_ADOPTED
    Recommendation.objects.filter(pk=vote.recommendation_id, state=DraftState.PROPOSED).update(state=state)
    record(
        "vote_settled", panel, about=f"recommendation:{vote.recommendation.number}", actor=by,
        payload={"is_met": found.is_met}, at_once=True,
    )  # fmt: skip
