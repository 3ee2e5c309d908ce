"""Moderation of any contribution: reports, the look that follows, the decision, the author's objection.

A room brings its tables and what showing or hiding means there (``Desk``). Each verb holds the contribution's row
first, so that reports, decisions and objections about one text take turns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox
from src.workflow.exceptions import TransitionNotAllowed

from ..enums import AppealState, CaseState, RemovalReason, Visibility

REPORT_TEXT_MAX = 500
TEXT_MIN, TEXT_MAX = 20, 1_000


@dataclass(frozen=True)
class Desk:
    """What a room whose contributions are moderated brings: its tables, and its own words and counters."""

    cases: type[models.Model]
    reports: type[models.Model]
    appeals: type[models.Model]
    # A contribution → the columns by which a case, or a report, is about it.
    spot: Callable[[Any], dict]
    # (contribution, Visibility, reason): writes the columns and the counters, and has the index follow.
    show: Callable[[Any, str, str], None]
    # (contribution, viewer, text, moment): what a removal had stopped starts again.
    restore: Callable[[Any, Any, str, datetime], None]
    # Beginning of the outbox topics: "ideas" gives "ideas.withheld".
    room: str


# ------------------------------------------------------------------------------------------------------- reports
def report(desk: Desk, target, *, viewer, reason_code: str, text: str = "", withholds: bool, now=None):
    """Write one person's report and return it; the same person again gets the first one.

    Changes: the report, the open case (made if there is none) and, when ``withholds`` and reports from enough units
    give a reason nobody already set aside, the contribution is hidden until somebody reads. Emits ``reported`` for a
    new case and ``withheld``. Refuses with PermissionDenied who isn't an agent, with ValidationError an unknown
    reason or a long text, with TransitionNotAllowed what was removed since. Whether the person sees the contribution
    and didn't write it is the caller's to ask.
    """
    if not viewer.is_agent:
        raise PermissionDenied(_("Reports are made by the City's agents, once signed in."))
    if reason_code not in RemovalReason.values:
        raise ValidationError({"reason_code": _("Choose a reason.")})
    text = (text or "").strip()
    if len(text) > REPORT_TEXT_MAX:
        raise ValidationError({"text": _("Shorten your word: %(max)d characters at most.") % {"max": REPORT_TEXT_MAX}})
    now = now or clock.now()
    spot = desk.spot(target)
    with transaction.atomic():
        visibility = hold(target)
        known = desk.reports.objects.filter(reporter_id=viewer.user_id, **spot).first()
        if known is not None:
            return known
        if visibility == Visibility.REMOVED:
            raise TransitionNotAllowed(_("This text was removed since: there is nothing left to report."))
        case = _open_case(desk, spot)
        is_new = case is None
        if is_new:
            case = desk.cases.objects.create(opened_at=now, due_on=_due(now, settings.TERRAIN_MODERATION_DAYS), **spot)
        made = desk.reports.objects.create(
            case=case,
            reporter_id=viewer.user_id,
            unit_id=viewer.unit_id,
            reason_code=reason_code,
            text=text,
            made_at=now,
            **spot,
        )
        _record(desk, "reported", target, None, {"reason": reason_code})
        if is_new:
            _emit(desk, "reported", case)
        if withholds and visibility == Visibility.SHOWN and _enough(desk, case, spot):
            desk.cases.objects.filter(pk=case.pk).update(withheld_at=now)
            desk.show(target, Visibility.WITHHELD, "")
            _record(desk, "withheld", target, None, {"case": case.pk})
            _emit(desk, "withheld", case)
    return made


def withdraw_report(desk: Desk, target, *, viewer, now=None) -> bool:
    """Take one's report back; True when there was one. A case nobody reports any more ends, unless it hid the text.

    Refuses with TransitionNotAllowed once somebody has read: the decision stands by itself.
    """
    spot = desk.spot(target)
    with transaction.atomic():
        hold(target)
        made = desk.reports.objects.filter(reporter_id=viewer.user_id, **spot).select_related("case").first()
        if made is None:
            return False
        if not made.case.is_open:
            raise TransitionNotAllowed(_("Somebody has already read it: the report can't be withdrawn any more."))
        case = made.case
        made.delete()
        _record(desk, "report_withdrawn", target, None, {})
        if case.withheld_at is None and not case.reports.exists():
            desk.cases.objects.filter(pk=case.pk).update(state=CaseState.DROPPED, decided_at=now or clock.now())
    return True


# ----------------------------------------------------------------------------------------------------- decisions
def keep(desk: Desk, target, *, viewer, remark: str = "", now=None):
    """Decide that the contribution stays: its reports are set aside, what they had hidden is shown again.

    Refuses with PermissionDenied who reported it, with TransitionNotAllowed when nothing waits: somebody decided
    first, told by name and hour. The caller asks whether the person moderates there.
    """
    now = now or clock.now()
    spot = desk.spot(target)
    with transaction.atomic():
        visibility = hold(target)
        case = _case_to_decide(desk, spot, viewer)
        if case is None:
            raise TransitionNotAllowed(nothing_waits(desk, spot))
        _settle(desk, case, state=CaseState.KEPT, decided_by=viewer.user, decided_at=now, remark=remark.strip())
        if visibility == Visibility.WITHHELD:
            desk.show(target, Visibility.SHOWN, "")
        _record(desk, "kept", target, viewer.user, {"case": case.pk})
        _emit(desk, "moderated", case)
    return case


def remove(desk: Desk, target, *, viewer, reason_code: str, text: str, remark: str = "", now=None):
    """Hide a contribution for good, with the reason and the words its author reads.

    Refuses what ``settle_removal`` refuses, and with TransitionNotAllowed what is already removed.
    """
    text = check_removal(reason_code, text)
    with transaction.atomic():
        if hold(target) == Visibility.REMOVED:
            raise TransitionNotAllowed(nothing_waits(desk, desk.spot(target)))
        desk.show(target, Visibility.REMOVED, reason_code)
        return settle_removal(
            desk, target, viewer=viewer, reason_code=reason_code, text=text, remark=remark, now=now or clock.now()
        )


def settle_removal(desk: Desk, target, *, viewer, reason_code: str, text: str, remark: str = "", now: datetime):
    """Write the decision of a removal made in the caller's transaction, which holds the contribution's row.

    The open case takes it; without one, the moderator's own reading becomes a case. Refuses with PermissionDenied
    who reported the contribution. Emits ``moderated``.
    """
    spot = desk.spot(target)
    decision = {
        "state": CaseState.REMOVED,
        "decided_by": viewer.user,
        "decided_at": now,
        "reason_code": str(reason_code),
        "text": text,
        "remark": remark.strip(),
    }
    case = _case_to_decide(desk, spot, viewer)
    if case is None:
        case = desk.cases.objects.create(opened_at=now, due_on=timezone.localdate(now), **spot, **decision)
    else:
        _settle(desk, case, **decision)
    _record(desk, "removed", target, viewer.user, {"case": case.pk, "reason": str(reason_code)})
    _emit(desk, "moderated", case)
    return case


def check_removal(reason_code: str, text: str) -> str:
    """The words of a removal, tidy; ValidationError by field without a reason, or with too few or too many words."""
    errors = {}
    if reason_code not in RemovalReason.values:
        errors["reason_code"] = _("Choose a reason.")
    try:
        text = check_text(text)
    except ValidationError as error:
        errors["text"] = error
    if errors:
        raise ValidationError(errors)
    return text


def check_text(text: str) -> str:
    """A reason, an objection or its answer: from twenty to a thousand characters."""
    text = (text or "").replace("\r\n", "\n").strip()
    if len(text) < TEXT_MIN:
        raise ValidationError(_("Say why in a whole sentence: %(min)d characters at least.") % {"min": TEXT_MIN})
    if len(text) > TEXT_MAX:
        raise ValidationError(_("Shorten this text: %(max)d characters at most.") % {"max": TEXT_MAX})
    return text


# ----------------------------------------------------------------------------------------------------- objections
def last_day_to_appeal(case) -> date:
    """The last day on which the author may object to a removal."""
    return timezone.localdate(case.decided_at) + timedelta(days=settings.TERRAIN_APPEAL_DAYS)


def appeal(desk: Desk, target, *, text: str, by_week: bool, for_administrators: bool, now=None):
    """Write the author's objection to the removal of their contribution, and return it.

    ``by_week``: the author isn't named, so neither is the hour, and nothing goes to the journal. Refuses with
    TransitionNotAllowed what isn't removed, a second objection, the fifteen days gone by; with ValidationError a text
    outside the limits. That the person is the author is the caller's to prove. Emits ``appealed``.
    """
    try:
        text = check_text(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
    now = now or clock.now()
    moment = clock.week_start_moment(clock.week_of(now)) if by_week else now
    with transaction.atomic():
        visibility = hold(target)
        case = last_removal(desk, target)
        if case is None or visibility != Visibility.REMOVED:
            raise TransitionNotAllowed(_("There is no removal to object to."))
        if desk.appeals.objects.filter(case=case).exists():
            raise TransitionNotAllowed(_("You have already objected to this decision: somebody else reads it."))
        if timezone.localdate(now) > last_day_to_appeal(case):
            raise TransitionNotAllowed(expired_sentence(case))
        made = desk.appeals.objects.create(
            case=case,
            text=text,
            made_at=moment,
            due_on=_due(moment, settings.TERRAIN_APPEAL_ANSWER_DAYS, by_week=by_week),
            for_administrators=for_administrators,
            removed_by_id=case.decided_by_id,
        )
        if not by_week:
            _record(desk, "appealed", target, None, {"case": case.pk})
        _emit(desk, "appealed", case)
    return made


def answer_appeal(desk: Desk, target, *, viewer, restored: bool, text: str, now=None):
    """Uphold a removal or undo it, with words the author reads; the contribution is shown again when undone.

    Refuses with PermissionDenied who removed it or reported it, with TransitionNotAllowed an objection answered
    since (by whom, and when), with ValidationError a text outside the limits. Emits ``appeal_answered``.
    """
    try:
        text = check_text(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
    now = now or clock.now()
    spot = desk.spot(target)
    with transaction.atomic():
        hold(target)
        case = last_removal(desk, target)
        made = desk.appeals.objects.select_related("decided_by").filter(case=case).first() if case else None
        if made is None:
            raise TransitionNotAllowed(_("There is no objection to answer."))
        if not made.is_open:
            raise TransitionNotAllowed(_already(made.decided_by, made.decided_at, made.get_state_display()))
        if made.removed_by_id == viewer.user_id:
            raise PermissionDenied(_("You removed this text: somebody else answers the objection."))
        _case_to_decide(desk, spot, viewer)
        made.state = AppealState.RESTORED if restored else AppealState.UPHELD
        made.decided_by, made.decided_at, made.answer = viewer.user, now, text
        made.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        if restored:
            desk.restore(target, viewer, text, now)
        _record(desk, "restored" if restored else "upheld", target, viewer.user, {"case": case.pk})
        _emit(desk, "appeal_answered", case)
    return made


def last_removal(desk: Desk, target):
    """The decision by which the contribution was last removed, or None."""
    removals = desk.cases.objects.filter(state=CaseState.REMOVED, **desk.spot(target))
    return removals.select_related("decided_by").order_by("-decided_at", "-pk").first()


def expired_sentence(case) -> str:
    return _("The time to object ended on %(day)s.") % {"day": date_format(last_day_to_appeal(case), "DATE_FORMAT")}


def check_as_read(desk: Desk, target, decisions: int | None) -> None:
    """Refuse with TransitionNotAllowed a text decided since it was read: by whom, and when.

    ``decisions``: how many there were then; None asks nothing. In the caller's transaction, whose row it holds.
    """
    if decisions is None:
        return
    hold(target)
    spot = desk.spot(target)
    if desk.cases.objects.filter(state__in=(CaseState.KEPT, CaseState.REMOVED), **spot).count() != decisions:
        raise TransitionNotAllowed(nothing_waits(desk, spot))


def nothing_waits(desk: Desk, spot: dict) -> str:
    """Why there is nothing to decide: who decided, and when, if somebody did."""
    last = desk.cases.objects.filter(**spot).exclude(decided_at=None).select_related("decided_by")
    last = last.order_by("-decided_at", "-pk").first()
    if last is None or last.decided_by is None:
        return _("Nothing waits for a decision here any more.")
    return _already(last.decided_by, last.decided_at, last.get_state_display())


# ----------------------------------------------------------------------------------------------------- retention
def forget_reporters(desk: Desk, now: datetime, *, apply: bool) -> int:
    """Drop who reported, from where and in which words, once the decision is old enough; the count stays."""
    limit = now - timedelta(days=30 * settings.TERRAIN_REPORTER_MONTHS)
    old = desk.reports.objects.filter(case__decided_at__lt=limit).filter(~Q(reporter=None) | ~Q(text=""))
    return old.update(reporter=None, unit=None, text="") if apply else old.count()


# ------------------------------------------------------------------------------------------------------- private
def hold(target) -> str:
    """Lock the contribution's row, in the caller's transaction, and answer its visibility as it is now."""
    rows = type(target)._base_manager.select_for_update(no_key=True)
    target.visibility = rows.values_list("visibility", flat=True).get(pk=target.pk)
    return target.visibility


def _open_case(desk: Desk, spot: dict):
    return desk.cases.objects.filter(state=CaseState.OPEN, **spot).first()


def _enough(desk: Desk, case, spot: dict) -> bool:
    """Whether reports from enough units give a reason that no earlier reading set aside."""
    heard = desk.reports.objects.filter(**spot).filter(
        Q(case__state=CaseState.KEPT) | Q(case__appeal__state=AppealState.RESTORED)
    )
    set_aside = set(heard.values_list("reason_code", flat=True))
    counted = desk.reports.objects.filter(case=case, unit__isnull=False).exclude(reason_code__in=set_aside)
    return counted.values("unit").distinct().count() >= settings.TERRAIN_REPORTING_UNITS


def _case_to_decide(desk: Desk, spot: dict, viewer):
    """The open case, or None; PermissionDenied when the viewer ever reported this text. One statement."""
    reported = desk.reports.objects.filter(case=OuterRef("pk"), reporter_id=viewer.user_id)
    cases = desk.cases.objects.filter(**spot).annotate(reported=Exists(reported))
    found = list(cases.filter(Q(state=CaseState.OPEN) | Q(reported=True)))
    if any(case.reported for case in found):
        raise PermissionDenied(_("You reported this text: somebody else decides."))
    return found[0] if found else None


def _settle(desk: Desk, case, **changed) -> None:
    if not desk.cases.objects.filter(pk=case.pk, state=CaseState.OPEN).update(**changed):
        raise TransitionNotAllowed(_("Somebody else has just decided: read this page again."))
    for name, value in changed.items():
        setattr(case, name, value)


def _due(moment: datetime, days: int, *, by_week: bool = False) -> date:
    day = timezone.localdate(moment)
    # Kept by the week: counted from its Sunday, so that nobody loses days for having withheld their name.
    return clock.add_working_days(day + timedelta(days=6) if by_week else day, days)


def _already(who, at: datetime, state: str) -> str:
    local = timezone.localtime(at)
    return _("%(who)s decided on %(date)s at %(time)s: “%(state)s”.") % {
        "who": who.short_name if who else _("Somebody"),
        "date": date_format(local, "DATE_FORMAT"),
        "time": time_format(local, "TIME_FORMAT"),
        "state": state,
    }


def _record(desk: Desk, verb: str, target, actor, payload: dict) -> None:
    """One line of the sealed journal; a reporter is never its actor."""
    journal.record(
        f"moderation.{verb}", actor=actor, object_ref=f"{target._meta.model_name}:{target.reference}", payload=payload
    )


def _emit(desk: Desk, event: str, case) -> None:
    outbox.emit(f"{desk.room}.{event}", {"case": case.pk}, key=f"{desk.room}.{event}:{case.pk}")
