"""A workshop with agents: its day and seats, who comes, its notes. Seats are taken one by one, under a lock."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from src.directory.viewer import as_viewer
from src.foundations import clock

from .. import rules
from ..enums import ReferralState
from ..models import AgentPlace, MemberPlace, Referral, Workshop
from ..models.workshop import MOST_SEATS
from .holding import hold, note, speaker, words_of

FULL = "full"


@transaction.atomic
def plan_workshop(
    *, actor, referral: Referral, starts_at, place: str, member_seats: int, agent_seats: int
) -> Workshop:
    """Fix the day, the place and the seats of each side, or change them while nobody who has a seat loses it.

    The team. Refuses a moment that is past, and fewer seats than are taken.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    if not held.is_workshop:
        raise WrongState(_("This referral isn’t a workshop."), code="kind")
    workshop = Workshop.objects.filter(referral=held).first() or Workshop(referral=held)
    if workshop.notes_at is not None:
        raise WrongState(_("The notes of this workshop are published."), code="over")
    if starts_at <= clock.now():
        raise ValidationError({"day": _("This moment is past: choose a later one.")})
    errors = {}
    for name, seats, taken in (
        ("member_seats", member_seats, MemberPlace.objects.filter(workshop_id=workshop.pk, number__gt=member_seats)),
        ("agent_seats", agent_seats, AgentPlace.objects.filter(workshop_id=workshop.pk, number__gt=agent_seats)),
    ):
        if not 1 <= seats <= MOST_SEATS:
            errors[name] = _("From 1 to %(n)d seats.") % {"n": MOST_SEATS}
        elif taken.exists():
            errors[name] = _("Somebody already has one of these seats: keep as many.")
    if errors:
        raise ValidationError(errors)
    workshop.starts_at, workshop.member_seats, workshop.agent_seats = starts_at, member_seats, agent_seats
    workshop.place = words_of("place", place, _("Write where it takes place."), 240)
    workshop.save()
    note("workshop_planned", held, actor)
    return workshop


@transaction.atomic
def answer_invitation(*, actor, referral: Referral, comes: bool, membership: Membership | None = None) -> MemberPlace:
    """Say that one comes, and take a seat, or that one doesn't, and free it. Refused when no seat is left."""
    held = hold(referral, ReferralState.ACCEPTED)
    one = speaker(actor, held, membership)
    workshop = _held(held)
    found = MemberPlace.objects.filter(workshop=workshop, membership=one).first()
    if found is None:
        found = MemberPlace(workshop=workshop, membership=one)
    if not comes:
        found.number = None
    elif found.number is None:
        found.number = _free(workshop.member_places, workshop.member_seats)
    found.save()
    return found


@transaction.atomic
def register_agent(*, actor, referral: Referral) -> AgentPlace:
    """Give an agent of the unit that asked a seat, once; refused when none is left, and to agents of other units."""
    viewer = as_viewer(actor)
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.is_agent_of(viewer, held))
    workshop = _held(held)
    found = AgentPlace.objects.filter(workshop=workshop, person_id=viewer.user_id).first()
    if found is not None:
        return found
    number = _free(workshop.agent_places, workshop.agent_seats)
    return AgentPlace.objects.create(workshop=workshop, person_id=viewer.user_id, number=number)


@transaction.atomic
def leave_workshop(*, actor, referral: Referral) -> bool:
    """Free an agent's own seat; True when they had one."""
    held = hold(referral, ReferralState.ACCEPTED)
    workshop = _held(held)
    return bool(AgentPlace.objects.filter(workshop=workshop, person_id=as_viewer(actor).user_id).delete()[0])


@transaction.atomic
def publish_notes(*, actor, referral: Referral, notes: str, members_came: int, agents_came: int) -> Workshop:
    """Write what was said, for everybody, and how many came on each side. The team, once it is over.

    Names are nowhere: who had a seat is forgotten.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    workshop = _held(held, before=False)
    if workshop.starts_at > clock.now():
        raise WrongState(_("The workshop hasn’t taken place yet."), code="early")
    if workshop.notes_at is not None:
        raise WrongState(_("The notes of this workshop are published."), code="over")
    errors = {
        name: _("From 0 to %(n)d people.") % {"n": MOST_SEATS}
        for name, count in (("members_came", members_came), ("agents_came", agents_came))
        if not 0 <= count <= MOST_SEATS
    }
    if errors:
        raise ValidationError(errors)
    workshop.notes = words_of("notes", notes, _("Write what was said."), 20_000)
    workshop.notes_at, workshop.members_came, workshop.agents_came = clock.now(), members_came, agents_came
    workshop.save(update_fields=["notes", "notes_at", "members_came", "agents_came"])
    workshop.member_places.all().delete()
    workshop.agent_places.all().delete()
    note("notes_published", held, actor)
    return workshop


def _held(referral: Referral, *, before: bool = True) -> Workshop:
    """The workshop, while its seats may move; the referral is held, so nobody else gives one meanwhile."""
    workshop = Workshop.objects.filter(referral=referral).first()
    if workshop is None:
        raise WrongState(_("The workshop has no day yet."), code="early")
    if before and workshop.starts_at <= clock.now():
        raise WrongState(_("The workshop has begun: nobody registers any more."), code="over")
    return workshop


def _free(places, seats: int) -> int:
    taken = set(places.exclude(number=None).values_list("number", flat=True))
    free = next((number for number in range(1, seats + 1) if number not in taken), None)
    if free is None:
        raise WrongState(_("Every seat is taken."), code=FULL)
    return free
