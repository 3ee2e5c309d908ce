"""A space made whole from a kind: settings, calendar, limits and who looks after it, in one transaction."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.workflow.services.starting import active_process

from ..kinds import SpaceKind
from ..models import Space
from .roles import grant_space_role
from .spaces import limit_space, make_public, open_space, plan_phase

SLUG_MAX = 60


def free_address(name: str) -> str:
    """An address nobody has yet, made from a name: « menager-son-dos », then « menager-son-dos-2 »."""
    base = slugify(name)[:SLUG_MAX].strip("-") or "espace"
    taken = set(Space.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)


@transaction.atomic
def create_from_kind(
    kind: SpaceKind,
    *,
    actor=None,
    name: str,
    slug: str,
    steering_unit,
    starts_on: date,
    days: int | None = None,
    summary: str = "",
    circle: str = "",
    identity_modes=None,
    member_unit=None,
    units=(),
    job_families=(),
    facilitator=None,
    team=(),
    open_now: bool = False,
    own: dict | None = None,
    **numbers,
) -> Space:
    """Make a space of that kind, in preparation; with ``open_now``, its circle sees it at once.

    Writes the space, each period of its calendar from ``starts_on`` (the first one lasts ``days``, where the kind
    closes one day), its limits, the role of the person who looks after it and those of its team, with their journal
    entries. Asked twice with one address, answers the space made the first time. Refuses what opening a space and
    giving a role refuse, and a number the kind doesn't have. ``own``: the answers to the kind's own questions, kept
    by the app that runs it, which may refuse them.
    """
    unknown = numbers.keys() - kind.numbers.keys()
    if unknown:
        raise TypeError(f"A space of the kind {kind.code} has no {', '.join(sorted(unknown))}.")
    made = Space.objects.filter(slug=slug).first()
    if made is not None:
        if (made.kind, made.name) != (kind.code, name):
            raise ValidationError({"name": _("Another space already has this address: choose another name.")})
        return make_public(made, actor=actor) if open_now else made
    space = open_space(
        actor=actor,
        kind=kind.code,
        is_draft=True,
        name=name,
        slug=slug,
        summary=summary,
        circle=str(circle or kind.circle),
        identity_modes=[str(mode) for mode in (identity_modes or kind.identity_modes)],
        member_unit=member_unit,
        activities=[kind.activity, *kind.beside],
        process=active_process(kind.process) if kind.process else None,
        steering_unit=steering_unit,
        support_threshold=kind.support_threshold,
        **{**kind.numbers, **numbers},
    )
    _plan(kind, space, starts_on, days, actor)
    limit_space(space, units=units, job_families=job_families, actor=actor)
    if facilitator is not None:
        grant_space_role(user=facilitator, role=Role.FACILITATOR, space=space, actor=actor)
    if kind.set_up is not None:
        kind.set_up(space, actor=actor, **(own or {}))
    for person in team:
        grant_space_role(user=person, role=kind.team, space=space, actor=actor)
    return make_public(space, actor=actor) if open_now else space


def _plan(kind: SpaceKind, space: Space, starts_on: date, days: int | None, actor) -> None:
    """The periods of the kind one after the other; the one before says when the next begins."""
    begins = starts_on
    for number, planned in enumerate(kind.phases):
        lasts = days if number == 0 and planned.days is not None and days else planned.days
        opens, closes = planned.dates(begins, lasts)
        verbs = [str(verb) for verb in planned.verbs]
        plan_phase(space=space, name=str(planned.name), verbs=verbs, starts_at=opens, ends_at=closes, actor=actor)
        if lasts is None:
            return
        begins += timedelta(days=lasts)
