"""Opening the identity of one protected author: asked by one, confirmed by another, written before it is read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.models import Affectation, User
from src.foundations import clock, journal
from src.workflow.exceptions import TransitionNotAllowed

from .. import opening_subjects
from ..enums import COURT_GROUNDS, Ground, IdentityMode, OpeningState
from ..models import IdentityOpening
from ..models.opening import seal_words
from ..querysets import functions_of
from . import authorship
from . import opening_telling as telling

MOTIVE_MIN, MOTIVE_MAX = 30, 1500
# A judge's ban is told with its end; no end is further than this, and none outlives the seal.
SILENCE_MONTHS = 24


@dataclass(frozen=True)
class Identity:
    """What the two people read, once: enough to know who, and nothing of what else they wrote."""

    name: str
    number: str
    job: str
    place: str


def excluded_sentence() -> str:
    """The one sentence of an exclusion, whatever the text and whoever wrote it."""
    return _("You can't take part in lifting the secret. Another person who may can do it.")


def gone_sentence() -> str:
    """Why there is nothing to open: the link is gone, or never was."""
    return _(
        "No name is under lock for this text: it was written without an account, or its link was destroyed. "
        "Links are destroyed %(months)d months after the decision."
    ) % {"months": settings.TERRAIN_AUTHOR_LINK_MONTHS}


def ask(
    *,
    actor: User,
    kind: str,
    reference: str,
    ground: str,
    motive: str,
    court_reference: str = "",
    silent_until: date | None = None,
    at: datetime | None = None,
) -> IdentityOpening:
    """Ask that the author of one contribution be known; the other functions are told that it waits.

    Writes the request, a chained journal entry and the notices in one transaction; nothing is opened. Refuses
    (PermissionDenied) who holds none of the functions or manages anybody; (ValidationError, by field) a text that
    doesn't exist, is signed, anonymous, has no link any more, or waits already; a court's ground without its
    reference; a ban without its end.
    """
    function = _function(actor)
    found = opening_subjects.find(kind, reference)
    _refuse_managers(actor, since=found.week if found else clock.today(), about=f"{kind}:{reference}")
    if found is None or found.is_imported:
        raise ValidationError({"reference": _("No text has this reference. Check each letter.")})
    if found.identity_mode != IdentityMode.PROTECTED:
        raise ValidationError({"reference": _unprotected(found.identity_mode)})
    if not authorship.is_sealed(found.handle):
        raise ValidationError({"reference": gone_sentence()})
    motive = motive.strip()
    _check_words(ground, motive, court_reference, silent_until)
    now = at or clock.now()
    expire(clock.now())
    opening = IdentityOpening(
        subject_kind=kind,
        subject_reference=found.reference,
        handle=found.handle,
        ground=ground,
        motive_sealed=seal_words(motive),
        court_reference=court_reference.strip() if ground in COURT_GROUNDS else "",
        silent_until=silent_until if ground == Ground.JUDGE_SECRET else None,
        asked_by=actor,
        asked_as=function,
        asked_at=now,
        expires_at=now + timedelta(days=settings.TERRAIN_OPENING_DAYS),
    )
    try:
        with transaction.atomic():
            opening.save(force_insert=True)
            _journal("asked", opening, actor, ground=ground, subject=f"{kind}:{found.reference}")
            telling.tell_others(opening, "participation.opening.asked", but={actor.pk})
    except IntegrityError:
        raise ValidationError({"reference": _("A request already waits for this text: confirm it, or refuse it.")})
    return opening


def confirm(*, opening: IdentityOpening, actor: User, at: datetime | None = None) -> IdentityOpening:
    """The second person agrees: the secret is lifted, its author is told, the public count moves; no name is read.

    One transaction of its own, committed when this returns: the state (one of two who decide wins), the chained
    journal entry, and the author's notice, unless a judge forbids it. Refuses (PermissionDenied) whoever asked, who
    acts for the same function, holds none, or manages anybody; (TransitionNotAllowed) what no longer waits, and a text
    whose link is gone.
    """
    function = _second_function(opening, actor)
    if not authorship.is_sealed(opening.handle):
        raise TransitionNotAllowed(gone_sentence())
    now = at or clock.now()
    with transaction.atomic(durable=True):
        _decide(opening, OpeningState.OPENED, actor, function, now)
        _journal("opened", opening, actor, ground=opening.ground, by=function, asked_by=opening.asked_as)
        if opening.silent_until is None:
            telling.tell_author(opening, now)
        telling.tell_others(opening, "participation.opening.confirmed", but={actor.pk})
    opening.refresh_from_db()
    return opening


def refuse(*, opening: IdentityOpening, actor: User, text: str, at: datetime | None = None) -> IdentityOpening:
    """The second person disagrees and says why; whoever asked is told. The same refusals as ``confirm``."""
    function = _second_function(opening, actor)
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Say why you refuse, in a sentence.")})
    with transaction.atomic():
        _decide(opening, OpeningState.REFUSED, actor, function, at or clock.now(), answer_sealed=seal_words(text))
        _journal("refused", opening, actor, by=function)
        telling.tell_asker(opening, "participation.opening.refused")
    opening.refresh_from_db()
    return opening


def read_name(*, opening: IdentityOpening, actor: User) -> Identity:
    """The name, to each of the two people, once.

    The reading is written and chained in a committed transaction **before** the seal is opened: a process killed in
    between leaves a trace and no name. Refuses (PermissionDenied) anybody else than the two; (TransitionNotAllowed) a
    second reading, a secret that isn't lifted, a name nobody came to read in time, a link that is gone.
    """
    column = _reader_column(opening, actor)
    now = clock.now()
    if opening.decided_at is not None and now >= reading_ends(opening):
        raise TransitionNotAllowed(_("The time to read this name is over. A new request is needed."))
    with transaction.atomic(durable=True):
        unread = IdentityOpening.objects.filter(pk=opening.pk, state=OpeningState.OPENED, **{column: None})
        if unread.update(**{column: now}) != 1:
            raise TransitionNotAllowed(_not_readable(opening))
        _journal("read", opening, actor)
    return _identity(opening)


def reading_ends(opening: IdentityOpening):
    """Until when the two people may read the name."""
    return opening.decided_at + timedelta(days=settings.TERRAIN_OPENING_DAYS)


def expire(now) -> int:
    """Close the requests nobody confirmed in time and tell whoever asked; how many. Safe to run twice."""
    late = IdentityOpening.objects.filter(state=OpeningState.WAITING, expires_at__lte=now)
    closed = 0
    for opening in late.order_by("pk"):
        with transaction.atomic():
            waiting = IdentityOpening.objects.filter(pk=opening.pk, state=OpeningState.WAITING)
            if waiting.update(state=OpeningState.EXPIRED) == 1:
                _journal("expired", opening, None)
                telling.tell_asker(opening, "participation.opening.expired")
                closed += 1
    return closed


def tell_authors(now) -> int:
    """Tell the authors whom a judge no longer forbids to tell; how many. Safe to run twice."""
    today = clock.today()
    due = IdentityOpening.objects.filter(state=OpeningState.OPENED, told_at=None, silent_until__lte=today)
    told = 0
    for opening in due.order_by("pk"):
        with transaction.atomic():
            told += telling.tell_author(opening, now)
    return told


def handles_not_told() -> set:
    """Handles whose author is still to be told: their link stays until then."""
    waiting = IdentityOpening.objects.filter(state=OpeningState.OPENED, told_at=None)
    return set(waiting.values_list("handle", flat=True))


# ------------------------------------------------------------------------------------------------------ who may
def _function(actor) -> str:
    held = functions_of(actor)
    if not held:
        raise PermissionDenied(
            _("Lifting the secret is for the data protection officer, the mediation and the legal department.")
        )
    return held[0]


def _second_function(opening, actor) -> str:
    _function(actor)
    if opening.asked_by_id == actor.pk:
        _journal_alone("alone", opening, actor)
        raise PermissionDenied(_("You asked for it: another person, of another function, decides."))
    others = [function for function in functions_of(actor) if function != opening.asked_as]
    if not others:
        raise PermissionDenied(_("Two functions are needed: somebody of another one than yours decides."))
    found = opening_subjects.find(opening.subject_kind, opening.subject_reference)
    since = found.week if found else clock.week_of(opening.asked_at)
    _refuse_managers(actor, since=since, about=f"opening:{opening.reference}")
    return others[0]


def _refuse_managers(actor, *, since: date, about: str) -> None:
    """Nobody who manages anybody, or did since the text was written: so that no author's line is ever among the two.

    Looked up without the author, who may be anybody: the refusal is the same whoever wrote.
    """
    managing = Affectation.objects.filter(user_id=actor.pk, is_manager=True).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    )
    if managing.exists():
        journal.record("participation.identity.excluded", actor=actor, object_ref=about)
        raise PermissionDenied(excluded_sentence())


def may_act(viewer) -> bool:
    """Whether the viewer holds a function and manages nobody: what the screens ask before showing a text."""
    if not viewer.fact("opening_functions"):
        return False
    today = clock.today()
    managing = Affectation.objects.filter(user_id=viewer.user_id, is_manager=True)
    return not managing.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).exists()


def _reader_column(opening, actor) -> str:
    if not functions_of(actor):
        raise PermissionDenied(_("Your function has ended: the name isn't yours to read any more."))
    if actor.pk == opening.asked_by_id:
        return "read_by_asker_at"
    if actor.pk == opening.decided_by_id and opening.is_opened:
        return "read_by_second_at"
    raise PermissionDenied(_("The name is for the two people who asked and confirmed, and for nobody else."))


# ----------------------------------------------------------------------------------------------------- in detail
def _unprotected(mode: str) -> str:
    if mode == IdentityMode.ANONYMOUS:
        return _("This text is anonymous: nobody knows who wrote it, and nothing can tell.")
    return _("This text is signed: there is no secret to lift.")


def _check_words(ground, motive, court_reference, silent_until) -> None:
    wrong = {}
    if ground not in Ground.values:
        wrong["ground"] = _("Choose a ground of the list.")
    if len(motive) < MOTIVE_MIN:
        wrong["motive"] = _("Say why in at least %(n)d characters: the second person decides on it.") % {
            "n": MOTIVE_MIN
        }
    elif len(motive) > MOTIVE_MAX:
        wrong["motive"] = _("Shorten your reasons to %(n)d characters.") % {"n": MOTIVE_MAX}
    if ground in COURT_GROUNDS and not court_reference.strip():
        wrong["court_reference"] = _("Give the reference of the court's request.")
    if ground == Ground.JUDGE_SECRET:
        if silent_until is None:
            wrong["silent_until"] = _("Give the day from which the author may be told.")
        elif not clock.today() < silent_until <= clock.today() + timedelta(days=SILENCE_MONTHS * 31):
            wrong["silent_until"] = _("Choose a day to come, within two years.")
    if wrong:
        raise ValidationError(wrong)


def _decide(opening, state, actor, function, now, **more) -> None:
    waiting = IdentityOpening.objects.filter(pk=opening.pk, state=OpeningState.WAITING, expires_at__gt=now)
    if waiting.update(state=state, decided_by=actor, decided_as=function, decided_at=now, **more) != 1:
        opening.refresh_from_db()
        raise TransitionNotAllowed(_no_longer_waits(opening))
    opening.refresh_from_db()


def _no_longer_waits(opening) -> str:
    if opening.is_opened:
        return _("This request was already confirmed.")
    if opening.is_refused:
        return _("This request was already refused.")
    return _("Nobody confirmed this request in time: it is closed. Ask again if the need remains.")


def _not_readable(opening) -> str:
    opening.refresh_from_db()
    if not opening.is_opened:
        return _("The secret isn't lifted: a second person must confirm first.")
    return _("You have read this name already: it is shown once.")


def _identity(opening) -> Identity:
    user_id = authorship.author_ids_of([opening.handle]).get(opening.handle)
    author = User.objects.select_related("current_affectation__unit").filter(pk=user_id).first() if user_id else None
    if author is None:
        raise TransitionNotAllowed(gone_sentence())
    post = author.current_affectation
    return Identity(
        name=author.get_full_name(),
        number=author.personnel_number or "",
        job=post.job_title if post else "",
        place=post.unit.name if post else "",
    )


def _journal(verb: str, opening, actor, **payload) -> None:
    journal.record(
        f"participation.identity.{verb}",
        actor=actor,
        object_ref=f"opening:{opening.reference}",
        payload={name: str(value) for name, value in payload.items()},
        chain_now=True,
    )


def _journal_alone(verb: str, opening, actor) -> None:
    journal.record(f"participation.identity.{verb}", actor=actor, object_ref=f"opening:{opening.reference}")
