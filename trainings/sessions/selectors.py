"""What the pages of sessions read, in a bounded number of statements."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit, User
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset
from trainings.enums import ModuleKind
from trainings.learning.registry import Face
from trainings.models import Module, Track, TrackVersion

from . import rules
from .calendar import half_day
from .cards import qr_of
from .enums import Channel, SessionState
from .models import AttendanceMark, Booking, Convocation, Session, SessionSlot, SheetAmendment

ORDER = ("starts_at", "pk")
LAST_FIRST = ("-starts_at", "-pk")
PAGE = 20
MOST_MINE = 30
# People who work nowhere today.
NOWHERE = "sans-unite"


def half_days(session: Session) -> list[str]:
    """Each half-day in a few words."""
    return [half_day(slot.starts_at, slot.ends_at) for slot in session.slots.all()]


def _whole(sessions):
    return sessions.select_related("track", "unit", "trainer").prefetch_related("slots")


def of_reference(sessions, reference: str) -> Session | None:
    """One of these sessions, with what a page says of it."""
    return _whole(sessions).with_counts().filter(reference=reference[:6]).first()


# ------------------------------------------------------------------------------------------------------------ agents
def open_to(viewer, *, track: str = "", cursor: str = "") -> keyset.Page:
    """Sessions one may take a place at, the nearest first; of one training, or of all."""
    own = Booking.objects.visible_to(viewer).active().order_by().values("session")
    found = Session.objects.visible_to(viewer).to_book().exclude(pk__in=own)
    if track:
        found = found.filter(track__slug=track)
    return keyset.paginate(_whole(found).with_counts(), order=ORDER, cursor=cursor, size=PAGE)


def tracks_with_sessions(viewer) -> list[Track]:
    """Trainings that have sessions one may book."""
    found = Session.objects.visible_to(viewer).to_book().order_by().values("track")
    return list(Track.objects.filter(pk__in=found).only("slug", "title").order_by("title"))


@dataclass(frozen=True)
class Mine:
    """One's places: to come, and past."""

    coming: list[Booking]
    past: list[Booking]


def mine(viewer) -> Mine:
    """One's own places, those to come first; cancelled sessions until their day."""
    rows = Booking.objects.visible_to(viewer).exclude(session__state=SessionState.DRAFT)
    rows = rows.select_related("session__track").prefetch_related("session__slots", "marks", "amendments")
    rows = list(rows.order_by("-session__starts_at", "-pk")[:MOST_MINE])
    now = clock.now()
    coming = [one for one in rows if one.session.ends_at > now and (one.is_active or one.session.is_cancelled)]
    past = [one for one in rows if one.session.ends_at <= now and one.marks.all()]
    return Mine(coming[::-1], past)


def booking_of(viewer, session: Session) -> Booking | None:
    """One's own place at a session."""
    rows = Booking.objects.visible_to(viewer).filter(session=session)
    return rows.prefetch_related("convocations", "marks__slot", "amendments__slot").first()


def presence_lines(session: Session, booking: Booking) -> list[tuple[str, str, SheetAmendment | None]]:
    """One's own presence: half-day, what counts, the amendment if any. Nothing before something is written."""
    marks = {one.slot_id: one for one in booking.marks.all()}
    amended = {one.slot_id: one for one in sorted(booking.amendments.all(), key=lambda one: one.pk)}
    told = []
    for slot in session.slots.all():
        cell = Cell(slot, marks.get(slot.pk), amended.get(slot.pk))
        if cell.said:
            told.append((half_day(slot.starts_at, slot.ends_at), cell.said, cell.amended))
    return told


def place_elsewhere(viewer, session: Session) -> Booking | None:
    """One's place at another session to come of the same module."""
    rows = Booking.objects.visible_to(viewer).active().filter(session__in=Session.objects.to_book())
    rows = rows.filter(session__track=session.track_id, session__module_key=session.module_key)
    return rows.exclude(session=session).select_related("session").first()


def rank_of(booking: Booking) -> int:
    """How many wait before somebody, and they: 1 is the next."""
    return Booking.objects.filter(session=booking.session_id).waiting().filter(rank__lte=booking.rank).count()


