"""What accountability keeps of people, for how long, and how it leaves."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, declare_impersonal

from . import ground_rules
from .models import (
    AnnouncementBatch,
    ColumnMapping,
    Decision,
    GroundCheck,
    GroundSeat,
    Indicator,
    Measure,
    MeasureImport,
    MeasureOrigin,
    MeasureReminder,
    MeasureStep,
    Milestone,
    OwedPause,
    OwedReminder,
    Plan,
    PlanAxis,
    PlanMeasure,
    PlanOrientation,
    PlanReport,
    PlanReportAxis,
    PlanReportLine,
    ProgressNote,
    ReopeningCondition,
    ReplySignature,
    ResponseOwed,
)


def _owed(user):
    for owed in ResponseOwed.objects.filter(owner=user).order_by("started_on", "id"):
        yield {
            "kind": owed.subject_kind,
            "reference": owed.subject_reference,
            "promised_on": owed.promised_on,
            "answered_on": owed.answered_on,
        }


def _forget_owner(user):
    return ResponseOwed.objects.filter(owner=user).update(owner=None)


def _decisions(user):
    signed = Decision.objects.announced().filter(Q(decided_by=user) | Q(drafted_by=user))
    for decision in signed.select_related("batch").order_by("prepared_at", "id"):
        yield {
            "kind": decision.subject_kind,
            "reference": decision.subject_reference,
            "outcome": decision.get_outcome_display(),
            "text": decision.text,
            "signed_as": decision.signed_as,
            "announced_at": decision.batch.announced_at,
        }


def _batches(user):
    made = AnnouncementBatch.objects.filter(Q(created_by=user) | Q(announced_by=user)).order_by("created_at", "id")
    for batch in made:
        yield {"name": batch.name, "created_at": batch.created_at, "announced_at": batch.announced_at}


def _forget_announcer(user):
    made = AnnouncementBatch.objects.filter(created_by=user).update(created_by=None)
    return made + AnnouncementBatch.objects.filter(announced_by=user).update(announced_by=None)


KIND = {"kind": code_words.reader("kind")}

declare(
    ResponseOwed,
    owner="accountability",
    classification=Classification.C1,
    retention=_("as long as the subject"),
    title=_("Answers I follow"),
    words=KIND,
    export=_owed,
    erase=_forget_owner,
    reason="Who follows an answer the city promised; the promise outlives the person.",
)
declare(
    OwedPause,
    owner="accountability",
    classification=Classification.C1,
    retention="as long as the subject",
    export=None,
    erase=None,
    reason="No personal data: the public reason of a pause and its days.",
)
declare(
    OwedReminder,
    owner="accountability",
    classification=Classification.C1,
    retention="as long as the subject",
    export=None,
    erase=None,
    reason="No personal data: which level was reminded, and on which day.",
)
declare(
    Decision,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a signed act of the city"),
    title=_("Decisions I prepared or signed"),
    words=KIND,
    export=_decisions,
    erase=None,
    reason="A public act signed in the exercise of a function: it isn't erased with the account.",
)


def _conditions(user):
    for condition in ReopeningCondition.objects.filter(met_by=user).select_related("decision").order_by("pk"):
        yield {
            "kind": condition.decision.subject_kind,
            "reference": condition.decision.subject_reference,
            "condition": condition.words,
            "text": condition.met_text,
            "on": condition.met_on,
        }


declare(
    ReopeningCondition,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a part of a signed act of the city"),
    title=_("Conditions I said were met"),
    words=KIND,
    export=_conditions,
    erase=None,
    reason="Who said that a condition of an answer is met: a public act made in the exercise of a function.",
)
declare(
    AnnouncementBatch,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is the date of a public act"),
    title=_("Announcements I made"),
    export=_batches,
    erase=_forget_announcer,
    reason="Who announced what, and when.",
)


def _measures(user):
    mine = Measure.objects.filter(Q(owner=user) | Q(delivered_by=user) | Q(confirmed_by=user) | Q(stopped_by=user))
    for measure in mine.order_by("created_on", "id"):
        yield {
            "reference": measure.reference,
            "title": measure.title,
            "status": measure.get_status_display(),
            "in_charge": measure.owner_id == user.pk,
        }


def _forget_measure_owner(user):
    return Measure.objects.filter(owner=user).update(owner=None)


def _steps(user):
    for step in MeasureStep.objects.filter(actor=user).select_related("measure").order_by("id"):
        yield {
            "reference": step.measure.reference,
            "step": step.get_kind_display(),
            "on": step.on,
            "text": step.text,
        }


def _news(user):
    for note in ProgressNote.objects.filter(author=user).select_related("measure").order_by("id"):
        yield {
            "reference": note.measure.reference,
            "on": note.on,
            "text": note.text,
            "signed_as": note.signed_as,
            "picture": note.photo_alt,
        }


def _imports(user):
    for batch in MeasureImport.objects.filter(run_by=user).order_by("id"):
        yield {"source": batch.source_name, "started_at": batch.started_at}


def _forget_importer(user):
    return MeasureImport.objects.filter(run_by=user).update(run_by=None)


PUBLIC_ACT = "A public act made in the exercise of a function: it isn't erased with the account."

declare(
    Measure,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a commitment of the city"),
    title=_("Measures I run or closed"),
    export=_measures,
    erase=_forget_measure_owner,
    reason="Who runs a measure, who said it was done, confirmed or stopped it; its owner is forgotten, acts stay.",
)
declare(
    MeasureStep,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a commitment of the city"),
    title=_("What I did on measures"),
    export=_steps,
    erase=None,
    reason=PUBLIC_ACT,
)
declare(
    ProgressNote,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a commitment of the city"),
    title=_("News of measures I gave"),
    export=_news,
    erase=None,
    reason=PUBLIC_ACT,
)
declare(
    MeasureImport,
    owner="accountability",
    classification=Classification.C1,
    retention=_("as long as what it brought in"),
    title=_("Imports of measures I ran"),
    export=_imports,
    erase=_forget_importer,
    reason="Who brought which file in, so that it can be undone.",
)


def _seats(user):
    for seat in GroundSeat.objects.filter(user=user).select_related("check_of__measure").order_by("id"):
        yield {
            "reference": seat.check_of.measure.reference,
            "asked_on": seat.check_of.opened_on,
            "answered": seat.has_answered,
        }


def _forget_seats(user):
    return GroundSeat.objects.filter(user=user).delete()[0]


def _purge_seats(now, apply):
    """Who was asked is forgotten once the quarter is over and the check closed."""
    past = GroundSeat.objects.exclude(quarter=ground_rules.quarter_of(timezone.localdate(now))).exclude(
        check_of__result=""
    )
    count = past.count()
    if apply:
        past.delete()
    return count


declare(
    GroundSeat,
    owner="accountability",
    classification=Classification.C3,
    retention=_("until the end of the quarter"),
    title=_("Questions about measures I was drawn for"),
    export=_seats,
    erase=_forget_seats,
    purge=_purge_seats,
    reason="Who was drawn, so that nobody is asked twice in a quarter; what they said is never kept with a name.",
)
declare_impersonal(
    "accountability",
    (
        (GroundCheck, "No personal data: a seed, its day, and totals of answers that no row holds one by one."),
        (MeasureOrigin, "No account: where a measure comes from; a credit is there because its author asked for it."),
        (Milestone, "No personal data: steps and their days."),
        (Indicator, "No personal data: a figure, its method and its day."),
        (MeasureReminder, "No personal data: which level was reminded of a silence, and on which day."),
        (ColumnMapping, "No personal data: what the columns of a file mean."),
        (Measure.pilots.through, "No personal data: directions that take part in a measure."),
        (Measure.perimeter.through, "No personal data: places a measure changes."),
    ),
    retention="as long as the measure",
)


def _reports(user):
    for report in PlanReport.objects.filter(frozen_by=user).select_related("plan").order_by("id"):
        yield {
            "plan": report.plan.title,
            "year": report.year,
            "signed_as": report.signed_as,
            "frozen_at": report.frozen_at,
        }


declare(
    PlanReport,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a signed act of the city"),
    title=_("Yearly reports I signed"),
    export=_reports,
    erase=None,
    reason=PUBLIC_ACT,
)
declare_impersonal(
    "accountability",
    (
        (PlanReportAxis, "No personal data: words and counts of measures."),
        (PlanReportLine, "No personal data: a measure as it stood on a day."),
        (Plan, "No personal data: what a direction of the city follows, and its dates."),
        (PlanAxis, "No personal data: a title of a plan."),
        (PlanOrientation, "No personal data: a title of a plan."),
        (PlanMeasure, "No personal data: the number of a measure in a plan."),
    ),
    retention="for good: it is a commitment of the city",
)


def _signatures(user):
    asked = ReplySignature.objects.filter(
        Q(official=user) | Q(asked_by=user), decision__batch__announced_at__isnull=False
    )
    for signature in asked.select_related("decision").order_by("asked_at", "id"):
        yield {
            "reference": signature.decision.subject_reference,
            "asked_at": signature.asked_at,
            "signed_at": signature.signed_at,
            "signed_as": signature.decision.signed_as,
        }


declare(
    ReplySignature,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a signed act of the city"),
    title=_("Replies I signed, or asked somebody to sign"),
    export=_signatures,
    erase=None,
    reason=PUBLIC_ACT,
)
