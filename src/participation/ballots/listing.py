"""The ballots of the list, as asked: what is going on first, then those that are over."""

from dataclasses import dataclass, field

from django.db.models import Q

from src.foundations import clock, keyset
from src.participation.models import Space
from src.search.analyser import fold

from .models import Ballot
from .selectors import with_own_part

OPEN, COMING, COUNTING, COUNTED, CANCELLED = "ouverts", "a-venir", "a-depouiller", "resultats", "annules"
STATES = (OPEN, COMING, COUNTING, COUNTED, CANCELLED)
MOST_CURRENT, SIZE = 60, 20


@dataclass(frozen=True)
class Question:
    """What is asked of the list."""

    words: str = ""
    state: str = ""
    space: str = ""

    @classmethod
    def read(cls, query) -> "Question":
        """From an address; what isn't understood is left out."""
        state = query.get("etat", "")
        words = query.get("q", "").replace("\x00", "")[:80].strip()
        space = query.get("lieu", "").replace("\x00", "")[:80]
        return cls(words, state if state in STATES else "", space)

    @property
    def asked(self) -> dict:
        pairs = (("q", self.words), ("etat", self.state), ("lieu", self.space))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True)
class Found:
    """What answers the question: current ones, soonest to close first, and one page of those that are over."""

    current: list = field(default_factory=list)
    past: keyset.Page | None = None


def opened(viewer):
    """Ballots that were opened, through the gate."""
    return Ballot.objects.visible_to(viewer).filter(frozen_at__isnull=False)


def found(viewer, question: Question, *, cursor: str = "") -> Found:
    """Three statements at most, whatever their number."""
    some = with_own_part(_asked(viewer, question), viewer).select_related("space")
    over = Q(counted_at__isnull=False) | Q(cancelled_at__isnull=False)
    current = [] if cursor else list(some.exclude(over).order_by("closes_at", "pk")[:MOST_CURRENT])
    # What is open stands before what is only to come, or to be counted.
    current.sort(key=lambda one: (not _is_open(one), one.voted or not one.may_vote))
    return Found(current, keyset.paginate(some.filter(over), order=("-closes_at", "-pk"), cursor=cursor, size=SIZE))


def _is_open(ballot) -> bool:
    return ballot.opens_at <= clock.now() < ballot.closes_at and ballot.closed_at is None


def _asked(viewer, question: Question):
    some = opened(viewer)
    if question.state:
        some = some.filter(_in_state(question.state))
    if question.space:
        some = some.filter(space__slug=question.space)
    if not question.words:
        return some
    # Ballots are hundreds, never thousands: their titles are folded once here, as the search folds them.
    asked = fold(question.words).split()
    pks = [
        pk
        for pk, title, space in some.order_by().values_list("pk", "title", "space__name")
        if all(word in fold(f"{title} {space}") for word in asked)
    ]
    return some.filter(pk__in=pks)


def _in_state(state: str) -> Q:
    now = clock.now()
    standing = Q(cancelled_at__isnull=True, counted_at__isnull=True)
    closed = Q(closed_at__isnull=False) | Q(closes_at__lte=now)
    if state == CANCELLED:
        return Q(cancelled_at__isnull=False)
    if state == COUNTED:
        return Q(counted_at__isnull=False, cancelled_at__isnull=True)
    if state == COUNTING:
        return standing & closed
    begun = Q(opens_at__lte=now)
    return standing & ~closed & (begun if state == OPEN else ~begun)


def spaces(viewer) -> list[tuple[str, str]]:
    """Spaces in which the viewer finds ballots: short name and name."""
    held = Space.objects.filter(pk__in=opened(viewer).order_by().values("space"))
    return list(held.order_by("name").values_list("slug", "name"))
