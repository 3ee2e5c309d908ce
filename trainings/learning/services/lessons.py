"""Lessons and reflections: checks answered, right or wrong, then "I have finished"."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.models import Module

from ..enums import DoneHow
from ..models import Enrolment, ModuleProgress
from .completing import evaluate_completion
from .holding import MovedOn, hold, mark_done, progress_in


def checks_of(module: Module) -> list[int]:
    """Places of the checks of a lesson."""
    return [place for place, block in enumerate(module.content.get("blocks", [])) if block["type"] == "check"]


@transaction.atomic
def answer_check(*, actor, enrolment: Enrolment, module: Module, place: int, choice: int) -> ModuleProgress:
    """Keep an answer to a check, the last one given. Refuses what isn't a check, or one of its answers."""
    held = hold(actor, enrolment)
    if place not in checks_of(module) or not 0 <= choice < len(module.content["blocks"][place]["choices"]):
        raise MovedOn(_("This question isn’t in the module any more."), code="no_check")
    row = progress_in(held, module)
    row.checks = {**row.checks, str(place): choice}
    row.save(update_fields=["checks"])
    return row


@transaction.atomic
def finish(*, actor, enrolment: Enrolment, module: Module) -> ModuleProgress:
    """Say that a lesson or a reflection is finished. Refuses while a check has no answer, and other kinds."""
    held = hold(actor, enrolment)
    if not (module.is_lesson or module.is_reflection):
        raise MovedOn(_("This module is finished by what one does in it."), code="other_kind")
    row = progress_in(held, module)
    left = [place for place in checks_of(module) if str(place) not in row.checks]
    if left:
        raise ValidationError(
            ngettext(
                "One question has no answer yet: right or wrong, it counts.",
                "%(n)d questions have no answer yet: right or wrong, they count.",
                len(left),
            )
            % {"n": len(left)}
        )
    mark_done(row, DoneHow.READ)
    evaluate_completion(held)
    return row
