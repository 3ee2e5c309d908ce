"""Reads of one measure's page, and of the workshop: each in a few statements, whatever their length."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation import neutral

from . import registry, rules
from .enums import RUNNING, CheckResult, Confirmation, MeasureStatus, Reason, StepKind
from .ground_words import counts_in_words
from .measure_reading import MeasureRow, row_of
from .models import Measure, ProgressNote
from .plan_reading import plans_of

NOTES = 20
WORKSHOP = 60
IDEA = "idea"


@dataclass(frozen=True)
class Origin:
    """Where a measure comes from, as this viewer may read it."""

    label: str
    url: str
    credit: str


@dataclass(frozen=True)
class Figure:
    """The indicator, in words."""

    name: str
    method: str
    cells: list
    measured_on: date | None


@dataclass(frozen=True)
class Action:
    """Something the viewer may do."""

    label: str
    url: str
    icon: str
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """Everything a measure's page shows this viewer."""

    measure: Measure
    row: MeasureRow
    sentence: str
    owner_label: str
    pilots: list[str]
    origins: list[Origin]
    # What carries it in the house, as this viewer may open it.
    carrier: registry.OriginWords | None
    # Why thanks aren't shown, in a pre-electoral period; empty otherwise.
    held: str
    plans: list
    way: list[dict]
    notes: list[ProgressNote]
    figure: Figure | None
    history: list
    actions: list[Action]
    stop_reason: str
    licence: str


def read(viewer, reference: str) -> MeasurePage:
    """The page of one measure; Measure.DoesNotExist when the viewer doesn't see it. Nine statements for a visitor."""
    viewer = as_viewer(viewer)
    measure = (
        Measure.objects.visible_to(viewer)
        .select_related("unit", "direction", "owner", "indicator", "confirmed_by", "import_batch")
        .prefetch_related("origins", "milestones", "pilots", "notes", "steps", "checks")
        .get(reference=reference)
    )
    today = clock.today()
    row = row_of(measure, today)
    notes = list(reversed(measure.notes.all()))[:NOTES]
    held = _held() if any(origin.credited for origin in measure.origins.all()) else ""
    return MeasurePage(
        measure=measure,
        row=row,
        sentence=sentence(measure, row),
        owner_label=measure.owner.get_full_name() if measure.owner else measure.owner_label,
        pilots=[unit.name for unit in measure.pilots.all()],
        origins=_origins(viewer, measure, thanks=not held),
        carrier=registry.carrier_words(viewer, measure.carrier_kind, measure.carrier_reference),
        held=held,
        plans=plans_of(viewer, measure),
        way=_way(measure, today),
        notes=notes,
        figure=_figure(getattr(measure, "indicator", None)),
        history=[step for step in measure.steps.all() if step.kind in TOLD],
        actions=actions_of(viewer, measure),
        stop_reason=str(Reason(measure.stop_reason).label) if measure.stop_reason else "",
        licence=measure.import_batch.licence_note if measure.import_batch else "",
    )


# What the history says beside the steps and the news.
TOLD = (StepKind.BORN, StepKind.ADOPTED, StepKind.REWORDED, StepKind.MILESTONE, StepKind.REOPENED)


def sentence(measure: Measure, row: MeasureRow) -> str:
    """The sentence under the word of its state, as the glossary writes it."""
    if row.silent_days:
        return _("Nobody has given news for %(days)d days. %(unit)s is responsible for it.") % {
            "days": row.silent_days,
            "unit": row.direction_label,
        }
    if measure.status == MeasureStatus.DELIVERED:
        if measure.is_waiting:
            return _("Done, says the platform it comes from. Nobody has confirmed it here.")
        check = checked(measure)
        if check is not None:
            return counts_in_words(check)
        if measure.changes_daily_work:
            return _("The team says that it is done. Colleagues on the ground will confirm.")
        return _("The team says that it is done. Somebody of the direction, who didn't do it, will confirm.")
    if measure.status == MeasureStatus.VERIFIED and measure.confirmation == Confirmation.WORD:
        who = measure.confirmed_by.get_full_name() if measure.confirmed_by else ""
        return _("%(who)s went to see and confirms it, on %(date)s.") % {"who": who, "date": _day(measure.verified_on)}
    if measure.status == MeasureStatus.VERIFIED:
        check = checked(measure)
        return counts_in_words(check) if check is not None else ""
    if measure.status == MeasureStatus.STOPPED and measure.stopped_on is None:
        return _("It was stopped on the platform it comes from.")
    if measure.status == MeasureStatus.STOPPED:
        return _("The City stopped it on %(date)s.") % {"date": _day(measure.stopped_on)}
    if measure.is_waiting:
        return _("Brought in from another platform. Nobody has taken it in hand here yet.")
    if measure.news_on:
        return _("Last news on %(date)s.") % {"date": _day(measure.news_on)}
    return _("Decided on %(date)s. News are due every ninety days.") % {"date": _day(measure.created_on)}