def face_of(viewer, track, module) -> Face | None:
    """One's place at a session of this module, or where to choose one."""
    rows = Booking.objects.visible_to(viewer).active().filter(session__track=track, session__ends_at__gt=clock.now())
    booking = rows.filter(session__module_key=module.stable_key).select_related("session").first()
    if booking is not None:
        slot = half_day(booking.session.starts_at, booking.session.ends_at)
        words = {"state": booking.get_state_display(), "when": slot}
        url = reverse("trainings_sessions:session", kwargs={"session": booking.session.reference})
        return Face(_("%(state)s: %(when)s.") % words, url, _("See my session"))
    url = f"{reverse('trainings_sessions:list')}?formation={track.slug}"
    return Face(_("Choose the day that suits you; you may change later."), url, _("Choose a session"))


# -------------------------------------------------------------------------------------------------------- organisers
@dataclass(frozen=True)
class Question:
    """What is asked of the list of organisers."""

    track: str = ""
    state: str = ""
    when: str = ""

    @classmethod
    def read(cls, query) -> "Question":
        """From an address; what isn't understood is left out."""
        state = query.get("etat", "")
        when = query.get("quand", "")
        track = query.get("formation", "").replace("\x00", "")[:80]
        return cls(track, state if state in SessionState.values else "", when if when in ("venir", "passees") else "")

    @property
    def asked(self) -> dict:
        told = {"formation": self.track, "etat": self.state, "quand": self.when}
        return {name: value for name, value in told.items() if value}


def desk(viewer, question: Question):
    """Sessions that somebody organises, as asked."""
    found = Session.objects.organised_by(viewer)
    if question.track:
        found = found.filter(track__slug=question.track)
    if question.state:
        found = found.filter(state=question.state)
    if question.when == "venir":
        found = found.filter(ends_at__gt=clock.now())
    elif question.when == "passees":
        found = found.filter(ends_at__lte=clock.now())
    return _whole(found).with_counts()


def desk_page(viewer, question: Question, *, cursor: str = "") -> keyset.Page:
    """One page of them."""
    return keyset.paginate(desk(viewer, question), order=LAST_FIRST, cursor=cursor, size=PAGE)


def organised_tracks(viewer) -> list[Track]:
    """Trainings of the sessions that somebody organises."""
    found = Session.objects.organised_by(viewer).order_by().values("track")
    return list(Track.objects.filter(pk__in=found).only("slug", "title").order_by("title"))


@dataclass(frozen=True)
class Placed:
    """Somebody's place, and the last thing that was sent to them."""

    booking: Booking
    told: Convocation | None


def people_of(session: Session) -> list[Placed]:
    """Everybody who has or had a place, by name; the waiting list in its order at the end."""
    rows = Booking.objects.filter(session=session).select_related("agent__current_affectation__unit")
    rows = list(rows.prefetch_related("convocations"))
    rows.sort(key=lambda one: (not one.is_active, one.is_waiting, one.rank or 0, _name(one), one.pk))
    return [Placed(one, max(one.convocations.all(), key=_weight, default=None)) for one in rows]


def _weight(told: Convocation) -> tuple[int, bool]:
    """The last one, and the mail or the paper before the inbox that everybody has."""
    return told.sequence, told.channel != Channel.INBOX


def _name(booking: Booking) -> tuple[str, str]:
    return booking.agent.last_name.casefold(), booking.agent.first_name.casefold()


def modules_to_hold() -> list[tuple[Track, Module]]:
    """Modules one may hold a session of, in the last version of each track: sessions first, then quizzes."""
    newest = TrackVersion.objects.latest_of_each().filter(track__live=True)
    kinds = [ModuleKind.SESSION, ModuleKind.QUIZ]
    rows = Module.objects.filter(version__in=newest, kind__in=kinds).select_related("version__track")
    rows = sorted(rows.prefetch_related("patches"), key=lambda one: (one.is_quiz, one.version.title, one.position))
    return [(one.version.track, one) for one in rows]


def units_of(viewer) -> list[Unit]:
    """Units for which somebody may organise; open ones."""
    viewer = as_viewer(viewer)
    rows = Unit.objects.filter(valid_until__isnull=True)
    paths = {path for role in rules.ORGANISERS for path in viewer.role_paths(role)}
    return [one for one in rows.order_by("path") if any(one.path.startswith(path) for path in paths)]


def trainers() -> list[User]:
    """Accounts that have the role of trainer today."""
    today = clock.today()
    held = RoleGrant.objects.filter(role=Role.TRAINER, starts_on__lte=today).exclude(ends_on__lt=today)
    rows = User.objects.filter(is_active=True, pk__in=held.order_by().values("user"))
    return list(rows.order_by("last_name", "first_name", "pk"))


