"""Votes: several recommendations put to the vote in one gesture, by ballots or in the room, and called off."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Membership, Panel
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.services import cancel_ballot, create_ballot, delete_ballot, open_ballot

from ..enums import AmendmentState, DraftState, VoteWay
from ..models import AdoptionRule, Amendment, Recommendation, Vote
from .gates import organising, worded

MOST_AT_ONCE = 30
# As long as that of a ballot called off.
MOST_BECAUSE = 300


@transaction.atomic
def put_to_ballot(
    *, actor, panel: Panel, numbers: Iterable[int], opens_at: datetime, closes_at: datetime,
    secrecy: str = Secrecy.SIMPLE,
) -> list[Vote]:  # fmt: skip
    """Make one yes-or-no ballot a recommendation, in the members' space, with the same dates.

    Organisers. Simple ones are opened at once: the text and the rule no longer change. Secret ones wait for their key
    holders (``open_votes``); their text no longer changes either. Refuses without a rule, drafts that aren't, dates
    that ballots refuse.
    """
    held, drafts = _drafts(actor, panel, numbers)
    if held.space_id is None:
        raise WrongState(_("Begin the work first: members have no space yet."), code="state")
    user = getattr(actor, "user", actor)
    made = []
    for draft in drafts:
        ballot = create_ballot(
            actor=user,
            space=held.space,
            secrecy=secrecy,
            opens_at=opens_at,
            closes_at=closes_at,
            **_words(held, draft),
        )
        made.append(
            Vote.objects.create(recommendation=draft, version=draft.current, way=VoteWay.BALLOT, ballot=ballot)
        )
    _proposed(held, drafts, actor, VoteWay.BALLOT)
    if secrecy == Secrecy.SIMPLE:
        for vote in made:
            _open(vote, user)
    return made


@transaction.atomic
def open_votes(*, actor, panel: Panel) -> int:
    """Open the ballots that wait; answers how many. Refuses, with their reasons, those that can't open yet."""
    held = organising(actor, panel, PanelState.DELIBERATING)
    waiting = Vote.objects.filter(
        recommendation__panel=held, ballot__frozen_at__isnull=True, ballot__isnull=False, called_off_at__isnull=True
    )
    found = list(
        waiting.select_related("ballot__space", "recommendation", "version").order_by("recommendation__number")
    )
    for vote in found:
        vote.recommendation.panel = held
        _refuse_other_words(vote)
        _open(vote, getattr(actor, "user", actor))
    return len(found)


@transaction.atomic
def put_to_room(*, actor, panel: Panel, numbers: Iterable[int], held_on: date) -> list[Vote]:
    """Open a vote in the room, on paper, counted by two people: for a session that can't last 72 hours.

    Organisers. From then on the text and the rule no longer change. Refuses without a rule, drafts that aren't, and a
    day to come.
    """
    held, drafts = _drafts(actor, panel, numbers)
    if held_on > clock.today():
        raise ValidationError({"held_on": _("This day is to come: open the vote on its day.")})
    members = Membership.objects.sitting().filter(panel=held).count()
    made = [
        Vote.objects.create(
            recommendation=draft, version=draft.current, way=VoteWay.ROOM, held_on=held_on, opened_at=clock.now(),
            members=members,
        )
        for draft in drafts
    ]  # fmt: skip
    _proposed(held, drafts, actor, VoteWay.ROOM)
    return made


