"""A measure's life once born: told, moved, with its news and its steps; what isn't allowed says why."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox, uploads
from src.foundations.text import tidy
from src.search.freshness import changed
from src.workflow.exceptions import TransitionNotAllowed

from .. import registry, rules
from ..enums import RUNNING, MeasureStatus, StepKind
from ..models import Measure, MeasureOrigin, MeasureStep, Milestone, ProgressNote
from .signing import signature_of

# The kind under which the search knows measures.
FOUND_AS = "measure"
NEWS_TOPIC = "accountability.measure_news"
MOVED_TOPIC = "accountability.measure_moved"
TITLE_MIN, TITLE_MAX = 10, 160
TEXT_MIN, TEXT_MAX = 10, 1200
ALT_MAX = 200


def is_origin(subject_kind: str, reference: str) -> bool:
    """Whether a subject became a measure."""
    return MeasureOrigin.objects.filter(subject_kind=subject_kind, subject_reference=reference).exists()


def is_credited(subject_kind: str, reference: str) -> bool:
    """Whether a measure the subject became names who sent it."""
    origins = MeasureOrigin.objects.filter(subject_kind=subject_kind, subject_reference=reference)
    return origins.exclude(credit="").exists()


def credit_origins(subject_kind: str, references: list[str], credit: str) -> int | None:
    """Write, on the measures these subjects became, whose idea they were; "" takes it away. How many rows changed;

    None when no measure came of them. The room of the subject vouches that its author asked for it.
    """
    origins = MeasureOrigin.objects.filter(subject_kind=subject_kind, subject_reference__in=references)
    if not origins.exists():
        return None
    return origins.exclude(credit=credit).update(credit=credit)


def credit_co_authors(subject_kind: str, reference: str, names: str) -> int | None:
    """The same for those who signed with its author: ``names`` of those who asked for it, each for themself."""
    origins = MeasureOrigin.objects.filter(subject_kind=subject_kind, subject_reference=reference)
    if not origins.exists():
        return None
    return origins.exclude(co_credit=names).update(co_credit=names)


def publish(measure: Measure, *, actor, title: str, changes: str) -> Measure:
    """Give the words everybody reads; from then on the measure is on the public page. Again: other words.

    Refuses somebody who doesn't run it (PermissionDenied) and words that are too short or too long (ValidationError).
    """
    viewer = _runner(measure, actor)
    title = _between("title", tidy(title, one_line=True), TITLE_MIN, TITLE_MAX)
    changes = _between("changes", tidy(changes), TEXT_MIN, TEXT_MAX)
    if measure.is_published and (title, changes) == (measure.title, measure.changes):
        return measure
    kind = StepKind.REWORDED if measure.is_published else StepKind.PUBLISHED
    before = measure.title if measure.title != title else ""
    with transaction.atomic():
        _write(measure, title=title, changes=changes, published_on=measure.published_on or clock.today())
        _remember(measure, kind, viewer, text=before)
    return measure


def adopt(measure: Measure, *, actor, unit, owner=None) -> Measure:
    """Take in hand what came from another platform: from today its ninety days run, and its history begins.

    Refuses whoever doesn't decide for the unit (PermissionDenied), and what somebody already took in hand.
    """
    viewer = as_viewer(actor)
    if not viewer.is_authenticated or not rules.holds_measures(viewer, unit):
        raise PermissionDenied(_("Only the person who decides for this unit takes a measure in hand."))
    today = clock.today()
    with transaction.atomic():
        waiting = Measure.objects.filter(pk=measure.pk, import_batch__isnull=False, adopted_on__isnull=True)
        direction = unit.direction_id or unit.pk
        columns = {"adopted_on": today, "heard_on": today, "unit": unit, "direction_id": direction, "owner": owner}
        if not waiting.update(**columns):
            raise TransitionNotAllowed(_("Somebody already took this measure in hand."))
        measure.refresh_from_db()
        changed(FOUND_AS, measure.pk)
        _remember(measure, StepKind.ADOPTED, viewer)
    return measure


# ------------------------------------------------------------------------------------------------------------- news
def give_news(
    measure: Measure,
    *,
    actor,
    text: str,
    status: str = "",
    photo=None,
    photo_alt: str = "",
    token: uuid.UUID | None = None,
    on: date | None = None,
) -> ProgressNote:
    """Tell where it stands, with a new step if it moved and a picture if there is one; the silence ends.

    Followers hear of it in their summary. Sent twice with one ``token``, it is written once. Refuses somebody who
    doesn't run it (PermissionDenied), a text or a picture that isn't right (ValidationError), a measure that is
    done or stopped, or that moved meanwhile (TransitionNotAllowed).
    """
    viewer = _runner(measure, actor)
    known = ProgressNote.objects.filter(token=token, measure=measure).first() if token else None
    if known is not None:
        return known
    _must_run(measure)
    status = status or measure.status
    if status not in RUNNING:
        raise ValidationError({"status": _("Choose one of the steps of the list.")})
    text = _between("text", tidy(text), TEXT_MIN, TEXT_MAX)
    picture, alt = checked_photo(photo, photo_alt)
    day = on or clock.today()
    with transaction.atomic():
        before = measure.status
        _write(measure, status=status, heard_on=day, news_on=day)
        note = _note(measure, viewer, text, picture, alt, day, token)
        outbox.emit(NEWS_TOPIC, {"note": note.pk}, key=f"{NEWS_TOPIC}:{note.pk}")
        if before != status:
            moved(measure, StepKind.MOVED, viewer, from_status=before, on=day)
    return note


def checked_photo(photo, alt: str):
    """A picture made anew and its words; refuses one without words, with a sentence by field."""
    if not photo:
        return None, ""
    alt = tidy(alt, one_line=True)[:ALT_MAX]
    if not alt:
        raise ValidationError(
            {"photo_alt": _("Say in a few words what the picture shows, for those who don't see it.")}
        )
    try:
        return uploads.safe_image(photo), alt
    except ValidationError as refusal:
        raise ValidationError({"photo": refusal})


# ------------------------------------------------------------------------------------------------------- milestones
def add_milestone(measure: Measure, *, actor, title: str, planned_on: date) -> Milestone:
    """Announce one more step and its day. Refuses a day already past, and a step already there."""
    viewer = _runner(measure, actor)
    _must_run(measure)
    title = _between("title", tidy(title, one_line=True), 3, 240)
    if planned_on < clock.today():
        raise ValidationError({"planned_on": _("The step is still to come: choose today or later.")})
    if measure.milestones.filter(title=title).exists():
        raise ValidationError({"title": _("This step is already there: change its date instead.")})
    with transaction.atomic():
        milestone = Milestone.objects.create(measure=measure, title=title, planned_on=planned_on)
        _remember(measure, StepKind.MILESTONE, viewer, text=f"{title} : {_day(planned_on)}")
    return milestone


def reach_milestone(milestone: Milestone, *, actor, on: date | None = None) -> Milestone:
    """A step was done; it no longer changes, and the silence ends. Again, nothing happens."""
    measure = milestone.measure
    _runner(measure, actor)
    day = on or clock.today()
    if day > clock.today():
        raise ValidationError({"done_on": _("A step is done today or earlier.")})
    with transaction.atomic():
        if Milestone.objects.filter(pk=milestone.pk, done_on__isnull=True).update(done_on=day) and measure.is_running:
            heard = clock.today()
            _write(measure, heard_on=heard, news_on=heard)
    milestone.refresh_from_db()
    return milestone


def move_milestone(milestone: Milestone, *, actor, planned_on: date, text: str) -> Milestone:
    """Give a step another day, and say why: everybody reads both days. Refuses a step already done."""
    measure = milestone.measure
    viewer = _runner(measure, actor)
    _must_run(measure)
    text = _between("text", tidy(text), TEXT_MIN, TEXT_MAX)
    if planned_on < clock.today():
        raise ValidationError({"planned_on": _("The step is still to come: choose today or later.")})
    before = milestone.planned_on
    with transaction.atomic():
        if not Milestone.objects.filter(pk=milestone.pk, done_on__isnull=True).update(planned_on=planned_on):
            raise TransitionNotAllowed(_("This step was done meanwhile: its date no longer changes."))
        words = _("%(title)s: %(before)s becomes %(after)s. %(why)s") % {
            "title": milestone.title,
            "before": _day(before) if before else "—",
            "after": _day(planned_on),
            "why": text,
        }
        _remember(measure, StepKind.MILESTONE, viewer, text=words)
    milestone.refresh_from_db()
    return milestone


def pass_measures_on(unit, successor) -> None:
    """What a closing unit runs passes to its successor with its dates; the directory calls it."""
    if successor is not None:
        direction = successor.direction_id or successor.pk
        passed = Measure.objects.filter(Q(direction=unit) | Q(unit=unit))
        pks = list(passed.order_by("pk").values_list("pk", flat=True))
        Measure.objects.filter(direction=unit).update(direction=direction)
        Measure.objects.filter(unit=unit).update(unit=successor, direction=direction)
        changed(FOUND_AS, *pks)


# ------------------------------------------------------------------------------------------- shared with the endings
def moved(measure: Measure, kind, viewer, *, from_status, text: str = "", on: date | None = None) -> MeasureStep:
    """Write the step of a move, let where it comes from follow, and have people told."""
    step = _remember(measure, kind, viewer, from_status=from_status, text=text, on=on)
    for origin in measure.origins.exclude(subject_reference=""):
        registry.measure_moved(origin, measure, step)
    outbox.emit(MOVED_TOPIC, {"step": step.pk}, key=f"{MOVED_TOPIC}:{step.pk}")
    return step


def _note(measure, viewer, text, picture, alt, day, token=None) -> ProgressNote:
    note = ProgressNote(
        measure=measure,
        token=token or uuid.uuid4(),
        on=day,
        text=text,
        status=measure.status,
        author=viewer.user,
        signed_as=signature_of(viewer.user),
        photo_alt=alt,
    )
    if picture is not None:
        note.photo = picture
    note.save()
    return note


def _remember(measure, kind, viewer, *, from_status=None, text="", at=None, on=None) -> MeasureStep:
    # A day in the past (the demo city, what is noted afterwards) has no hour of its own.
    past = on is not None and on < clock.today()
    now = at or (clock.start_of_day(on) + timedelta(hours=10) if past else clock.now())
    return MeasureStep.objects.create(
        measure=measure,
        kind=kind,
        from_status=measure.status if from_status is None else from_status,
        to_status=measure.status,
        on=on or timezone.localdate(now),
        at=now,
        actor=viewer.user if viewer is not None else None,
        text=text,
    )


def _runner(measure: Measure, actor):
    viewer = as_viewer(actor)
    if not rules.can_run_measure(viewer, measure):
        raise PermissionDenied(_("This measure is run by its owner and by those who decide for its unit."))
    return viewer


def _must_run(measure: Measure) -> None:
    if measure.status not in RUNNING:
        raise TransitionNotAllowed(
            _("This measure is “%(state)s”: nothing is to be added.") % {"state": measure.get_status_display()}
        )


def _write(measure: Measure, **columns) -> None:
    """Change the measure if it still stands where it was read; of two people at once one comes second."""
    if not Measure.objects.filter(pk=measure.pk, status=measure.status).update(**columns):
        current = Measure.objects.filter(pk=measure.pk).first()
        state = MeasureStatus(current.status).label if current else ""
        raise TransitionNotAllowed(
            _("This measure has just changed: it is now “%(state)s”. Read it again.") % {"state": state}
        )
    for name, value in columns.items():
        setattr(measure, name, value)
    changed(FOUND_AS, measure.pk)


def _between(field: str, text: str, smallest: int, largest: int) -> str:
    if len(text) < smallest:
        sentence = ngettext("Write at least %(count)d character.", "Write at least %(count)d characters.", smallest)
        raise ValidationError({field: sentence % {"count": smallest}})
    if len(text) > largest:
        extra = len(text) - largest
        sentence = ngettext("This is %(count)d character too long.", "This is %(count)d characters too long.", extra)
        raise ValidationError({field: sentence % {"count": extra}})
    return text


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
