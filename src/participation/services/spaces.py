"""Spaces opened and changed by administrators, with a journal entry each; phases, and people invited by name."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.foundations import clock, journal, outbox

from .. import kinds
from ..enums import CONTRIBUTING, Circle, IdentityMode, PhaseVerb
from ..models import Phase, Space, SpaceLimit, SpaceMember

FROZEN = ("circle", "member_unit", "identity_modes")
# Numbers told to those who apply.
SEATS = ("cohort_seats", "direction_seats")


@transaction.atomic
def open_space(*, actor=None, starts_at: datetime | None = None, ends_at: datetime | None = None, **fields) -> Space:
    """Create a space and, when ``starts_at`` is given, the phase that opens contributions from there.

    Refuses what ``check_space`` refuses.
    """
    check_space(fields)
    space = Space.objects.create(**fields)
    _index(space)
    _record("participation.space_opened", space, actor, {"circle": str(space.circle), "modes": space.identity_modes})
    if starts_at is not None:
        plan_phase(
            space=space,
            name=pgettext("phase", "Open"),
            verbs=[str(verb) for verb in CONTRIBUTING],
            starts_at=starts_at,
            ends_at=ends_at,
            actor=actor,
        )
    return space


@transaction.atomic
def change_space(space: Space, *, actor=None, **fields) -> Space:
    """Change a space. Refuses what ``check_space`` refuses, and what the first contribution froze."""
    current = Space.objects.get(pk=space.pk)
    changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if current.first_contribution_at is not None:
        frozen = [
            name for name in (*FROZEN, *SEATS) if name in changed and not _passes_to_successor(current, name, changed)
        ]
        if frozen:
            raise ValidationError({name: frozen_sentence() for name in frozen}, code="frozen")
    check_space(
        {
            name: fields.get(name, getattr(current, name))
            for name in (*FROZEN, *SEATS, "activities", "process", "is_archive")
        }
    )
    for name, value in changed.items():
        setattr(current, name, value)
    current.save(update_fields=list(changed))
    if changed:
        _index(current)
        _record("participation.space_changed", current, actor, {"fields": sorted(changed)})
    return current


@transaction.atomic
def limit_space(space: Space, *, units=(), job_families=(), actor=None) -> Space:
    """Say who may propose: people of these branches, in these job families; none: everybody of the circle.

    It may change at any time: who may see what is there does not. Safe twice; written in the journal when it changes.
    """
    wanted = {("unit", unit.pk) for unit in units} | {("job_family", family.pk) for family in job_families}
    present = {
        ("unit", limit.unit_id) if limit.unit_id else ("job_family", limit.job_family_id): limit.pk
        for limit in SpaceLimit.objects.filter(space=space)
    }
    if set(present) == wanted:
        return space
    SpaceLimit.objects.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    Space.objects.filter(pk=space.pk).update(is_limited=bool(wanted))
    SpaceLimit.objects.bulk_create(
        SpaceLimit(space=space, **{f"{name}_id": pk}) for name, pk in sorted(wanted - set(present))
    )
    space.is_limited = bool(wanted)
    space._prefetched_objects_cache = {}
    payload = {"units": sorted(pk for name, pk in wanted if name == "unit")}
    payload["job_families"] = sorted(pk for name, pk in wanted if name == "job_family")
    _record("participation.space_limited", space, actor, payload)
    return space


def what_is_missing(space: Space) -> list[str]:
    """What keeps a space in preparation from being opened, in sentences; empty when it may be."""
    sentences = []
    kind = kinds.find(space.kind)
    if space.process_id is None and (kind is None or kind.process):
        sentences.append(_("Choose the process that contributions follow."))
    if space.steering_unit_id is None:
        sentences.append(_("Say which unit runs it: it receives what nobody else does."))
    if not space.phases.exists():
        sentences.append(_("Plan its calendar: at least one period that opens something."))
    if kind is not None and kind.lacks is not None:
        sentences += kind.lacks(space)
    return sentences


@transaction.atomic
def make_public(space: Space, *, actor=None) -> Space:
    """End the preparation: its circle sees the space, and its calendar applies.

    Refuses, each with a sentence, what ``what_is_missing`` finds. Safe twice.
    """
    missing = what_is_missing(space)
    if missing:
        raise ValidationError(missing)
    if Space.objects.filter(pk=space.pk, is_draft=True).update(is_draft=False):
        space.is_draft = False
        _index(space)
        _record("participation.space_made_public", space, actor, {"circle": str(space.circle)})
    return space


def frozen_sentence() -> str:
    """Why a choice can't change any more."""
    return _("Frozen since the first contribution: what people were told when they wrote must stay true.")


