"""Reads of coverage shaped for a page: one statement counts everybody, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models import Count as Counted
from django.utils.translation import gettext as _

from src.directory.enums import Role, UnitKind
from src.directory.models import RoleGrant, Unit
from src.directory.viewer import WHOLE_CITY, as_viewer
from src.foundations import clock
from theme.charts import Series
from trainings.models import TrackVersion
from trainings.obligations.after_version import new_modules
from trainings.obligations.enums import RequirementState
from trainings.obligations.models import Obligation, Requirement

from . import released
from .figures import Count
from .models import CoverageMonth, CoverageTarget

PLACE = "agent__current_affectation__unit"
MONTHS_SHOWN = 12
AGAIN = ExpressionWrapper(Q(cycle_no__gt=1, catches_up__isnull=True), output_field=BooleanField())


def obligations():
    """Those one follows: in force, with their trainings."""
    return (
        Obligation.objects.active()
        .select_related("track", "renewal_track")
        .only(
            "pk", "reference", "decision", "activated_at", "ended_on", "created_at", "track__title", "track__slug",
            "renewal_track__title", "renewal_track__slug",
        )
        .order_by("created_at", "pk")
    )  # fmt: skip


def asked_now():
    """Cycles that run today, of obligations in force, of people who are still concerned."""
    return Requirement.objects.current().filter(
        left_on__isnull=True, obligation__activated_at__isnull=False, obligation__ended_on__isnull=True
    )


def minutes_of(tracks: Iterable[int]) -> dict[int, int]:
    """Track → minutes of its last version."""
    wanted = [track for track in tracks if track is not None]
    found = TrackVersion.objects.filter(track__in=wanted).latest_of_each()
    return dict(found.values_list("track_id", "structure__minutes"))


def minutes_to_catch_up(versions: Iterable[int]) -> dict[int, int]:
    """Version → minutes of its required modules that the version just before didn't have; no statement for none."""
    found = TrackVersion.objects.filter(pk__in=versions) if versions else ()
    return {one.pk: sum(module.minutes for module in new_modules(one) if module.required) for one in found}


def minutes_each(found: Iterable[Obligation]) -> dict[tuple[int, bool], int]:
    """(Obligation, whether it is a renewal) → minutes of what is to follow."""
    found = list(found)
    minutes = minutes_of({track for one in found for track in (one.track_id, one.renewal_track_id)})
    return {
        (one.pk, again): minutes.get(one.renewal_track_id if again and one.renewal_track_id else one.track_id, 0)
        for one in found
        for again in (False, True)
    }


def _counted(requirements, place: str, minutes) -> dict[tuple[int, int | None], Count]:
    """(Obligation, place) → counts, in one statement."""
    found: dict[tuple[int, int | None], Count] = defaultdict(Count)
    rows = (
        requirements.exclude(state=RequirementState.NOT_APPLICABLE)
        .annotate(again=AGAIN, place=F(place))
        .order_by()
        .values_list("obligation_id", "place", "state", "again", "catches_up_id")
        .annotate(people=Counted("pk"))
    )
    rows = list(rows)
    catching_up = minutes_to_catch_up({row[4] for row in rows} - {None})
    for obligation, where, state, again, version, people in rows:
        each = minutes.get((obligation, bool(again)), 0) if version is None else catching_up.get(version, 0)
        found[obligation, where].add(state, people, each)
    return found


def by_direction(found: Iterable[Obligation], condition: Q | None = None, minutes=None):
    """(Obligation, direction) → counts of everybody, or of those a condition keeps."""
    requirements = asked_now().filter(obligation__in=list(found))
    if condition is not None:
        requirements = requirements.filter(condition)
    return _counted(requirements, f"{PLACE}__direction_id", minutes or {})


@dataclass
class Row:
    """One place of the dashboard: its counts, its target, its months."""

    name: str
    code: str
    count: Count
    target: CoverageTarget | None = None
    months: list = field(default_factory=list)
    is_part: bool = False

    @property
    def chart(self) -> Series:
        points = [*self.months, (_("today"), self.count.percent)]
        return Series(self.name, points, target=self.target.percent if self.target else None, unit="%", maximum=100)

    @property
    def percent_words(self) -> str:
        return f"{self.count.percent}\u00a0%" if self.count.percent is not None else "–"

    @property
    def reaches(self) -> bool:
        return self.target is not None and self.count.percent is not None and self.count.percent >= self.target.percent


