"""Reads of panels, shaped for their pages; no profile comes through here."""

from collections import Counter
from dataclasses import replace

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from src.foundations import clock

from . import rules, vault
from .advising import LiveCheck, live_check
from .enums import CallState, CandidateState, ConsentPurpose, DrawState, InvitationState, TeamRole
from .figures import figures_of
from .models import (
    Call,
    Candidate,
    Consent,
    Criterion,
    CriterionValue,
    CrossQuota,
    Draw,
    InvitationBatch,
    Membership,
    Panel,
    Relaxation,
    Seat,
    Substitution,
    TeamMember,
)


def panels_for(user):
    """The panels somebody may know of, with their direction; one statement, two for who works for panels."""
    return Panel.objects.visible_to(user).select_related("commissioner")


def guarantors_of(panel):
    """Who watches over a panel, as told to everybody."""
    return TeamMember.objects.working().filter(panel=panel, role=TeamRole.GUARANTOR).values("shown_name", "capacity")


def team_of(panel):
    """Who works for a panel, with their post; one statement."""
    return (
        TeamMember.objects.working()
        .filter(panel=panel)
        .select_related("person__current_affectation__unit", "panel__commissioner")
        .order_by("role", "pk")
    )


def quota_table(panel) -> list[Criterion]:
    """Criteria with their values, quotas and relaxations; four statements, whatever their number."""
    values = CriterionValue.objects.select_related("quota").prefetch_related(
        Prefetch("quota__relaxations", queryset=Relaxation.objects.order_by("asked_at", "pk"))
    )
    return list(Criterion.objects.filter(panel=panel).prefetch_related(Prefetch("values", queryset=values)))


def crossed_table(panel):
    """Crossed quotas with their two values; one statement."""
    return CrossQuota.objects.filter(panel=panel).select_related("first__criterion", "second__criterion")


def quota_check(*, actor, panel, people=None, typed=None) -> LiveCheck:
    """The live table, for those who organise or watch; ``typed`` as in ``live_check``. Refuses everybody else.

    Somebody of the direction that asks isn't told how many people hold a value.
    """
    rules.refuse_unless(rules.may_organise(actor, panel) or rules.may_watch(actor, panel))
    found = live_check(panel, people=people, typed=typed)
    return replace(found, eaten=[]) if rules.is_of_commissioner(actor, panel) else found


def volunteers_by_value(*, actor, panel, people) -> dict[tuple[str, str], int | None]:
    """How many of those who may be drawn hold each value, by its criterion's key and its own.

    Small numbers are told as None to somebody of the direction that asks: they never learn who answered what.
    Refuses who doesn't organise or watch.
    """
    rules.refuse_unless(rules.may_organise(actor, panel) or rules.may_watch(actor, panel))
    held = Counter(pair for _ticket, values, _home in people for pair in values.items())
    found: dict[tuple[str, str], int | None] = {}
    for one in panel.criteria.prefetch_related("values"):
        counts = {value.key: held[one.key, value.key] for value in one.values.all()}
        told = _gated(counts) if rules.is_of_commissioner(actor, panel) else counts
        found |= {(one.key, key): count for key, count in told.items()}
    return found


def signed_relaxations_of(panel):
    """Protected quotas that were loosened, with why, as everybody reads; one statement."""
    return (
        Relaxation.objects.filter(quota__value__criterion__panel=panel, signed_at__isnull=False)
        .select_related("quota__value__criterion")
        .order_by("signed_at", "pk")
    )


def batches_of(user, panel):
    """Batches of letters of a panel with what became of them; one statement."""
    counts = {state.value: Count("invitations", filter=Q(invitations__state=state.value)) for state in InvitationState}
    # The file of addresses may weigh megabytes, and no page reads it.
    batches = InvitationBatch.objects.organised_by(user).filter(panel=panel).defer("addresses")
    batches = batches.select_related("source_list")
    return batches.annotate(**{f"letters_{name}": count for name, count in counts.items()})


def candidates_of(user, panel):
    """The tickets of a panel for its team, with what waits: a guardian, a call; one statement."""
    waiting = Call.objects.filter(candidate=OuterRef("pk")).exclude(state=CallState.DONE)
    return (
        Candidate.objects.visible_to(user)
        .filter(panel=panel)
        .select_related("source_list")
        .annotate(
            waits_for_guardian=Q(is_minor=True, guardian__isnull=True),
            is_to_call=Exists(waiting),
            has_needs=Q(accommodation__isnull=False),
        )
        .order_by("ticket")
    )


def call_counts(user, panel) -> dict[str, int]:
    """How many calls are to make now, wait for later, are in somebody's hands; one statement."""
    now = clock.now()
    free = Q(state=CallState.WAITING) | Q(state=CallState.TAKEN, taken_until__lte=now)
    return (
        Call.objects.visible_to(user)
        .filter(candidate__panel=panel)
        .aggregate(
            to_make=Count("pk", filter=free & Q(call_at__lte=now)),
            later=Count("pk", filter=free & Q(call_at__gt=now)),
            taken=Count("pk", filter=Q(state=CallState.TAKEN, taken_until__gt=now)),
            done=Count("pk", filter=Q(state=CallState.DONE)),
        )
    )