def seats_sentence() -> str:
    """Why so many seats for a direction are refused."""
    return _("A direction can’t have more seats than the whole cohort.")


def check_space(fields: dict) -> None:
    """Refuse a space nobody could see or sign in, with a sentence by field."""
    errors = {}
    if not fields.get("identity_modes"):
        errors["identity_modes"] = _("Choose at least one way of signing.")
    elif not fields.get("is_archive"):
        refusal = anonymous_refusal(fields["identity_modes"], fields.get("circle"))
        if refusal:
            errors["identity_modes"] = refusal
    if fields.get("member_unit") is not None and fields.get("circle") != Circle.MEMBERS:
        errors["member_unit"] = _("A members' unit is for a space of members.")
    seats, of_direction = fields.get("cohort_seats"), fields.get("direction_seats")
    if of_direction and (seats is None or of_direction > seats):
        errors["direction_seats"] = seats_sentence()
    if errors:
        raise ValidationError(errors)


def anonymous_refusal(modes, circle) -> str:
    """Why a space can't offer *anonymous* so; empty when it can. Whoever is signed in signs in another way."""
    if IdentityMode.ANONYMOUS not in modes:
        return ""
    if set(modes) == {IdentityMode.ANONYMOUS}:
        return _("“Anonymous” is written signed out: choose another way of signing too.")
    if circle == Circle.MEMBERS:
        return _("Nobody signed out is a member: this space takes nothing anonymous.")
    return ""


@transaction.atomic
def plan_phase(
    *,
    space: Space,
    name: str,
    verbs: list[str],
    starts_at: datetime,
    ends_at: datetime | None = None,
    actor=None,
    phase: Phase | None = None,
) -> Phase:
    """Write a phase, or change ``phase``. Refuses an end before the start and a phase that opens nothing."""
    if not verbs or set(verbs) - set(PhaseVerb.values):
        raise ValidationError({"verbs": _("Choose what this period opens.")})
    if ends_at is not None and ends_at <= starts_at:
        raise ValidationError({"ends_at": _("The end comes before the start.")})
    phase = phase or Phase(space=space)
    phase.space, phase.name, phase.verbs, phase.starts_at, phase.ends_at = space, name, verbs, starts_at, ends_at
    phase.save()
    _record(
        "participation.phase_planned",
        space,
        actor,
        {
            "phase": phase.pk,
            "verbs": [str(verb) for verb in verbs],
            "from": starts_at.isoformat(),
            "to": ends_at.isoformat() if ends_at else None,
        },
    )
    return phase


@transaction.atomic
def remove_phase(phase: Phase, *, actor=None) -> None:
    """Take a phase away: what it opened closes at once."""
    _record("participation.phase_removed", phase.space, actor, {"phase": phase.pk})
    phase.delete()


@transaction.atomic
def invite_member(
    *, space: Space, user, since: date | None = None, until: date | None = None, actor=None
) -> SpaceMember:
    """Invite somebody by name into a space of members; refuses another space, and the same person twice."""
    starts = since or clock.today()
    if space.circle != Circle.MEMBERS:
        raise ValidationError(_("Only a space of members invites people by name."))
    if until is not None and until < starts:
        raise ValidationError(_("The end comes before the start."))
    try:
        with transaction.atomic():
            member = SpaceMember.objects.create(space=space, user=user, since=starts, until=until)
    except IntegrityError:
        raise ValidationError(_("This person is already invited here."))
    _record("participation.member_invited", space, actor, {"account": user.pk})
    return member


@transaction.atomic
def end_invitation(member: SpaceMember, *, until: date | None, actor=None) -> SpaceMember:
    """Say until when somebody is invited (None: no end); refuses a day before the invitation."""
    if until is not None and until < member.since:
        raise ValidationError(_("The end comes before the start."))
    SpaceMember.objects.filter(pk=member.pk).update(until=until)
    member.refresh_from_db()
    _record("participation.member_until", member.space, actor, {"account": member.user_id, "to": until and str(until)})
    return member


@transaction.atomic
def remove_member(member: SpaceMember, *, actor=None) -> None:
    """Take back an invitation."""
    _record("participation.member_removed", member.space, actor, {"account": member.user_id})
    member.delete()


def _passes_to_successor(space: Space, name: str, changed: dict) -> bool:
    if name != "member_unit" or space.member_unit is None or changed[name] is None:
        return False
    return space.member_unit.successor_id == changed[name].pk


def _index(space: Space) -> None:
    """The space can be found under its present words (a floor above registers how)."""
    outbox.emit("search.index", {"kind": "space", "pk": space.pk})


def _record(verb: str, space: Space, actor, payload: dict) -> None:
    journal.record(verb, actor=actor, object_ref=f"space:{space.slug}", payload=payload)
