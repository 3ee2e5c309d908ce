"""Reads of statements, shaped for their pages. Of answers, one's own alone, and how many."""

import hashlib

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from . import rules
from .enums import StatementState
from .models import Round, Statement, StatementVote

# Answers by which a statement is behind another: less would tell, by the order, what was just answered.
STEP = 5


def rounds_of(viewer, panel):
    """The rounds somebody may know of, the last first, with what is shown, what waits, what one answered."""
    seat = rules.membership_id(viewer, panel)
    own = StatementVote.objects.filter(
        membership_id=seat, statement__round=OuterRef("pk"), statement__state=StatementState.SHOWN
    )
    return (
        Round.objects.visible_to(viewer)
        .filter(panel=panel)
        .annotate(
            shown=Count("statements", filter=Q(statements__state=StatementState.SHOWN)),
            waiting=Count("statements", filter=Q(statements__state=StatementState.PROPOSED)),
            answered=_counted(own, "statement__round"),
        )
        .order_by("-opens_on", "-pk")
    )


def _counted(found, by: str):
    counts = found.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def round_of(viewer, panel, reference: str) -> Round | None:
    """One of them, with its map."""
    found = Round.objects.visible_to(viewer).select_related("snapshot")
    return found.filter(panel=panel, reference=reference).first()


def statement_of(viewer, round_: Round, reference: str) -> Statement | None:
    """One statement somebody may know of."""
    return Statement.objects.visible_to(viewer).filter(round=round_, reference=reference).first()


def own_choice(viewer, round_: Round):
    """What the person answered to each statement, for an annotation."""
    seat = rules.membership_id(viewer, round_.panel)
    found = StatementVote.objects.filter(membership_id=seat, statement=OuterRef("pk"))
    return Subquery(found.values("choice")[:1])


def answers_of(viewer, round_: Round) -> list[Statement]:
    """The statements shown, each with what the person answered (``choice``, none where they didn't); one statement."""
    shown = Statement.objects.shown().filter(round=round_)
    return list(shown.annotate(choice=own_choice(viewer, round_)).order_by("number"))


def next_of(viewer, round_: Round) -> Statement | None:
    """The next statement to answer: the least answered first, then in an order of the person's own that stays.

    One statement. How many answers each has is read by fives.
    """
    seat = rules.membership_id(viewer, round_.panel)
    mine = StatementVote.objects.filter(membership_id=seat)
    left = Statement.objects.shown().filter(round=round_).exclude(pk__in=mine.values("statement"))
    left = list(left.annotate(cast=Count("votes")))
    return min(left, key=lambda one: (one.cast // STEP, _shuffled(seat, one.pk)), default=None)


def _shuffled(seat: int, pk: int) -> bytes:
    return hashlib.sha256(f"{seat}:{pk}".encode()).digest()


def progress_of(viewer, round_: Round) -> tuple[int, int]:
    """How many statements the person answered, of how many; one statement."""
    seat = rules.membership_id(viewer, round_.panel)
    found = Statement.objects.shown().filter(round=round_)
    counts = found.aggregate(
        total=Count("pk", distinct=True), answered=Count("votes", filter=Q(votes__membership_id=seat))
    )
    return counts["answered"], counts["total"]


def proposed_by(viewer, round_: Round):
    """What the person proposed, with how the team read it; one statement."""
    seat = rules.membership_id(viewer, round_.panel)
    return Statement.objects.filter(round=round_, author_id=seat).select_related("same_as").order_by("pk")


def statements_of(round_: Round):
    """Every statement of a round for the team, without who proposed it; those that wait first, one statement."""
    found = Statement.objects.filter(round=round_).select_related("same_as").defer("author")
    return found.order_by(F("number").asc(nulls_first=True), "pk")


def taking_part(round_: Round) -> int:
    """How many members answered something; one statement."""
    return StatementVote.objects.filter(statement__round=round_).aggregate(n=Count("membership", distinct=True))["n"]
