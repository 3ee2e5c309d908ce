"""Problem reports: taken with the promise of an answer, answered once, the contact gone with the answer."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.accountability.models import ResponseOwed
from src.foundations import clock, journal, outbox, sealing
from src.foundations.text import tidy
from src.notices.messages import absolute
from src.notices.without_mail import sms
from src.paper import codes
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..displays import PURPOSE, Display
from ..enums import Contact, ReportState
from ..models import ProblemReport, RatingPoint
from ..models.report import ANSWER, TEXT
from ..phones import readable
from ..wordings import words_of

SUBJECT = ProblemReport.SUBJECT
LEAST = 10


@dataclass(frozen=True)
class Receipt:
    """What its author reads at once; the code is shown on this page and nowhere else."""

    report: ProblemReport
    slip: codes.Slip
    promised_on: date


@transaction.atomic
def report_problem(
    *,
    point: RatingPoint,
    text: str,
    contact: str = "",
    language: str = "fr",
    display: Display | None = None,
    seed: str = "",
    at=None,
) -> Receipt:
    """Keep a report, promise its answer within ``TERRAIN_REPORT_DAYS`` days and issue the code that leads to it.

    The promise starts on the Monday, so that its date tells no visit; a contact, mail address or mobile number, is
    encrypted until the answer has left. The same display with its ``seed`` gives the first receipt again. Refuses with
    ValidationError a text too short or too long, or a contact that nothing can reach.
    """
    if not point.is_open:
        raise TransitionNotAllowed(_("This point takes no reports any more."))
    if display is not None and (known := ProblemReport.objects.filter(display=display.kept).first()):
        return _receipt(known, seed)
    text = checked(text)
    kind, reached = contact_of(contact)
    week = clock.week_of(at or clock.now())
    report = ProblemReport.objects.create(
        point=point,
        text=text,
        language=language,
        week=week,
        contact_kind=kind,
        contact=sealing.encrypt(reached.encode(), PURPOSE, pad_to=128) if reached else None,
        display=display.kept if display else None,
    )
    owed = accountability.owe(
        SUBJECT, report.reference, point.unit, started_on=week, days=settings.TERRAIN_REPORT_DAYS, by_week=True
    )
    outbox.emit("ratings.reported", {"report": report.pk})
    return Receipt(report, codes.issue(SUBJECT, report.handle, seed=seed), owed.promised_on)


def checked(text: str) -> str:
    """The text as it is kept; ValidationError with a sentence when it says too little or too much."""
    text = tidy(text)
    if len(text) < LEAST:
        raise ValidationError({"text": _("Say in a few words what happened.")})
    if len(text) > TEXT:
        raise ValidationError({"text": _("Keep it under %(limit)s signs.") % {"limit": TEXT}})
    return text


def contact_of(typed: str) -> tuple[str, str]:
    """Kind and value of a contact somebody typed: an address, or a mobile number where text messages leave."""
    typed = tidy(typed, one_line=True)
    if not typed:
        return Contact.NONE, ""
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError:
            raise ValidationError({"contact": _("Check this address: it lacks a part, or has one too many.")})
        return Contact.MAIL, typed[:100]
    phone = readable(typed)
    if not phone:
        raise ValidationError({"contact": _("Give a mail address, or a mobile number.")})
    if not sms.is_on():
        raise ValidationError({"contact": _("Text messages don't leave from here: give a mail address.")})
    return Contact.SMS, phone


def _receipt(report: ProblemReport, seed: str) -> Receipt:
    owed = owed_of(report)
    return Receipt(report, codes.issue(SUBJECT, report.handle, seed=seed), owed.promised_on)


def owed_of(report: ProblemReport) -> ResponseOwed:
    """The answer owed to a report."""
    return ResponseOwed.objects.filter(subject_kind=SUBJECT, subject_reference=report.reference).latest("pk")


@transaction.atomic
def answer_report(*, report: ProblemReport, actor, text: str) -> ProblemReport:
    """Answer a report, close its promise, and send the answer to the contact left, which is erased here.

    Its author reads it by code in any case. Refuses somebody who doesn't handle the point (PermissionDenied), a report
    answered meanwhile (TransitionNotAllowed), an answer too short or too long (ValidationError).
    """
    if not rules.may_handle(actor, report.point):
        raise PermissionDenied(_("This report belongs to another unit."))
    text = tidy(text)
    if len(text) < 20:
        raise ValidationError({"answer": _("Write an answer of at least one sentence.")})
    if len(text) > ANSWER:
        raise ValidationError({"answer": _("Keep it under %(limit)s signs.") % {"limit": ANSWER}})
    today = clock.today()
    signed = f"{actor.get_full_name()}, {report.point.unit.name}"[:120]
    held = ProblemReport.objects.filter(pk=report.pk).values_list("contact", flat=True).first()
    touched = ProblemReport.objects.filter(pk=report.pk, state=ReportState.OPEN).update(
        state=ReportState.ANSWERED,
        answer=text,
        answered_on=today,
        answered_by=actor,
        signed=signed,
        contact=None,
    )
    if not touched:
        raise TransitionNotAllowed(_("Somebody has just answered this report."))
    report.refresh_from_db()
    accountability.close(owed_of(report), today)
    if held:
        _send(report, sealing.decrypt(bytes(held), PURPOSE).decode())
    journal.record("ratings.report_answered", actor=actor, object_ref=f"{SUBJECT}:{report.reference}")
    return report


def _send(report: ProblemReport, to: str) -> None:
    """One effect, encrypted and deleted once done: the only place where the contact still is."""
    said = words_of(report.language)
    key = f"rating-report:{report.reference}"
    if report.contact_kind == Contact.SMS:
        text = f"{said.answer_ready} {absolute('/suivre/')}"
        outbox.emit("ratings.text", {"to": to, "text": text, "key": key}, secret=True)
        return
    with translation.override("fr"):
        signed = f"{report.signed}, {date_format(report.answered_on, 'j F Y')}"
    text = f"{said.answer_intro}\n\n{report.answer}\n\n{signed}"
    outbox.emit(
        "ratings.mail",
        {"to": to, "subject": said.answer_subject, "text": text, "html": "", "key": key},
        secret=True,
    )


def forget_contacts(now, *, apply: bool) -> int:
    """Erase contacts of reports still unanswered after ``TERRAIN_REPORT_CONTACT_DAYS``: the code still works."""
    limit = timezone.localdate(now) - timezone.timedelta(days=settings.TERRAIN_REPORT_CONTACT_DAYS)
    rows = ProblemReport.objects.filter(contact__isnull=False, week__lt=limit)
    return rows.update(contact=None) if apply else rows.count()
