"""The sheet: drawn, locked by its fingerprint, its scan, what amends it, and what follows for modules."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.foundations import clock, documents, orphans, uploads
from trainings.learning.services import attend, take_back

from .. import rules, selectors
from ..enums import COUNTED, RUNNING, Presence, SessionState
from ..models import AttendanceMark, AttendanceSheet, Booking, Session, SessionSlot, SheetAmendment
from .holding import MovedOn, hold, move, note, refuse_unless_in


def lock(*, actor, session: Session, scan=None) -> AttendanceSheet:
    """Lock the sheet of a session by its fingerprint, with the scan of the signed paper when there is one.

    Those who were at every half-day have finished the module. Refuses while somebody's presence isn't written, before
    the last half-day, a scan that isn't a PDF or a picture. Its trainer.
    """
    rules.refuse_unless(rules.leads(actor, session))
    clean = _clean(scan)
    row = AttendanceSheet(session=session, locked_at=clock.now(), locked_by=as_viewer(actor).user)
    # Drawn before the session is held: a page takes a second, and nobody waits meanwhile.
    drawn_from = _written(session)
    _refuse_unless_whole(session)
    name, data = _drawn(session, row)
    row.file, row.sha256 = ContentFile(data, name=name), hashlib.sha256(data).hexdigest()
    if clean is not None:
        row.scan, row.scan_sha256 = clean, _fingerprint(clean)
    with orphans.files_with_their_rows(row.file, row.scan):
        held = hold(session)
        refuse_unless_in(held, *RUNNING)
        if _written(held) != drawn_from:
            raise MovedOn(_("Presence changed meanwhile: read the sheet again, then lock it."), code="changed")
        if held.is_confirmed:
            move(held, SessionState.HELD)
        row.session = held
        row.save()
        move(held, SessionState.CLOSED)
        note("sheet_locked", held, actor, sheet=row.reference, sha256=row.sha256)
        _follow(held, row)
    return row


def _written(session: Session) -> list:
    """What the sheet is drawn from."""
    seats = Booking.objects.filter(session=session).seated().order_by("pk").values_list("pk", flat=True)
    marks = AttendanceMark.objects.filter(booking__session=session).order_by("pk")
    return [list(seats), list(marks.values_list("booking", "slot", "status", "method"))]


def _refuse_unless_whole(session: Session) -> None:
    refuse_unless_in(session, *RUNNING)
    slots = list(session.slots.all())
    if slots[-1].starts_at > clock.now():
        raise MovedOn(_("The last half-day hasn’t begun."), code="early")
    seats = Booking.objects.filter(session=session).seated().count()
    left = seats * len(slots) - AttendanceMark.objects.filter(slot__session=session).count()
    if left:
        raise MovedOn(
            ngettext("%(n)d presence isn’t written yet.", "%(n)d presences aren’t written yet.", left) % {"n": left},
            code="unwritten",
        )


def _drawn(session: Session, row: AttendanceSheet) -> tuple[str, bytes]:
    """The sheet as a PDF, or as a page where PDFs can't be made; always in French, as it is signed."""
    with translation.override("fr"):
        context = {**selectors.sheet_of(session), "sheet": row}
        html = render_to_string("trainings_sessions/print/locked.html", context)
    try:
        return "sheet.pdf", documents.pdf(html)
    except documents.PdfUnavailable:
        return "sheet.html", html.encode()


def _clean(scan):
    """A scan made anew: PDF or picture; the refusal stands beside the field."""
    if not scan:
        return None
    try:
        return uploads.safe_image(scan) if uploads.looks_like_an_image(scan) else uploads.safe_pdf(scan)
    except ValidationError as refusal:
        raise ValidationError({"scan": refusal.messages})


def _fingerprint(file) -> str:
    file.seek(0)
    found = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return found


def intact(sheet: AttendanceSheet) -> bool:
    """Whether the files of a locked sheet are those that were locked."""
    for file, sha256 in ((sheet.file, sheet.sha256), (sheet.scan, sheet.scan_sha256)):
        if not file:
            continue
        try:
            with file.open("rb") as opened:
                if hashlib.sha256(opened.read()).hexdigest() != sha256:
                    return False
        except OSError:
            return False
    return True


