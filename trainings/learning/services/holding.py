"""A training held until the end of a transaction: the one door of every verb of this room."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from trainings.models import Module

from .. import rules, versions
from ..enums import DoneHow
from ..models import Enrolment, ModuleProgress


class MovedOn(ValidationError):
    """Not possible (any more); the message says why."""


def hold(actor, enrolment: Enrolment, *, once_over: bool = False) -> Enrolment:
    """The training as it is now, held. Refuses somebody else's, and one that goes on in a newer version.

    A version that may no longer be finished is refused too, but for what ``once_over`` allows.
    """
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("version").get(pk=enrolment.pk)
    rules.refuse_unless(as_viewer(actor).user_id == held.agent_id)
    if not held.is_open and not held.is_completed:
        raise MovedOn(_("You go on with this training in its newer version."), code="migrated")
    if held.is_open and not once_over and versions.is_over(held.version):
        raise MovedOn(
            _("This version may no longer be finished. Go on in the newer one: what is the same stays finished."),
            code="over",
        )
    return held


def progress_in(held: Enrolment, module: Module) -> ModuleProgress:
    """The row of a module, made at the first gesture; refuses a module of another version."""
    if module.version_id != held.version_id:
        raise MovedOn(_("This module isn’t of the version you follow."), code="other_version")
    now = clock.now()
    row, made = ModuleProgress.objects.get_or_create(
        enrolment=held, module=module, defaults={"first_seen_at": now, "last_seen_at": now}
    )
    if not made:
        row.last_seen_at = now
        row.save(update_fields=["last_seen_at"])
    return row


def mark_done(row: ModuleProgress, how: DoneHow, *, at=None, proof: dict | None = None) -> bool:
    """Say that a module is finished, once; whether it wasn't before."""
    marked = ModuleProgress.objects.filter(pk=row.pk, done_at__isnull=True).update(
        done_at=at or clock.now(), done_how=how, proof=proof or {}
    )
    row.refresh_from_db()
    return bool(marked)