def draws_of(user, panel):
    """The draws of a panel that somebody may know of, void ones included; one statement."""
    return Draw.objects.visible_to(user).filter(panel=panel).order_by("number")


def every_draw(panel):
    """Every draw begun, whoever asks: number, kind, state and reason, so that none is silently left out."""
    told = (
        "panel",
        "number",
        "is_trial",
        "completes",
        "state",
        "rows",
        "made_at",
        "sealed_at",
        "voided_at",
        "void_because",
    )
    return Draw.objects.filter(panel=panel).only(*told).order_by("number")


def trials_of(panel) -> int:
    """How many trial draws were made: told to everybody."""
    return Draw.objects.filter(panel=panel, is_trial=True).count()


def certified_draw(panel) -> Draw | None:
    """The draw that counts, of all the seats."""
    return Draw.objects.filter(panel=panel, state=DrawState.CERTIFIED, completes__isnull=True).first()


def seats_of(panel):
    """Seats with the tickets of who has them, or had; one statement."""
    return Seat.objects.filter(panel=panel).select_related("holder", "left_by").order_by("number")


def members_of(panel):
    """Members, those who left included, with whether each has an account; one statement."""
    return Membership.objects.filter(panel=panel).select_related("candidate").order_by("number")


def membership_of(user, panel):
    """The membership by which somebody sits; None for the team. One statement, none for who isn't a member."""
    key = rules.membership_id(user, panel)
    return Membership.objects.select_related("panel").filter(pk=key).first() if key else None


def names_of_members(panel) -> tuple[list[str], int]:
    """The names of members who agree today that theirs is published, by name, and how many others there are.

    Never with a ticket, nor in the order of seats. Nobody under age: their name isn't published. One statement.
    """
    agrees = Consent.objects.filter(
        candidate=OuterRef("pk"), purpose=ConsentPurpose.NAME_PUBLISHED, withdrawn_at__isnull=True
    )
    members = Candidate.objects.filter(
        membership__panel=panel, membership__left_on__isnull=True, state=CandidateState.SEATED
    ).order_by("ticket")
    rows = list(members.annotate(agrees=Exists(agrees)).values_list("agrees", "is_minor", "contact__ciphertext"))
    told = [held for agreed, is_minor, held in rows if agreed and not is_minor and held is not None]
    names = [vault.open_contact(held).name for held in told]
    return sorted(names, key=str.casefold), len(rows) - len(names)


def substitutions_of(panel, draw=None):
    """Substitutions in the order in which seats changed hands, as told to everybody; one statement.

    Of a ``draw`` made for empty seats, those that came after its row; of the first one, all of them. One that waited
    for a signature counts from it: the record published before it is never written again.
    """
    made = Substitution.objects.filter(Q(is_listed=True) | Q(signed_at__isnull=False), seat__panel=panel)
    if draw is not None and draw.completes_id:
        made = made.filter(draw=draw, is_drawn=False)
    return (
        made.select_related("seat", "outgoing", "incoming", "draw")
        .annotate(effective_at=Coalesce("signed_at", "made_at"))
        .order_by("effective_at", "pk")
    )


def unsigned_of(panel):
    """What waits for a guarantor's signature: substitutions, then relaxations; two statements."""
    substitutions = Substitution.objects.filter(seat__panel=panel, is_listed=False, signed_at__isnull=True)
    relaxations = Relaxation.objects.filter(quota__value__criterion__panel=panel, signed_at__isnull=True)
    return (
        list(substitutions.select_related("seat", "outgoing", "incoming")),
        list(relaxations.select_related("quota__value__criterion")),
    )


def public_figures(panel) -> dict:
    """The figures everybody may read: counts under the threshold of small numbers are told as None.

    Counts of one value alone, never crossed. Where one value of a criterion is hidden, so is the next smallest: it
    can't be found by subtraction.
    """
    told = figures_of(panel)
    told = {name: told[name] for name in ("letters", "registered", "lists", "values")}
    hidden = {key: _gated(counts) for key, counts in told["values"].items()}
    return told | {"values": hidden, "lists": _gated(told["lists"])}


def _gated(counts: dict[str, int]) -> dict[str, int | None]:
    small = {name for name, count in counts.items() if 0 < count < settings.TERRAIN_K}
    if len(small) == 1:
        others = sorted((count, name) for name, count in counts.items() if name not in small and count)
        small |= {name for _count, name in others[:1]}
    return {name: None if name in small else count for name, count in counts.items()}


def chance_of(candidate, draw) -> tuple[int, int]:
    """How often a ticket is in the table of a draw, of how many rows: what its owner recounts."""
    from . import proof  # beside the engine, which loads with it
    from .services.drawing import files_of  # here because services read through this module's neighbours

    rows = proof.read_table(files_of(draw)["table"])
    return sum(candidate.ticket in row for row in rows), len(rows)