def checked(measure: Measure):
    """The last ground check that ended with the measure as it is; None while it is open or when none was drawn."""
    last = max(measure.checks.all(), key=lambda check: check.pk, default=None)
    return last if last is not None and last.result in (CheckResult.CONFIRMED, CheckResult.TO_CONFIRM) else None


def _held() -> str:
    period = neutral.current()
    return neutral.held_words(period) if period else ""


def _origins(viewer, measure: Measure, *, thanks: bool) -> list[Origin]:
    """Subjects the viewer sees by their title and address; ideas they don't see by their reference, others not."""
    wanted: dict[str, list[str]] = {}
    for origin in sorted(measure.origins.all(), key=lambda origin: origin.pk):
        if origin.subject_reference:
            wanted.setdefault(origin.subject_kind, []).append(origin.subject_reference)
    known = registry.origin_words(viewer, wanted)
    found = []
    for origin in sorted(measure.origins.all(), key=lambda origin: origin.pk):
        words = known.get((origin.subject_kind, origin.subject_reference))
        credit = _("Born of an idea of %(name)s") % {"name": origin.credited} if origin.credited and thanks else ""
        if words is not None:
            found.append(Origin(words.label, words.url, credit))
        elif origin.label:
            found.append(Origin(origin.label, "", credit))
        elif origin.subject_kind == IDEA:
            found.append(Origin(_("Idea %(reference)s") % {"reference": origin.subject_reference}, "", credit))
        else:
            # What isn't shown to this person is told by its kind alone.
            found.append(Origin(str(registry.origin_labels().get(origin.subject_kind, "")), "", credit))
    return found


def _way(measure: Measure, today: date) -> list[dict]:
    """The steps as the theme draws a path: done by their day, the next one under way, the missed ones said so."""
    known = sorted(measure.milestones.all(), key=lambda one: (one.done_on or one.planned_on, one.pk))
    steps, under_way = [], measure.is_running
    for one in known:
        if one.done_on:
            steps.append({"label": one.title, "state": "done", "when_label": _day(one.done_on)})
            continue
        state = "now" if under_way else "todo"
        under_way = False
        fact = _("This day has passed.") if one.is_missed(today) and measure.is_running else ""
        when = _("planned for %(date)s") % {"date": _day(one.planned_on)}
        steps.append({"label": one.title, "state": state, "when_label": when, "fact": fact})
    return steps


def _figure(indicator) -> Figure | None:
    if indicator is None:
        return None

    def told(value, missing="") -> str:
        if value is None:
            return missing or _("not counted yet")
        number = number_format(value.normalize(), use_l10n=True) if value else "0"
        return f"{number}\u00a0{indicator.unit}" if indicator.unit else number

    cells = [
        [pgettext("of an indicator", "At the beginning"), told(indicator.baseline)],
        [pgettext("of an indicator", "Today"), told(indicator.value)],
        [pgettext("of an indicator", "Aim"), told(indicator.target, _("not set yet"))],
    ]
    return Figure(indicator.name, indicator.method, cells, indicator.measured_on)


