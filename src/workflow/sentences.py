"""What people read about a move: who made it and when, in a whole sentence."""

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import process_cache, registry
from .enums import DECIDED, Actor


def already_moved(subject, reader_role: str) -> str:
    """Say who moved a subject and when, read after the move failed.

    Authors read the public word of the stage and no name: what staff do between two public steps isn't theirs to know.
    """
    relation = type(subject).journal_relation()
    entry = (
        relation.related_model._base_manager.filter(**{relation.field.name: subject.pk})
        .select_related("actor")
        .order_by("-id")
        .first()
    )
    if entry is None:
        return _("This step can’t be taken from where things stand. Reload the page to see where they are.")
    graph_stage = _stage_of(subject, entry.to_stage_id)
    if reader_role == Actor.AUTHOR and entry.actor_role != Actor.AUTHOR:
        return _("Things have moved on since this page was shown. Current step: “%(stage)s”.") % {
            "stage": graph_stage.public_text
        }
    words = {"stage": graph_stage.staff_text, "when": _moment(entry), "who": _mover(entry)}
    if entry.to_kind in DECIDED:
        return _("An answer was already decided %(when)s by %(who)s: “%(stage)s”.") % words
    words["who"] = capfirst(words["who"])
    return _("%(who)s already took this step %(when)s. Current step: “%(stage)s”.") % words


def why_not_changed(process, count: int) -> str:
    """Say why a version in use, or replaced, doesn't change, and the way to change it all the same."""
    if not count:
        return _("This process has been in use: it no longer changes. Make a new version of it and change that one.")
    return _(
        "This process is used by %(count)s %(things)s: it no longer changes. "
        "Make a new version of it and change that one."
    ) % _followed(process, count)


def why_not_deleted(process, count: int) -> str:
    """Say why a version in use, or replaced, stays, and how another takes its place."""
    if not count:
        return _(
            "This process has been in use: it stays. Make a new version of it and activate that one to replace it."
        )
    return _(
        "This process is used by %(count)s %(things)s: it stays. "
        "Make a new version of it and activate that one to replace it."
    ) % _followed(process, count)


def _followed(process, count: int) -> dict:
    names = registry.subject_kind(process.subject_kind).model._meta
    return {
        "count": number_format(count, force_grouping=True),
        "things": names.verbose_name_plural if count > 1 else names.verbose_name,
    }


def _stage_of(subject, stage_id):
    fresh = type(subject)._base_manager.values_list("process_id", flat=True).get(pk=subject.pk)
    return process_cache.graph(fresh).stage(stage_id)


def _mover(entry) -> str:
    if entry.actor is not None:
        return entry.actor.short_name
    return _("the person who submitted it") if entry.actor_role == Actor.AUTHOR else _("the automatic clock")


def _moment(entry) -> str:
    local = timezone.localtime(entry.at)
    words = {"date": date_format(local, "DATE_FORMAT"), "time": time_format(local, "TIME_FORMAT")}
    if entry.actor is None and entry.actor_role == Actor.AUTHOR:
        return _("in the week of %(date)s") % words
    return _("on %(date)s at %(time)s") % words
