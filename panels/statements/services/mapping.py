"""Closing a round, and making its map: figures stay, the answers they come from are erased in the same transaction."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from src.foundations import clock, runs

from .. import rules
from ..figures import figures_of
from ..models import MapSnapshot, Round, Statement, StatementVote
from ..models.round import PAPER_DAYS
from .holding import hold, note

JOB = "panel_statements.map"


@transaction.atomic
def close_round(*, actor, round_: Round) -> Round:
    """Close a round that has begun: nobody answers it any more, a job makes its map. Organisers."""
    held = hold(round_)
    rules.refuse_unless(rules.may_close(actor, held.panel))
    if held.is_coming:
        raise WrongState(_("This round isn’t open yet."), code="early")
    return _close(held, actor)


def close_due(now) -> int:
    """Close the rounds whose last day is past, a week later where members receive everything by post; how many.

    A map whose making failed is asked for again.
    """
    today, closed = timezone.localdate(now), 0
    for one in Round.objects.filter(closed_at__isnull=True, closes_on__lt=today).order_by("pk"):
        by_post = Membership.objects.sitting().filter(panel_id=one.panel_id, by_post=True).exists()
        if by_post and today <= one.closes_on + timedelta(days=PAPER_DAYS):
            continue
        with transaction.atomic():
            try:
                held = hold(one)
            except WrongState:
                continue
            _close(held, None)
            closed += 1
    for one in Round.objects.filter(closed_at__isnull=False, is_discarded=False, snapshot__isnull=True).order_by("pk"):
        if not runs.any_open([one.run_id]):
            with transaction.atomic():
                _start(one)
    return closed


def _close(held: Round, actor) -> Round:
    held.closed_at = clock.now()
    Round.objects.filter(pk=held.pk).update(closed_at=held.closed_at)
    _start(held)
    note("closed", held, actor)
    return held


def _start(one: Round) -> None:
    run = runs.start(JOB, round=one.pk)
    Round.objects.filter(pk=one.pk).update(run_id=run.pk)
    one.run_id = run.pk


@transaction.atomic
def freeze_map(*, round_: Round) -> MapSnapshot:
    """Make the map of a closed round and erase its answers, both or neither; twice answers the first.

    Answers to statements that are no longer shown, and answers of who has left, don't count.
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("panel").get(pk=round_.pk)
    if not held.is_closed or held.is_discarded:
        raise WrongState(_("This round isn’t closed."), code="open")
    made = MapSnapshot.objects.filter(round=held).first()
    if made is not None:
        return made
    numbers = list(Statement.objects.shown().filter(round=held).order_by("number").values_list("number", flat=True))
    votes = StatementVote.objects.filter(statement__round=held)
    counted = votes.filter(membership__left_on__isnull=True).order_by("membership_id", "statement_id")
    cast = {
        (person, number): choice
        for person, number, choice in counted.values_list("membership_id", "statement__number", "choice")
    }
    figures = figures_of(numbers, cast, k=settings.TERRAIN_K)
    made = MapSnapshot.objects.create(round=held, made_at=clock.now(), voters=figures["voters"], figures=figures)
    votes.delete()
    note("mapped", held, None, voters=made.voters)
    return made