@dataclass
class Dashboard:
    """What human resources read of one obligation: the whole, each direction, and the services of one."""

    obligation: Obligation
    whole: Row
    rows: list[Row]
    services: list[Row]
    direction: Unit | None


def overview(viewer) -> list[Row]:
    """Each obligation in force with its counts where one is human resources; ``code`` is its reference."""
    viewer = as_viewer(viewer)
    found = list(obligations())
    counts = by_direction(found, viewer.role_condition(Role.HR, f"{PLACE}__path"), minutes_each(found))
    targets = {one.obligation_id: one for one in CoverageTarget.objects.filter(direction__isnull=True)}
    rows = []
    for one in found:
        whole = Count()
        for (obligation, _direction), count in counts.items():
            if obligation == one.pk:
                whole += count
        rows.append(Row(one.track.title, one.reference, whole, targets.get(one.pk)))
    return rows


def dashboard(viewer, obligation: Obligation, code: str = "") -> Dashboard:
    """Counts by direction and, in the direction of that code, by service: a handful of statements in all."""
    viewer = as_viewer(viewer)
    units = {unit.pk: unit for unit in Unit.objects.only("pk", "name", "code", "path", "direction_id", "kind")}
    requirements = asked_now().filter(obligation=obligation)
    requirements = requirements.filter(viewer.role_condition(Role.HR, f"{PLACE}__path"))
    counts = _counted(requirements, f"{PLACE}_id", minutes_each([obligation]))
    whole, directions, services = Count(), defaultdict(Count), defaultdict(Count)
    for (_obligation, pk), count in counts.items():
        unit = units.get(pk)
        whole += count
        directions[unit.direction_id if unit else None] += count
        services[_service_of(unit, units) if unit else None] += count
    targets = {one.direction_id: one for one in CoverageTarget.objects.filter(obligation=obligation)}
    months = _months(obligation)

    def row(pk, count, **kept):
        unit = units.get(pk)
        direction = unit.direction_id if unit else None
        return Row(
            unit.name if unit else _("Without a direction"),
            unit.code if unit else "",
            count,
            targets.get(direction) or targets.get(None),
            **kept,
        )

    chosen = next((unit for unit in units.values() if unit.code == code and unit.pk in directions), None)
    rows = [row(pk, count, months=months.get(pk, [])) for pk, count in directions.items()]
    inside = [pk for pk in services if pk is not None and (chosen is None or units[pk].direction_id == chosen.pk)]
    parts = [row(pk, services[pk], is_part=True) for pk in sorted(inside, key=lambda pk: units[pk].path)]
    whole_row = Row(_("Everybody"), "", whole, targets.get(None))
    return Dashboard(obligation, whole_row, sorted(rows, key=lambda one: (not one.code, one.name)), parts, chosen)


def _service_of(unit: Unit, units: dict[int, Unit]) -> int:
    """The unit just below the direction that a unit is in; the direction itself for who works for it directly."""
    chain = [int(part) for part in unit.path.split("/") if part]
    if unit.direction_id not in chain:
        return unit.pk
    below = chain[chain.index(unit.direction_id) + 1 :]
    return below[0] if below else unit.pk