def add_scan(*, actor, sheet: AttendanceSheet, scan) -> AttendanceSheet:
    """Add the scan of the signed paper to a locked sheet that has none. Its trainer or its organisers."""
    session = sheet.session
    rules.refuse_unless(rules.leads(actor, session) or rules.may_organise(actor, session.unit))
    clean = _clean(scan)
    if clean is None:
        raise ValidationError({"scan": _("Choose the scan: a PDF, or a photo of the signed sheet.")})
    held = AttendanceSheet(pk=sheet.pk, session=session)
    held.scan, fingerprint = clean, _fingerprint(clean)
    with orphans.files_with_their_rows(held.scan):
        hold(session)
        found = AttendanceSheet.objects.get(pk=sheet.pk)
        if found.scan:
            raise MovedOn(_("This sheet has its scan already: it no longer changes."), code="scan")
        found.scan, found.scan_sha256 = held.scan, fingerprint
        found.save(update_fields=["scan", "scan_sha256"])
        note("scan_added", session, actor, sheet=sheet.reference, sha256=fingerprint)
    return found


def _follow(session: Session, sheet: AttendanceSheet) -> None:
    """Those who were at every half-day asked have finished the module."""
    for booking in Booking.objects.filter(session=session).seated().select_related("agent").order_by("pk"):
        _follow_one(session, sheet, booking)


def _follow_one(session: Session, sheet: AttendanceSheet, booking: Booking) -> bool:
    if not was_there(session, booking):
        return False
    return attend(
        agent=booking.agent,
        track=session.track,
        module_key=session.module_key,
        at=min(session.ends_at, clock.now()),
        proof={"kind": "attendance_sheet", "ref": sheet.reference, "sha256": sheet.sha256},
    )


def was_there(session: Session, booking: Booking) -> bool:
    """Whether somebody was at every half-day asked, amendments included. Excused is not there."""
    said = presence_of(booking)
    asked = [slot.pk for slot in session.slots.all() if slot.is_required]
    return bool(asked) and all(said.get(pk) in COUNTED for pk in asked)


def presence_of(booking: Booking) -> dict[int, str]:
    """What counts of somebody, by half-day: what was locked, as amended since."""
    said = dict(booking.marks.values_list("slot_id", "status"))
    return said | dict(booking.amendments.order_by("pk").values_list("slot_id", "becomes"))


@transaction.atomic
def amend(
    *, actor, sheet: AttendanceSheet, booking: Booking, slot: SessionSlot, becomes: Presence, reason: str
) -> SheetAmendment:
    """Say otherwise what a locked sheet says of somebody, and why; what followed for their module follows again.

    Refuses without a reason, for oneself, and what is already so.
    """
    held = hold(sheet.session_id)
    rules.refuse_unless(rules.may_amend(actor, held, booking.agent_id))
    why = reason.strip()
    if not why:
        raise ValidationError({"reason": _("Say why: the person reads it, and it stays with the sheet.")})
    if booking.session_id != held.pk or slot.session_id != held.pk:
        raise MovedOn(_("This sheet has no such line."), code="line")
    was = presence_of(booking).get(slot.pk)
    if was is None:
        raise MovedOn(_("This sheet has no such line."), code="line")
    if was == becomes:
        raise ValidationError({"becomes": _("It is already what the sheet says.")})
    row = SheetAmendment.objects.create(
        sheet=sheet,
        booking=booking,
        slot=slot,
        was=was,
        becomes=becomes,
        reason=why[:500],
        author=as_viewer(actor).user,
        at=clock.now(),
    )
    note("sheet_amended", held, actor, sheet=sheet.reference, amendment=row.pk)
    if was_there(held, booking):
        _follow_one(held, sheet, booking)
    else:
        take_back(agent=booking.agent, proof=sheet.reference, reason=why[:500], actor=actor)
    return row
