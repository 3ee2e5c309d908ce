"""Axes of breakdown: coarse facts of somebody's post, the people they divide, and the segment of each who answers.

The list is code: an organiser chooses among these, two at most, before the questions are published. A category of
fewer than k people is put with the others when the people are counted, and answers are marked with nothing finer: a
segment never tells a unit smaller than k, even beside the other axis.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from src.directory.models import Affectation, JobFamily, Unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Circle

from .enums import AxisCode
from .partitions import OTHERS, folded

SMALL_UNIT, LARGE_UNIT = 20, 100
# Where an axis has one category alone to show.
NO_AXIS = ""


@dataclass(frozen=True)
class Post:
    """What axes read of somebody's post."""

    unit: Unit
    job_family: str
    in_contact: bool
    is_manager: bool


@dataclass(frozen=True)
class Axis:
    """One axis: the category of a post ("" without one), and the words of categories that aren't rows."""

    code: str
    category: Callable[[Post], str]
    words: Mapping[str, object]
    # Known from units alone: their head-counts say how many people each category has.
    of_units: bool = False


def _size(post: Post) -> str:
    people = post.unit.headcount
    return "small" if people < SMALL_UNIT else "middle" if people < LARGE_UNIT else "large"


def _direction(post: Post) -> str:
    return str(post.unit.direction_id or "")


AXES: dict[str, Axis] = {
    axis.code: axis
    for axis in (
        Axis(AxisCode.DIRECTION, _direction, {}, of_units=True),
        Axis(
            AxisCode.UNIT_SIZE,
            _size,
            {
                "small": _("Under 20 people"),
                "middle": _("20 to 99 people"),
                "large": _("100 people and more"),
            },
            of_units=True,
        ),
        Axis(AxisCode.JOB_FAMILY, lambda post: post.job_family, {}),
        Axis(
            AxisCode.CONTACT,
            lambda post: "yes" if post.in_contact else "no",
            {"yes": _("In contact with the public"), "no": _("Not in contact with the public")},
        ),
        Axis(
            AxisCode.MANAGER,
            lambda post: "yes" if post.is_manager else "no",
            {"yes": _("Leads a team"), "no": _("Doesn’t lead a team")},
        ),
    )
}
OTHERS_WORDS = pgettext_lazy("category of people", "Others")


def segments_of(questionnaire, person) -> dict[str, str]:
    """The categories of somebody as they may be kept beside their answers, by axis; empty without axes.

    Reads the frame the questionnaire keeps (``StaffFrame``), writes nothing. Somebody without a post, or whose
    category the frame didn't have, is with the others when there are some, else has no segment.
    """
    frame = getattr(questionnaire, "frame", None) if questionnaire.axes else None
    viewer = as_viewer(person)
    post = _post_of(viewer)
    if frame is None:
        return {}
    raw = [AXES[code].category(post) if post else "" for code in questionnaire.axes]
    return dict(zip(questionnaire.axes, fitting(frame.cells, raw), strict=False))


def fitting(cells, raw: list[str]) -> list[str]:
    """The categories of the frame for these: each its own where the frame has it, else that of the others."""
    known = [tuple(cell[:-1]) for cell in cells]
    found: list[str] = []
    for place, category in enumerate(raw):
        offered = {cell[place] for cell in known if list(cell[:place]) == found}
        kept = category if category in offered else OTHERS if OTHERS in offered else None
        if kept is None:
            break
        found.append(kept)
    return found


def _post_of(viewer) -> Post | None:
    affectation = viewer.user.current_affectation if viewer.is_authenticated else None
    if affectation is None:
        return None
    return Post(
        viewer.unit, str(affectation.job_family_id or ""), affectation.in_contact_with_public, affectation.is_manager
    )


def words_of(axis: str, code: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    """The words of a category: those of the axis, else those kept when the people were counted."""
    if code == OTHERS:
        return str(OTHERS_WORDS)
    return str(AXES[axis].words.get(code) or labels.get(axis, {}).get(code) or OTHERS_WORDS)


# How many people there are


def counted(questionnaire) -> tuple[list[list], dict[str, dict[str, str]]]:
    """The people of a questionnaire by category, small ones already with the others, and the words of categories.

    Each cell is its categories then how many people. Head-counts of units where they suffice, present posts
    otherwise; two statements, one more for job families.
    """
    axes = [AXES[code] for code in questionnaire.axes]
    units = {unit.pk: unit for unit in Unit.objects.current(clock.today()).select_related("direction")}
    inside = _inside(questionnaire.space, units)
    posts = _by_units(units, inside) if all(axis.of_units for axis in axes) else None
    if posts is None or _asks_for_posts(questionnaire.space):
        posts = _by_posts(questionnaire.space, units, inside)
    people: Counter = Counter()
    for post, number in posts:
        people[tuple(axis.category(post) or OTHERS for axis in axes)] += number
    cells = fold(people, max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR))
    return cells, {axis.code: _labels(axis, cells, place, units) for place, axis in enumerate(axes)}


