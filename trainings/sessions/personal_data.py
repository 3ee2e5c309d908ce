"""What sessions keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from .models import (
    AttendanceMark,
    AttendanceSheet,
    Booking,
    Convocation,
    Session,
    SessionSlot,
    SheetAmendment,
)

OWNER = "trainings_sessions"
PROOF = _("as long as the duty to prove the training; the number of the account stays, without your name")
SHEET_STAYS = "Proof of a training: an erased account leaves a number without a person on presence; the sheet stays."


def _bookings(user):
    for one in Booking.objects.filter(agent=user).select_related("session").order_by("pk"):
        yield {"title": one.session.title, "starts_at": one.session.starts_at, "state": one.get_state_display()}


def _erase_bookings(user) -> int:
    """Places of which no presence was written; the others are proof."""
    return Booking.objects.filter(agent=user, marks__isnull=True).delete()[1].get("trainings_sessions.Booking", 0)


def _convocations(user):
    for one in Convocation.objects.filter(booking__agent=user).select_related("booking__session").order_by("pk"):
        yield {"title": one.booking.session.title, "way": one.get_channel_display(), "sent_at": one.sent_at}


def _marks(user):
    rows = AttendanceMark.objects.filter(booking__agent=user).select_related("booking__session", "slot")
    for one in rows.order_by("pk"):
        yield {
            "title": one.booking.session.title,
            "starts_at": one.slot.starts_at,
            "state": one.get_status_display(),
            "way": one.get_method_display(),
        }


def _amendments(user):
    rows = SheetAmendment.objects.filter(booking__agent=user).select_related("booking__session")
    for one in rows.order_by("pk"):
        yield {
            "title": one.booking.session.title,
            "state": one.get_becomes_display(),
            "because": one.reason,
            "decided_at": one.at,
        }


def _led(user):
    for one in Session.objects.filter(trainer=user).order_by("starts_at", "pk"):
        yield {"title": one.title, "starts_at": one.starts_at, "place": one.place}


def _locked(user):
    for one in AttendanceSheet.objects.filter(locked_by=user).select_related("session").order_by("pk"):
        yield {"title": one.session.title, "decided_at": one.locked_at}


declare(
    Session,
    owner=OWNER,
    classification="C1",
    retention=_("with its sheet; the name of its trainer leaves with their account"),
    title=_("Sessions I lead"),
    export=_led,
    erase=lambda user: Session.objects.filter(trainer=user).update(trainer=None),
    reason="When, where, with which trainer.",
)
declare_impersonal(OWNER, [(SessionSlot, "Hours of a session.")], retention=_("with its session"))
declare(
    Booking,
    owner=OWNER,
    classification="C2",
    retention=PROOF,
    title=_("My places at sessions of trainings"),
    export=_bookings,
    erase=_erase_bookings,
    reason="Who has a place; no reason of an absence is asked nor kept.",
)
declare(
    Convocation,
    owner=OWNER,
    classification="C2",
    retention=_("with the place; erased with the account"),
    title=_("Convocations sent to me"),
    export=_convocations,
    erase=lambda user: Convocation.objects.filter(booking__agent=user).delete()[0],
    reason="By which channel, when, whether it was seen.",
)
declare(
    AttendanceMark,
    owner=OWNER,
    classification="C2",
    retention=PROOF,
    title=_("My presence at sessions"),
    export=_marks,
    erase=None,
    reason=SHEET_STAYS,
)
declare(
    AttendanceSheet,
    owner=OWNER,
    classification="C2",
    retention=_("as long as the duty to prove the training"),
    title=_("Attendance sheets I locked"),
    export=_locked,
    erase=lambda user: AttendanceSheet.objects.filter(locked_by=user).update(locked_by=None),
    reason=SHEET_STAYS,
)
declare(
    SheetAmendment,
    owner=OWNER,
    classification="C2",
    retention=PROOF,
    title=_("Amendments of my presence"),
    export=_amendments,
    erase=None,
    reason=SHEET_STAYS,
)
code_words.register(
    "verb",
    {
        "training_sessions.created": _("Session of a training prepared"),
        "training_sessions.changed": _("Session of a training changed"),
        "training_sessions.opened": _("Session of a training opened to bookings"),
        "training_sessions.confirmed": _("Session of a training confirmed"),
        "training_sessions.cancelled": _("Session of a training cancelled"),
        "training_sessions.booked": _("Place taken at a session of a training"),
        "training_sessions.given_up": _("Place given up at a session of a training"),
        "training_sessions.invited": _("People invited to a session of a training"),
        "training_sessions.printed": _("Convocations or attendance sheet printed"),
        "training_sessions.rest_absent": _("Rest of the room written absent"),
        "training_sessions.sheet_locked": _("Attendance sheet locked"),
        "training_sessions.scan_added": _("Scan added to an attendance sheet"),
        "training_sessions.sheet_amended": _("Attendance sheet amended"),
    },
)