def _months(obligation: Obligation) -> dict[int, list[tuple[str, int]]]:
    """Direction → its last months, as points of a curve."""
    found: dict[int, list] = defaultdict(list)
    rows = CoverageMonth.objects.filter(obligation=obligation, asked__gt=0).order_by("month")
    for direction, month, asked, covered in rows.values_list("direction_id", "month", "asked", "covered"):
        found[direction].append((f"{month:%m/%Y}", covered * 100 // asked))
    return {direction: points[-MONTHS_SHOWN:] for direction, points in found.items()}


# ---- told in steps, to those who don't read names


@dataclass(frozen=True)
class ToldRow:
    """One place as it may be told."""

    name: str
    told: released.Told


@dataclass(frozen=True)
class ToldTable:
    """An obligation as it may be told: its places, and the whole when it may be."""

    title: str
    rows: list[ToldRow]
    whole: released.Told | None
    month: object = None


def for_referent(viewer) -> list[ToldTable]:
    """Each obligation in the units where one is an equality referent: theirs, and those just below, in steps."""
    viewer = as_viewer(viewer)
    found = list(obligations())
    paths = viewer.role_paths(Role.EQUALITY_REFERENT)
    units = {unit.pk: unit for unit in Unit.objects.only("pk", "name", "path", "direction_id")}
    requirements = asked_now().filter(obligation__in=found)
    counts = _counted(
        requirements.filter(viewer.role_condition(Role.EQUALITY_REFERENT, f"{PLACE}__path")), f"{PLACE}_id", {}
    )
    tables = []
    for one in found:
        places: dict[int, Count] = defaultdict(Count)
        for (obligation, pk), count in counts.items():
            if obligation == one.pk and pk in units:
                places[_place_below(units[pk], paths)] += count
        tables.append(_told(one.track.title, {pk: (units[pk].name, count) for pk, count in places.items()}))
    return tables


def _place_below(unit: Unit, paths: tuple[str, ...]) -> int:
    """The unit just below the nearest branch one looks after, or that branch itself."""
    root = max((path for path in paths if path == WHOLE_CITY or unit.path.startswith(path)), key=len)
    rest = unit.path[len(root) :].strip("/").split("/")
    return int(rest[0]) if rest[0] else unit.pk


def _told(title: str, places: dict[int, tuple[str, Count]], month=None) -> ToldTable:
    ordered = sorted(places.items(), key=lambda item: (item[1][0], item[0]))
    shares = [released.Share(name, count.asked, count.covered) for _pk, (name, count) in ordered if count.asked]
    each, whole = released.together(shares, _k())
    return ToldTable(title, [ToldRow(str(one.key), one) for one in each], whole, month)


def _k() -> int:
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def published() -> list[ToldTable]:
    """What everybody may read: the last month kept of each obligation in force, by direction, in steps."""
    months: dict[int, dict] = defaultdict(dict)
    titles = {}
    rows = CoverageMonth.objects.filter(obligation__activated_at__isnull=False, obligation__ended_on__isnull=True)
    columns = (
        "obligation_id",
        "obligation__track__title",
        "month",
        "direction_id",
        "direction__name",
        "asked",
        "covered",
    )
    last: dict[int, object] = {}
    for obligation, title, month, direction, name, asked, covered in rows.order_by(
        "obligation_id", "month"
    ).values_list(*columns):
        if last.get(obligation) != month:
            last[obligation], months[obligation] = month, {}
        titles[obligation] = title
        months[obligation][direction] = name, Count(up_to_date=covered, to_do=asked - covered)
    return [_told(titles[pk], places, last[pk]) for pk, places in months.items()]


# ---- units without a referent


@dataclass(frozen=True)
class Uncovered:
    """A unit that no equality referent looks after; ``partly``: some place below has one."""

    unit: Unit
    partly: bool


def without_referent(viewer) -> list[Uncovered]:
    """Directions' services and sites where nobody is referent, at the unit or above it, where one is human resources.

    A referent of the whole city is everybody's, and nobody's near: it doesn't count.
    """
    viewer = as_viewer(viewer)
    today = clock.today()
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.EQUALITY_REFERENT,
        starts_on__lte=today,
        unit__isnull=False,
        user__is_active=True,
    )
    paths = set(grants.values_list("unit__path", flat=True))
    found = Unit.objects.current(today).filter(kind=UnitKind.SERVICE, headcount__gt=0)
    found = found.filter(viewer.role_condition(Role.HR, "path")).select_related("direction").order_by("path")
    rows = []
    for unit in found:
        if not any(unit.path.startswith(path) for path in paths):
            rows.append(Uncovered(unit, any(path.startswith(unit.path) for path in paths)))
    return rows