def actions_of(viewer, measure: Measure) -> list[Action]:
    """What the viewer may do now: nothing that would be refused is offered."""
    url = measure.get_absolute_url()
    found = []
    if measure.is_waiting:
        if rules.may_adopt(viewer):
            found.append(Action(_("Take it in hand"), f"{url}prendre/", "hand-heart", strong=True))
        return found
    if rules.can_run_measure(viewer, measure):
        if measure.is_running:
            found.append(Action(_("Give news"), f"{url}nouvelles/", "megaphone", strong=True))
            found.append(Action(_("Add a step"), f"{url}etape/", "plus"))
            if any(one.done_on is None for one in measure.milestones.all()):
                found.append(Action(_("Move a date"), f"{url}decaler/", "calendar"))
            found.append(Action(_("Say that it is done"), f"{url}faite/", "check"))
        if measure.status == MeasureStatus.DELIVERED:
            found.append(Action(_("Take it up again"), f"{url}reprendre/", "rotate-ccw"))
        words = _("Change its words") if measure.is_published else _("Read its words again and publish it")
        found.append(Action(words, f"{url}publier/", "pencil", strong=not measure.is_published))
        found.append(Action(_("Follow it by a figure"), f"{url}indicateur/", "chart-column"))
        if registry.carriers():
            found.append(Action(_("Say what carries it"), f"{url}porter/", "link"))
    if rules.can_stop_measure(viewer, measure) and measure.status in (*RUNNING, MeasureStatus.DELIVERED):
        found.append(Action(_("Stop it"), f"{url}arreter/", "circle-x"))
    if may_print_slips(viewer, measure):
        found.append(Action(_("Print the slips of those without e-mail"), f"{url}constat/feuilles/", "printer"))
    if may_confirm_by_word(viewer, measure):
        found.insert(0, Action(_("I saw it: confirm"), f"{url}confirmer/", "shield-check", strong=True))
    return found


def may_confirm_by_word(viewer, measure: Measure) -> bool:
    """Whether the viewer's word is what the measure waits for."""
    waits = measure.status == MeasureStatus.DELIVERED and not measure.changes_daily_work
    return waits and rules.can_confirm_measure(viewer, measure)


def may_print_slips(viewer, measure: Measure) -> bool:
    """Whether the viewer hands out the slips of the ground check: a correspondent, or a facilitator of the branch.

    Never whoever did it: they would know who is asked.
    """
    if measure.status != MeasureStatus.DELIVERED or not measure.changes_daily_work or measure.unit_id is None:
        return False
    viewer = as_viewer(viewer)
    if not viewer.is_authenticated or viewer.user_id in (measure.owner_id, measure.delivered_by_id):
        return False
    roles = (Role.IDEA_CORRESPONDENT, Role.FACILITATOR)
    return any(viewer.has_role(role, unit_path=measure.unit.path) for role in roles)


@dataclass(frozen=True)
class Group:
    """One heap of the workshop."""

    label: str
    rows: list


def workshop(viewer) -> list[Group]:
    """Measures the viewer runs or confirms, by what is asked of them; two statements."""
    viewer = as_viewer(viewer)
    mine = Q(owner_id=viewer.user_id)
    for role in (Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT):
        if viewer.role_paths(role):
            mine |= Q(unit__isnull=False) & viewer.role_condition(role, "unit__path")
    if viewer.has_role(Role.ADMINISTRATOR):
        mine |= Q(unit__isnull=False)
    found = (
        Measure.objects.filter(mine)
        .exclude(status__in=[MeasureStatus.VERIFIED, MeasureStatus.STOPPED])
        .exclude(import_batch__isnull=False, adopted_on__isnull=True)
        .select_related("unit", "direction")
        .prefetch_related("origins")
        .order_by("heard_on", "reference")[:WORKSHOP]
    )
    today = clock.today()
    heaps: dict[str, list] = {"silent": [], "confirm": [], "publish": [], "done": [], "running": []}
    for measure in found:
        heaps[_heap(viewer, measure, today)].append(
            {"row": row_of(measure, today), "runs": rules.can_run_measure(viewer, measure) and measure.is_running}
        )
    labels = {
        "silent": _("Without news"),
        "confirm": _("Your word is awaited"),
        "publish": _("Words to read again before everybody reads them"),
        "running": pgettext("measures", "Under way"),
        "done": _("Done, to confirm by others"),
    }
    return [Group(labels[key], heaps[key]) for key in labels if heaps[key]]


def _heap(viewer, measure: Measure, today: date) -> str:
    if measure.is_silent(today):
        return "silent"
    if may_confirm_by_word(viewer, measure):
        return "confirm"
    if not measure.is_published:
        return "publish"
    return "running" if measure.is_running else "done"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
