"""Reads of ballots shaped for their pages."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.participation.enums import Channel

from . import boxes, rules, words
from .enums import State
from .models import Ballot, Elector, RollEntry, SimpleVote

TONES = {
    State.PREPARED: "warn",
    State.READY: "",
    State.OPEN: "ok",
    State.CLOSED: "",
    State.COUNTED: "info",
    State.CANCELLED: "danger",
}
ICONS = {
    State.PREPARED: "pencil",
    State.READY: "clock",
    State.OPEN: "circle-play",
    State.CLOSED: "hourglass",
    State.COUNTED: "chart-column",
    State.CANCELLED: "circle-x",
}
ROUNDED_TO, AN_HOUR = 10, 3600


@dataclass(frozen=True)
class Card:
    """A ballot of a list, as one viewer meets it."""

    ballot: Ballot
    state: State
    may_vote: bool
    voted: bool

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def url(self) -> str:
        return self.ballot.get_absolute_url()

    @property
    def when(self) -> str:
        return words.state_words(self.ballot, self.state)

    @property
    def waits(self) -> bool:
        """Whether the viewer may vote now and hasn't."""
        return self.state == State.OPEN and self.may_vote and not self.voted


def with_own_part(ballots, viewer):
    """A queryset of ballots that knows whether the viewer may vote, and did."""
    own = {"ballot": OuterRef("pk"), "person_id": as_viewer(viewer).user_id or 0}
    return ballots.annotate(
        may_vote=Exists(Elector.objects.filter(**own)), voted=Exists(RollEntry.objects.filter(**own))
    )


def cards(ballots) -> list[Card]:
    """Cards of ballots read ``with_own_part``."""
    return [Card(one, rules.state_of(one), one.may_vote, one.voted) for one in ballots]


@dataclass(frozen=True)
class Part:
    """What one person is to one ballot."""

    is_elector: bool
    channel: str
    choice: list | None

    @property
    def voted(self) -> bool:
        return bool(self.channel)

    @property
    def voted_on_paper(self) -> bool:
        return self.channel == Channel.PAPER


def part_of(viewer, ballot) -> Part:
    """Whether the viewer may vote, by which channel they did; two statements. No choice is read."""
    viewer = as_viewer(viewer)
    if not viewer.is_authenticated:
        return Part(False, "", None)
    channel = RollEntry.objects.filter(ballot=ballot, person_id=viewer.user_id).values_list("channel", flat=True)
    return Part(rules.is_elector(viewer, ballot), channel.first() or "", None)


def own_choice(viewer, ballot) -> list | None:
    """The choice of one's own simple vote, to change it; None of a secret vote, on paper, or without a vote."""
    if ballot.is_secret:
        return None
    kept = SimpleVote.objects.filter(ballot=ballot, person_id=as_viewer(viewer).user_id).values_list(
        "choice", flat=True
    )
    content = kept.first()
    return None if content is None else boxes.read(ballot, boxes.decrypt(bytes(content)))


def turnout_words(ballot) -> str:
    """How many voted of an open simple vote, by tens and an hour old; nothing of a secret one before its count."""
    if ballot.is_secret or rules.state_of(ballot) != State.OPEN:
        return ""
    key = f"ballots.turnout.{ballot.reference}"
    kept = cache.get(key)
    if kept is None:
        voted = RollEntry.objects.filter(ballot=ballot).count() // ROUNDED_TO * ROUNDED_TO
        kept = voted, Elector.objects.filter(ballot=ballot).count()
        cache.set(key, kept, AN_HOUR)
    voted, electors = kept
    among = ngettext("%(n)d person may vote.", "%(n)d people may vote.", electors) % {"n": electors}
    if not voted:
        return among
    return _("%(among)s More than %(voted)d have voted, counted by tens every hour.") % {
        "among": among,
        "voted": voted,
    }


def same_receipt(typed: str, receipts: list[str]) -> bool:
    """Whether a receipt, typed with or without its dashes, O for 0 and I or L for 1, is in the list."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    signs = signs.replace("O", "0").replace("I", "1").replace("L", "1")
    return signs in {one.replace("-", "") for one in receipts}
