"""Erasing people: what is known of them goes from every table, the ticket stays, figures stay as they were frozen."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..enums import CANDIDATE_MOVES, OVER, CandidateState, DrawState, PanelState
from ..models import (
    Accommodation,
    Call,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    EligibilityDecision,
    GuardianConsent,
    HouseholdKey,
    InvitationBatch,
    Membership,
    PaperEntry,
    Receipt,
)
from .letters import forget_addresses
from .recording import record

KNOWN_OF_PEOPLE = (
    CandidateContact, CandidateProfile, HouseholdKey, Accommodation, Consent, GuardianConsent, EligibilityDecision,
    Call,
)  # fmt: skip
NOT_MEMBERS = (
    CandidateState.VOLUNTEERED, CandidateState.ELIGIBLE, CandidateState.INELIGIBLE, CandidateState.IN_POOL,
    CandidateState.RESERVE, CandidateState.WITHDRAWN, CandidateState.EXCLUDED,
)  # fmt: skip
SLICE = 500
NOTHING = {
    "source_list": None, "invitation": None, "account": None, "reserve_rank": None, "entered_by": None,
    "checked_by": None, "registered_on": None, "is_minor": False,
}  # fmt: skip


def due_candidates(now: datetime.datetime):
    """Those whose time is over: not members, three months after the certification or the end without a draw;
    members, six months after the end of the mandate."""
    rest = now - datetime.timedelta(days=settings.TERRAIN_PANEL_CANDIDATE_DAYS)
    mandate = timezone.localdate(now) - datetime.timedelta(days=settings.TERRAIN_PANEL_PROFILE_DAYS)
    certified = Q(panel__draws__state=DrawState.CERTIFIED, panel__draws__certified_at__lt=rest)
    stopped = Q(panel__state=PanelState.CLOSED, panel__state_since__lt=rest) & ~Q(
        panel__draws__state=DrawState.CERTIFIED
    )
    others = Q(state__in=NOT_MEMBERS) & (certified | stopped)
    over = Q(panel__ends_on__lt=mandate) & (
        Q(panel__draws__state=DrawState.CERTIFIED) | Q(panel__state=PanelState.CLOSED)
    )
    return Candidate.objects.filter(pk__in=Candidate.objects.filter(others | over).order_by().values("pk")).exclude(
        state=CandidateState.ERASED
    )


def erase_due(now: datetime.datetime, *, apply: bool = True) -> int:
    """Erase those whose time is over, by slices that are done or not; answers how many there were."""
    found = due_candidates(now)
    if not apply:
        return found.count()
    total = 0
    while people := list(found.select_related("panel").order_by("panel_id", "pk")[:SLICE]):
        with transaction.atomic():
            total += _erase(people)
    return total


@transaction.atomic
def erase_candidate(candidate: Candidate, *, actor=None) -> bool:
    """Erase somebody who asks for it, at once. Whoever has a seat withdraws first; False when nothing was left."""
    held = Candidate.objects.select_related("panel").get(pk=candidate.pk)
    if held.state == CandidateState.ERASED:
        return False
    if held.state not in OVER:
        from .candidates import withdraw  # here because a withdrawal may free a seat, which erases nobody

        withdraw(candidate=held, actor=actor)
        held.refresh_from_db()
    _erase([held])
    return True


def _erase(people: list[Candidate]) -> int:
    """Take away what is known of these people; a seat keeps its holder's ticket."""
    ids = [one.pk for one in people]
    for model in KNOWN_OF_PEOPLE:
        model.objects.filter(candidate_id__in=ids).delete()
    Receipt.objects.filter(candidate_id__in=ids).update(nonce=None)
    Membership.objects.filter(candidate_id__in=ids).update(shown_name="", by_post=False)
    for state in CandidateState.values:
        if CandidateState.ERASED in CANDIDATE_MOVES[CandidateState(state)]:
            Candidate.objects.filter(pk__in=ids, state=state).update(state=CandidateState.ERASED, **NOTHING)
        elif state in (CandidateState.DRAWN, CandidateState.CONFIRMED):
            # Their mandate ended before they ever confirmed.
            Candidate.objects.filter(pk__in=ids, state=state).update(state=CandidateState.WITHDRAWN)
            Candidate.objects.filter(pk__in=ids, state=CandidateState.WITHDRAWN).update(
                state=CandidateState.ERASED, **NOTHING
            )
    for panel in {one.panel_id: one.panel for one in people}.values():
        record("erased", panel, payload={"count": sum(one.panel_id == panel.pk for one in people)})
    return len(people)


def erase_addresses(now: datetime.datetime, *, apply: bool = True) -> int:
    """Take away the addresses of letters that nobody said were posted; answers how many batches."""
    before = now - datetime.timedelta(days=settings.TERRAIN_PANEL_ADDRESS_DAYS)
    kept = InvitationBatch.objects.filter(Q(addresses__isnull=False) | Q(secret__isnull=False), created_at__lt=before)
    if not apply:
        return kept.count()
    batches = list(kept)
    for batch in batches:
        with transaction.atomic():
            forget_addresses(batch)
    return len(batches)


def erase_papers(now: datetime.datetime, *, apply: bool = True) -> int:
    """Forget papers typed once that nobody typed again."""
    before = now - datetime.timedelta(days=settings.TERRAIN_PANEL_PAPER_DAYS)
    old = PaperEntry.objects.filter(typed_at__lt=before)
    return old.delete()[0] if apply else old.count()