def everybody(questionnaire) -> int:
    """How many people are asked, by the head-counts of units where they suffice, by present posts otherwise."""
    units = {unit.pk: unit for unit in Unit.objects.current(clock.today()).select_related("direction")}
    inside = _inside(questionnaire.space, units)
    by_heads = not _asks_for_posts(questionnaire.space)
    posts = _by_units(units, inside) if by_heads else _by_posts(questionnaire.space, units, inside)
    return sum(number for _post, number in posts)


def fold(people: Mapping[tuple, int], k: int) -> list[list]:
    """The same people with no category, nor two crossed, of fewer than k."""
    first: Counter = Counter()
    for cell, number in people.items():
        first[cell[0]] += number
    cells: Counter = Counter()
    for group in folded(first, k):
        head = group[0] if len(group) == 1 else OTHERS
        second: Counter = Counter()
        for cell, number in people.items():
            if cell[0] in group:
                second[cell[1:]] += number
        if () in second:
            cells[(head,)] += second[()]
            continue
        inner = {cell[0]: number for cell, number in second.items()}
        for part in folded(inner, k):
            cells[head, part[0] if len(part) == 1 else OTHERS] += sum(inner[code] for code in part)
    return [[*cell, number] for cell, number in cells.items()]


def _inside(space, units: Mapping[int, Unit]) -> set[int]:
    """Units whose people are asked: the members' branch, and the branches a limit names."""
    found = set(units)
    if space.circle == Circle.MEMBERS and space.member_unit_id is not None:
        found &= _under([space.member_unit_id], units)
    limits = [limit.unit_id for limit in space.limits.all() if limit.unit_id is not None] if space.is_limited else []
    return found & _under(limits, units) if limits else found


def _under(branches, units: Mapping[int, Unit]) -> set[int]:
    paths = tuple(units[pk].path for pk in branches if pk in units)
    return {pk for pk, unit in units.items() if paths and unit.path.startswith(paths)}


def _asks_for_posts(space) -> bool:
    """Whether who is asked is more than branches: people invited by name, or job families."""
    families = space.is_limited and any(limit.job_family_id for limit in space.limits.all())
    return bool(families) or (space.circle == Circle.MEMBERS and space.members.exists())


def _by_units(units: Mapping[int, Unit], inside: set[int]):
    below: Counter = Counter()
    for unit in units.values():
        if unit.parent_id in units:
            below[unit.parent_id] += unit.headcount
    for pk in sorted(inside):
        own = units[pk].headcount - below[pk]
        if own > 0:
            yield Post(units[pk], "", False, False), own


def _by_posts(space, units: Mapping[int, Unit], inside: set[int]):
    asked = Q(unit_id__in=inside)
    if space.circle == Circle.MEMBERS:
        named = Q(user_id__in=space.members.values("user_id"))
        asked = asked | named if space.member_unit_id is not None else named
    if space.is_limited:
        families = [limit.job_family_id for limit in space.limits.all() if limit.job_family_id is not None]
        if families:
            asked &= Q(job_family_id__in=families)
    rows = (
        Affectation.objects.filter(asked, ends_on__isnull=True, user__is_active=True)
        .order_by()
        .values_list("unit_id", "job_family_id", "in_contact_with_public", "is_manager")
        .annotate(number=Count("pk"))
    )
    for unit_id, family, in_contact, is_manager, number in rows:
        if unit_id in units:
            yield Post(units[unit_id], str(family or ""), in_contact, is_manager), number


def _labels(axis: Axis, cells, place: int, units: Mapping[int, Unit]) -> dict[str, str]:
    codes = {cell[place] for cell in cells} - {OTHERS}
    if axis.code == AxisCode.DIRECTION:
        return {code: units[int(code)].name for code in sorted(codes) if int(code) in units}
    if axis.code == AxisCode.JOB_FAMILY:
        named = JobFamily.objects.filter(pk__in=[int(code) for code in codes]).values_list("pk", "name")
        return {str(pk): name for pk, name in named}
    return {}


def group_words(axis: str, code: str, codes, labels) -> str:
    """The words of a category, with the names of those told together."""
    if code != OTHERS:
        return words_of(axis, code, labels)
    named = [words_of(axis, one, labels) for one in codes if one != OTHERS]
    if not named:
        return str(OTHERS_WORDS)
    return gettext("%(others)s: %(names)s") % {"others": OTHERS_WORDS, "names": ", ".join(sorted(named))}