@transaction.atomic
def call_off(*, actor, vote: Vote, because: str) -> Vote:
    """Call a vote off before it is counted, with a reason; its recommendation is a draft again. Organisers."""
    held = organising(actor, vote.recommendation.panel, PanelState.DELIBERATING)
    found = Vote.objects.select_for_update(of=("self",)).select_related("recommendation", "ballot").get(pk=vote.pk)
    said = worded("because", because, MOST_BECAUSE, missing=_("Write why: everybody who could vote reads it."))
    if found.is_settled or found.called_off_at is not None:
        raise WrongState(_("This vote is over."), code="state")
    user, ballot = getattr(actor, "user", actor), found.ballot
    found.called_off_at, found.called_off_because = clock.now(), said
    if ballot is not None and ballot.frozen_at is None:
        found.ballot = None
    found.save(update_fields=["called_off_at", "called_off_because", "ballot"])
    if ballot is not None and ballot.frozen_at is None:
        delete_ballot(actor=user, ballot=ballot)
    elif ballot is not None and ballot.cancelled_at is None and ballot.counted_at is None:
        cancel_ballot(actor=user, ballot=ballot, because=said)
    Recommendation.objects.filter(pk=found.recommendation_id).update(state=DraftState.DRAFT)
    record("vote_called_off", held, actor=actor, about=f"recommendation:{found.recommendation.number}", at_once=True)
    return found


def words_of(panel: Panel, draft: Recommendation, version) -> dict:
    """What the ballot of a recommendation says: its number, its title, the words that are voted."""
    return {
        "title": _("%(panel)s: recommendation %(n)d") % {"panel": panel.title[:90], "n": draft.number},
        "introduction": f"{version.title}\n\n{version.text}",
        "question": _("Do you adopt recommendation %(n)d, “%(title)s”?") % {"n": draft.number, "title": version.title},
        "method": Method.YES_NO,
    }


def keeps_its_words(vote: Vote) -> bool:
    """Whether the ballot still asks what was put to the vote: whoever organises the space may change it before."""
    ballot = vote.ballot
    told = f"{vote.version.title}\n\n{vote.version.text}"
    return ballot.method == Method.YES_NO and ballot.introduction == told and ballot.electorate == "space"


def _words(panel: Panel, draft: Recommendation) -> dict:
    return words_of(panel, draft, draft.current)


def _refuse_other_words(vote: Vote) -> None:
    if not keeps_its_words(vote):
        raise WrongState(
            _("The ballot of recommendation %(n)d was changed: call it off, and put it to the vote again.")
            % {"n": vote.recommendation.number},
            code="words",
        )


def _drafts(actor, panel: Panel, numbers: Iterable[int]) -> tuple[Panel, list[Recommendation]]:
    held = organising(actor, panel, PanelState.DELIBERATING)
    wanted = sorted(set(numbers))
    if not AdoptionRule.objects.filter(panel=held).exists():
        raise WrongState(_("Write the adoption rule first: it is known before anybody votes."), code="rule")
    if not wanted:
        raise ValidationError({"numbers": _("Choose the recommendations that are voted.")})
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError({"numbers": _("Put %(most)d to the vote at most.") % {"most": MOST_AT_ONCE}})
    found = Recommendation.objects.select_for_update(of=("self",)).filter(panel=held, number__in=wanted)
    drafts = list(found.prefetch_related("versions").order_by("number"))
    if len(drafts) < len(wanted) or any(not one.is_draft for one in drafts):
        raise WrongState(_("One of these recommendations is no draft any more: read the list again."), code="state")
    return held, drafts


def _proposed(panel: Panel, drafts: list[Recommendation], actor, way: str) -> None:
    """Their text no longer changes; amendments still discussed end with it, and say so."""
    Recommendation.objects.filter(pk__in=[one.pk for one in drafts]).update(state=DraftState.PROPOSED)
    Amendment.objects.filter(recommendation__in=drafts, state=AmendmentState.OPEN).update(
        state=AmendmentState.REJECTED, reason=_("The recommendation was put to the vote before it was decided."),
        ended_at=clock.now(),
    )  # fmt: skip
    record(
        "put_to_the_vote", panel, actor=actor, payload={"numbers": [one.number for one in drafts], "way": str(way)},
        at_once=True,
    )  # fmt: skip


def _open(vote: Vote, user) -> None:
    ballot = open_ballot(actor=user, ballot=vote.ballot)
    panel = vote.recommendation.panel
    vote.opened_at = ballot.frozen_at
    vote.members = Membership.objects.sitting().filter(panel=panel).count()
    vote.save(update_fields=["opened_at", "members"])
