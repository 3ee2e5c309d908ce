"""Who is in whose team today, and what is left to plan there: names and one of two words, never more.

A manager's team is whoever works in their unit or below it, but for those who have a manager nearer to them; that
nearer manager is in the team. The directory says who manages, and it is asked today.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q

from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, together
from src.foundations.keyset import paginate
from trainings.obligations.selectors import training_of

from . import rules, selectors
from .figures import TO_PLAN

PLAN = [state.value for state in TO_PLAN]
SIZE, MOST_PRINTED = 50, 1000
ORDER = ("last_name", "first_name", "pk")


def _running(prefix: str) -> Q:
    today = clock.today()
    return Q(**{f"{prefix}starts_on__lte": today}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today})
    )


def _managers():
    """Whom the directory names manager of a unit today."""
    return User.objects.filter(_running("current_affectation__"), is_active=True, current_affectation__is_manager=True)


@together.reading
def team_of(viewer):
    """The accounts of somebody's team, as the directory says it today; nobody's for who manages nothing."""
    viewer = as_viewer(viewer)
    if not rules.is_manager(viewer):
        return User.objects.none()
    path = viewer.unit_path
    below = _managers().filter(current_affectation__unit__path__startswith=path)
    below = below.exclude(current_affectation__unit__path=path)
    nearer = _topmost(set((yield below.order_by().values_list("current_affectation__unit__path", flat=True))))
    found = User.objects.filter(_running("current_affectation__"), is_active=True)
    found = found.filter(current_affectation__unit__path__startswith=path).exclude(
        current_affectation__unit__path=path, current_affectation__is_manager=True
    )
    for other in nearer:
        found = found.exclude(
            ~Q(current_affectation__unit__path=other, current_affectation__is_manager=True),
            current_affectation__unit__path__startswith=other,
        )
    return found.exclude(pk=viewer.user_id)


def _topmost(paths: set[str]) -> list[str]:
    """Without those below another."""
    kept: list[str] = []
    for path in sorted(paths, key=len):
        if not any(path.startswith(one) for one in kept):
            kept.append(path)
    return kept


@dataclass
class Member:
    """Somebody of a team: their place, and what is to plan for them."""

    user: User
    to_plan: list = field(default_factory=list)
    minutes: int = 0

    @property
    def name(self) -> str:
        return self.user.get_full_name()

    @property
    def place(self):
        return self.user.current_affectation.unit

    @property
    def is_to_plan(self) -> bool:
        return bool(self.to_plan)


@dataclass(frozen=True)
class Summary:
    """A team in two figures."""

    people: int
    to_plan: int
    minutes: int

    @property
    def hours(self) -> int:
        return -(-self.minutes // 60)


def _asked(team):
    return team.filter(Exists(selectors.asked_now().filter(agent_id=OuterRef("pk"))))


def to_plan_in(team):
    """What is left to plan for the people of a team."""
    return selectors.asked_now().filter(agent__in=team.order_by().values("pk"), state__in=PLAN)


def summary(viewer) -> Summary:
    """How many of a team are asked something, for how many it is to plan, and how long that takes."""
    team = team_of(viewer)
    waiting = to_plan_in(team)
    found = list(selectors.obligations())
    minutes = selectors.minutes_each(found)
    groups = waiting.annotate(again=selectors.AGAIN).order_by().values_list("obligation_id", "again")
    total = sum(
        minutes.get((obligation, bool(again)), 0) * people
        for obligation, again, people in groups.annotate(people=Count("pk"))
    )
    return Summary(_asked(team).count(), people_to_plan(viewer, team), total)


@together.reading
def people_to_plan(viewer, team=None):
    """How many of a team have something to plan."""
    team = (yield from team_of.asking(viewer)) if team is None else team
    return (yield together.counted(to_plan_in(team).order_by().values("agent_id").distinct()))


def page(viewer, *, cursor: str = "", place: str = "", only_to_plan: bool = False):
    """A page of a team, in the order of names; ``place`` is the code of a unit."""
    found = _filtered(viewer, place, only_to_plan)
    made = paginate(found.select_related("current_affectation__unit"), order=ORDER, cursor=cursor, size=SIZE)
    return made, members(made.items)


def printed(viewer, *, place: str = "") -> list[Member]:
    """The whole team, place by place, for a sheet of paper."""
    found = _filtered(viewer, place, False).select_related("current_affectation__unit")
    return members(found.order_by("current_affectation__unit__path", *ORDER)[:MOST_PRINTED])


def _filtered(viewer, place: str, only_to_plan: bool):
    found = _asked(team_of(viewer))
    if place:
        found = found.filter(current_affectation__unit__code=place[:32])
    if only_to_plan:
        found = found.filter(Exists(selectors.asked_now().filter(agent_id=OuterRef("pk"), state__in=PLAN)))
    return found


def places(viewer) -> list[tuple[str, str]]:
    """The units where people of a team work: code and name."""
    found = _asked(team_of(viewer)).annotate(
        code=F("current_affectation__unit__code"), unit_name=F("current_affectation__unit__name")
    )
    return list(found.order_by("unit_name", "code").values_list("code", "unit_name").distinct())


def members(people) -> list[Member]:
    """People with what is to plan for each."""
    found = {one.pk: Member(one) for one in people}
    waiting = (
        selectors.asked_now()
        .filter(agent__in=list(found), state__in=PLAN)
        .select_related("obligation__track", "obligation__renewal_track")
        .order_by("obligation_id")
    )
    trainings = [(one.agent_id, training_of(one), one.catches_up_id) for one in waiting]
    minutes = selectors.minutes_of({track.pk for _agent, track, version in trainings if version is None})
    catching_up = selectors.minutes_to_catch_up({version for _agent, _track, version in trainings} - {None})
    for agent, track, version in trainings:
        found[agent].to_plan.append(track.title)
        found[agent].minutes += minutes.get(track.pk, 0) if version is None else catching_up.get(version, 0)
    return list(found.values())


def waiting_by_manager() -> dict[int, int]:
    """Manager → how many of their team have something to plan, for everybody at once: three statements.

    Those for whom nobody waits aren't there. The same as ``people_to_plan`` asked of each (a test compares them).
    """
    manages = defaultdict(list)
    for user, path in _managers().values_list("pk", "current_affectation__unit__path"):
        manages[path].append(user)
    if not manages:
        return {}
    found: dict[int, int] = defaultdict(int)
    waiting = (
        selectors.asked_now()
        .filter(_running("agent__current_affectation__"), state__in=PLAN, agent__is_active=True)
        .order_by()
        .values_list("agent__current_affectation__unit__path", "agent__current_affectation__is_manager")
        .annotate(people=Count("agent_id", distinct=True))
    )
    for path, manager, people in waiting:
        for user in manages.get(_managed(path, manages, strictly=manager), ()):
            found[user] += people
    return dict(found)


def _managed(path: str, manages, *, strictly: bool) -> str:
    """The nearest unit with a manager, from a unit upwards; above it for who manages it."""
    parts = [part for part in path.split("/") if part]
    if strictly:
        parts.pop()
    while parts:
        here = f"/{'/'.join(parts)}/"
        if here in manages:
            return here
        parts.pop()
    return ""
