"""Who may see a space and what its phases open, computed when asked: no job has to run for a phase to close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import Circle, IdentityMode, PhaseVerb
from .models import Phase, Space


@dataclass(frozen=True)
class OpenVerb:
    """Something that can be done, and until when; ``until`` is None when no end is planned."""

    verb: str
    until: datetime | None


@dataclass(frozen=True)
class PhaseStatus:
    """What a space opens now, what it opens next, and when the last thing closed."""

    open: tuple[OpenVerb, ...] = ()
    opens_next_at: datetime | None = None
    closed_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.open)

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(item.verb for item in self.open)

    @property
    def until(self) -> datetime | None:
        """The last moment something is open; None when nothing is, or when no end is planned."""
        ends = [item.until for item in self.open]
        return max(ends) if ends and all(ends) else None

    def until_of(self, verb: str) -> datetime | None:
        """The end planned for one verb; None when it isn't open or has no end."""
        return next((item.until for item in self.open if item.verb == verb), None)


def is_open(space: Space, verb: str, now: datetime | None = None) -> bool:
    """Whether ``verb`` may be done in the space now: a phase says so and the space isn't an archive.

    Reads prefetched phases, or them all in one statement that later calls on the same object don't repeat.
    """
    if space.is_archive:
        return False
    moment = now or clock.now()
    return any(verb in phase.verbs and _is_running(phase, moment) for phase in phases_of(space))


def is_permanent(space: Space, verb: str = PhaseVerb.PROPOSE, now: datetime | None = None) -> bool:
    """Whether ``verb`` is open in the space now and no end is planned for it: a box, not a call."""
    status = phase_status(space, now)
    return verb in status.verbs and status.until_of(verb) is None


def phase_status(space: Space, now: datetime | None = None) -> PhaseStatus:
    """What can be done now and until when, what opens next and what closed last ("Open until …")."""
    if space.is_archive:
        return PhaseStatus()
    moment = now or clock.now()
    phases = phases_of(space)
    verbs = []
    for verb in PhaseVerb.values:
        carrying = [phase for phase in phases if verb in phase.verbs]
        if any(_is_running(phase, moment) for phase in carrying):
            verbs.append(OpenVerb(verb, _end_of_run(carrying, moment)))
    coming = [phase.starts_at for phase in phases if phase.starts_at > moment]
    ended = [phase.ends_at for phase in phases if phase.ends_at is not None and phase.ends_at <= moment]
    return PhaseStatus(
        open=tuple(verbs),
        opens_next_at=min(coming, default=None),
        closed_since=max(ended, default=None) if not verbs else None,
    )


def phases_of(space: Space) -> list[Phase]:
    """The phases of a space, prefetched or read once."""
    prefetch_related_objects([space], "phases")
    return list(space.phases.all())


def with_phases(spaces: Iterable[Space]) -> list[Space]:
    """The same spaces with their phases, in one statement for all of them."""
    spaces = list(spaces)
    prefetch_related_objects(spaces, "phases")
    return spaces


def can_see_space(user, space: Space) -> bool:
    """Whether the person may read the space; the same answer as ``Space.objects.visible_to``.

    The circle reads, and so does whoever holds a role in a space of members. Nobody reads one in preparation.
    """
    viewer = as_viewer(user)
    if space.is_draft:
        return False
    if space.circle == Circle.EVERYONE:
        return True
    helps = any(space.pk in viewer.role_spaces(role) for role in viewer.roles)
    return (space.circle == Circle.MEMBERS and helps) or takes_part(viewer, space)


def takes_part(user, space: Space) -> bool:
    """Whether the person may propose, support and comment in their own voice: signed in and of the circle.

    A role gives sight and official words; it never makes a member (ADR 0110).
    """
    viewer = as_viewer(user)
    if not viewer.is_authenticated or space.is_draft:
        return False
    if space.circle == Circle.EVERYONE:
        return True
    if space.circle == Circle.AGENTS:
        return viewer.is_agent
    if space.member_unit_id is not None and space.member_unit_id in viewer.unit_ids:
        return True
    today = clock.today()
    return any(
        member.user_id == viewer.user_id and member.since <= today and (member.until is None or member.until >= today)
        for member in space.members.all()
    )


def identity_modes_offered(space: Space) -> tuple[str, ...]:
    """Modes an author may choose here when signed in, in the order shown; ``anonymous`` is for who isn't."""
    offered = (IdentityMode.NAMED, IdentityMode.PROTECTED)
    return tuple(str(mode) for mode in offered if mode in space.identity_modes)


def anonymous_offered(space: Space) -> bool:
    """Whether the space takes contributions of which nothing of the author is kept: written signed out, so that

    neither a circle of members nor a limit can be held; by a code of the place, at a kiosk, on paper.
    """
    reachable = space.circle != Circle.MEMBERS and not space.is_limited and not space.is_archive
    return reachable and IdentityMode.ANONYMOUS in space.identity_modes


def _is_running(phase: Phase, moment: datetime) -> bool:
    return phase.starts_at <= moment and (phase.ends_at is None or moment < phase.ends_at)


def _end_of_run(phases: list[Phase], moment: datetime) -> datetime | None:
    """When the run of touching or overlapping phases that contains ``moment`` ends; None: never."""
    end = moment
    for phase in sorted(phases, key=lambda phase: phase.starts_at):
        if phase.starts_at <= end and (phase.ends_at is None or phase.ends_at > end):
            if phase.ends_at is None:
                return None
            end = phase.ends_at
    return end
