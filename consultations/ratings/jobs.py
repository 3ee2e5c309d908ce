"""What the relay and the ticker do for ratings: tell who answers, send links, check the days, release the months."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from src.accountability.models import OwedReminder
from src.directory.enums import Role
from src.directory.selectors import acting
from src.foundations import outbox
from src.foundations.models import OutboxEvent
from src.foundations.ticking import on_tick
from src.notices import delivery
from src.notices.services import send
from src.notices.without_mail import sms

from . import services
from .models import ProblemReport
from .notices import ProblemReported, ReportLate
from .services import reporting, visiting

# Whoever is nearest to the unit in these roles hears of a report.
TOLD = (Role.IDEA_CORRESPONDENT, Role.DELEGATE)
# Past the date, from this level upwards, whoever decides for the direction hears of it too.
DIRECTION_LEVEL = 2
TOPICS = ("ratings.mail", "ratings.text")


@outbox.handles("ratings.reported")
def tell_reported(payload: dict) -> None:
    """A problem was reported: those who answer for the unit hear of it, once each; nothing once it is answered."""
    report = ProblemReport.objects.select_related("point__unit").filter(pk=payload["report"], state="open").first()
    if report is None:
        return
    send(
        ProblemReported.code,
        recipients=_people(report.point.unit, TOLD),
        context=_context(report, reporting.owed_of(report)),
        key=f"rating_report:{report.reference}",
    )


def _people(unit, roles) -> list[int]:
    return sorted({person.pk for role in roles for person in acting(role, unit)})


def _context(report: ProblemReport, owed) -> dict:
    day = date_format(owed.promised_on, "j F Y")
    return {"reference": report.reference, "point": report.point.name, "day": day}


@on_tick("ratings.reminders", every=timedelta(hours=1))
def tell_late(now: datetime) -> None:
    """What the promise clock reminded of since yesterday, told to who is due at that level; each level once."""
    since = timezone.localdate(now) - timedelta(days=1)
    rows = OwedReminder.objects.filter(owed__subject_kind=ProblemReport.SUBJECT, on__gte=since)
    for reminder in rows.select_related("owed").order_by("pk"):
        reference = reminder.owed.subject_reference
        report = ProblemReport.objects.select_related("point__unit__direction").filter(reference=reference).first()
        if report is None or not reminder.owed.is_open:
            continue
        unit = report.point.unit
        people = _people(unit, TOLD)
        if reminder.level >= DIRECTION_LEVEL:
            people = sorted({*people, *_people(unit.direction or unit, (Role.DECISION_MAKER,))})
        key = f"rating_report:{reference}:{reminder.promised_on.isoformat()}:{reminder.level}"
        send(ReportLate.code, recipients=people, context=_context(report, reminder.owed), key=key)


@outbox.handles("ratings.mail")
def send_mail(payload: dict) -> None:
    """A link after a visit, or the answer to a report: one mail, whose address goes with this effect."""
    delivery.deliver_direct(payload)


@outbox.handles("ratings.text")
def send_text(payload: dict) -> None:
    """The same by text message, where the city has a gateway; a number the gateway refuses is given up."""
    if not sms.is_on():
        return
    try:
        sms.gateway().send(to=payload["to"], text=payload["text"], key=payload["key"])
    except sms.Refused:
        return


@on_tick("ratings.daily", every=timedelta(hours=6))
def daily(now: datetime) -> None:
    """Check the days that are over, forget what served the check, then release the months that are over."""
    services.check_due(now)
    services.forget(now, apply=True)
    services.release()
    visiting.purge_links(now, apply=True)
    reporting.forget_contacts(now, apply=True)
    forget_undelivered(now)


def forget_undelivered(now: datetime) -> int:
    """What could never be sent is thrown away after a week: a contact isn't kept for a mail that doesn't leave."""
    rows = OutboxEvent.objects.filter(topic__in=TOPICS, dead_at__lt=now - timedelta(days=7))
    return rows.delete()[0]
