"""Counting the people asked, once, when answers begin to be taken; and the tasks that gaps open."""

from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock, journal
from src.participation.models import SpaceRoleGrant

from .. import axes, organising, rules
from ..models import OutreachTask, Questionnaire, StaffFrame
from ..partitions import OTHERS

HOUR = 3600
WEEK = timedelta(days=7)
LEAST_NOTE, MOST_NOTE = 20, 1000


def ensure_frame(questionnaire: Questionnaire) -> StaffFrame | None:
    """The people asked by category, counted now when they weren't yet; None without axes. Safe twice."""
    if not questionnaire.axes:
        return None
    known = getattr(questionnaire, "frame", None)
    if known is not None:
        return known
    cells, labels = axes.counted(questionnaire)
    made, _is_new = StaffFrame.objects.get_or_create(
        questionnaire=questionnaire, defaults={"taken_on": clock.today(), "cells": cells, "labels": labels}
    )
    questionnaire.frame = made
    return made


def frames_due(now: datetime) -> int:
    """Count the people of the questionnaires that are open and weren't counted; answers how many."""
    due = [one for one in _broken_down().filter(frame__isnull=True) if rules.is_open(one, now)]
    for one in due:
        ensure_frame(one)
    return len(due)


def outreach_due(now: datetime) -> int:
    """Open the tasks that the gaps of open questionnaires call for; answers how many."""
    return sum(
        len(open_outreach(questionnaire=one))
        for one in _broken_down().filter(frame__isnull=False)
        if rules.is_open(one, now)
    )


def _broken_down():
    return (
        Questionnaire.objects.filter(closed_at__isnull=True, revisions__published_at__isnull=False)
        .exclude(first_axis="")
        .distinct()
        .for_pages()
        .order_by("pk")
    )


@transaction.atomic
def open_outreach(*, questionnaire: Questionnaire) -> list[OutreachTask]:
    """Open a task for each category that answers much too little and has none yet. Safe twice.

    Reads what organisers read (counts by tens, an hour old), so that a task says nothing more. It is given to whoever
    has facilitated the space longest, for a week, or before answers end.
    """
    known = set(OutreachTask.objects.filter(questionnaire=questionnaire).values_list("axis", "category"))
    missing = [
        line
        for line in reading(questionnaire)
        if line.gap.is_notable and (questionnaire.axes[line.axis], category_of(line.group)) not in known
    ]
    if not missing:
        return []
    owner = facilitators(questionnaire).first()
    made = [
        OutreachTask(
            questionnaire=questionnaire,
            axis=questionnaire.axes[line.axis],
            category=category_of(line.group),
            words=organising.group_words(questionnaire, line.axis, line.group.code, line.group.codes)[:400],
            gap=-line.gap.points,
            owner=owner,
            due_on=_due_on(questionnaire),
            opened_on=clock.today(),
        )
        for line in missing
    ]
    # Two tickers at once: the second's are ignored, and only those written are answered.
    OutreachTask.objects.bulk_create(made, ignore_conflicts=True)
    return list(OutreachTask.objects.filter(reference__in=[task.reference for task in made]))


def category_of(group) -> str:
    """How a task names its category: those told together have one task, whoever joins them."""
    return OTHERS if group.code == OTHERS else group.code


def _due_on(questionnaire: Questionnaire) -> date:
    last = rules.last_day(rules.until(questionnaire))
    week = clock.today() + WEEK
    return min(week, last) if last is not None else week


def reading(questionnaire: Questionnaire) -> list:
    """The gaps of an open questionnaire, kept an hour: two readings never tell when somebody answered."""
    key = f"questionnaires.gaps.{questionnaire.reference}"
    found = cache.get(key)
    if found is None:
        found = organising.gaps(questionnaire)
        cache.set(key, found, HOUR)
    return found


def facilitators(questionnaire: Questionnaire):
    """Those who facilitate the space, the one who has longest first: they may be in charge."""
    held = SpaceRoleGrant.objects.filter(
        space_id=questionnaire.space_id, role=Role.FACILITATOR, starts_on__lte=clock.today()
    ).exclude(ends_on__lt=clock.today())
    users = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return users.order_by("pk")


@transaction.atomic
def give_outreach(*, actor, task: OutreachTask, owner: User, due_on: date) -> OutreachTask:
    """Give a task to another facilitator of the space, or move its date. Refuses a task done, and a date gone by."""
    _check_may(actor, task)
    if due_on < clock.today():
        raise ValidationError({"due_on": _("Choose a day to come.")})
    if not facilitators(task.questionnaire).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("Choose somebody who facilitates this space.")})
    changed = OutreachTask.objects.filter(pk=task.pk, done_on__isnull=True).update(owner=owner, due_on=due_on)
    if not changed:
        raise ValidationError(_("This task is done: it no longer changes."))
    journal.record("questionnaires.outreach_given", actor=actor, object_ref=_reference(task))
    return task


@transaction.atomic
def end_outreach(*, actor, task: OutreachTask, note: str) -> OutreachTask:
    """End a task with words on what was done. The same words twice change nothing; refuses other words after."""
    _check_may(actor, task)
    words = note.strip()
    if not LEAST_NOTE <= len(words) <= MOST_NOTE:
        raise ValidationError({"note": _("Say what was done, in %(n)d characters at least.") % {"n": LEAST_NOTE}})
    changed = OutreachTask.objects.filter(pk=task.pk, done_on__isnull=True).update(
        done_on=clock.today(), done_note=words
    )
    task.refresh_from_db()
    if not changed:
        if task.done_note == words:
            return task
        raise ValidationError(_("This task is done: it no longer changes."))
    journal.record("questionnaires.outreach_ended", actor=actor, object_ref=_reference(task))
    return task


def _reference(task: OutreachTask) -> str:
    return f"questionnaire:{task.questionnaire.reference}"


def _check_may(actor, task: OutreachTask) -> None:
    if not rules.may_organise(actor, task.questionnaire):
        raise PermissionDenied(_("Those who organise this questionnaire look after its tasks."))