@dataclass(frozen=True)
class PrintedAt:
    """A place with convocations on paper: how many, how many not printed yet."""

    unit: Unit | None
    people: int
    waiting: int

    @property
    def code(self) -> str:
        """What its address says."""
        return self.unit.code if self.unit is not None else NOWHERE


def paper_of(session: Session, unit: str = ""):
    """The last convocations on paper of those who have a seat; of one place, or of all."""
    rows = Convocation.objects.filter(
        booking__session=session, channel=Channel.PAPER, booking__in=Booking.objects.seated()
    )
    rows = rows.select_related("booking__agent__current_affectation__unit", "booking__session")
    last: dict[int, Convocation] = {}
    for one in rows.order_by("sequence"):
        last[one.booking_id] = one
    found = sorted(last.values(), key=lambda one: (_path(one.booking), _name(one.booking)))
    return [one for one in found if not unit or _code(one.booking) == unit]


def _path(booking: Booking) -> str:
    post = booking.agent.current_affectation
    return post.unit.path if post else ""


def _code(booking: Booking) -> str:
    post = booking.agent.current_affectation
    return post.unit.code if post else NOWHERE


def places_to_print(session: Session) -> list[PrintedAt]:
    """Places of those convoked on paper."""
    found: dict[str, list[Convocation]] = {}
    for one in paper_of(session):
        found.setdefault(_code(one.booking), []).append(one)
    return [
        PrintedAt(
            rows[0].booking.agent.current_affectation.unit if rows[0].booking.agent.current_affectation else None,
            len(rows),
            sum(one.sent_at is None for one in rows),
        )
        for rows in found.values()
    ]


# ---------------------------------------------------------------------------------------------------------- trainers
def led(viewer, *, cursor: str = "") -> keyset.Page:
    """Sessions somebody leads, the last first."""
    found = Session.objects.led_by(viewer)
    return keyset.paginate(_whole(found).with_counts(), order=LAST_FIRST, cursor=cursor, size=PAGE)


@dataclass(frozen=True)
class Line:
    """Somebody expected in the room, with what is written of them for each half-day, amendments included."""

    booking: Booking
    cells: list
    qr: str = ""

    @property
    def name(self) -> str:
        return self.booking.agent.get_full_name()


@dataclass(frozen=True)
class Cell:
    """One half-day of one person."""

    slot: SessionSlot
    mark: AttendanceMark | None
    amended: SheetAmendment | None

    @property
    def said(self) -> str:
        """What counts, in words; empty while nothing is written."""
        if self.amended is not None:
            return self.amended.get_becomes_display()
        return self.mark.get_status_display() if self.mark is not None else ""


def expected(session: Session, *, with_qr: bool = False) -> list[Line]:
    """Those who have a seat, by name."""
    rows = Booking.objects.filter(session=session).seated().select_related("agent__current_affectation__unit")
    rows = rows.prefetch_related("marks", Prefetch("amendments", SheetAmendment.objects.order_by("pk")))
    slots = list(session.slots.all())
    return [_line(one, slots, with_qr) for one in sorted(rows, key=lambda one: (_name(one), one.pk))]


def _line(booking: Booking, slots, with_qr: bool) -> Line:
    marks = {one.slot_id: one for one in booking.marks.all()}
    amended = {one.slot_id: one for one in booking.amendments.all()}
    cells = [Cell(slot, marks.get(slot.pk), amended.get(slot.pk)) for slot in slots]
    return Line(booking, cells, qr_of(booking) if with_qr else "")


def sheet_of(session: Session, *, with_qr: bool = False) -> dict:
    """What an attendance sheet says, to sign or locked."""
    return {
        "session": session,
        "slots": [(slot, half_day(slot.starts_at, slot.ends_at)) for slot in session.slots.all()],
        "lines": expected(session, with_qr=with_qr),
        "trainer": session.trainer.get_full_name() if session.trainer else "",
    }


def slot_shown(session: Session, asked: str) -> SessionSlot:
    """The half-day asked for, else the one that is on, else the last that began, else the first."""
    slots = list(session.slots.all())
    found = next((slot for slot in slots if str(slot.number) == asked), None)
    if found is not None:
        return found
    begun = [slot for slot in slots if slot.starts_at <= clock.now()]
    return begun[-1] if begun else slots[0]
