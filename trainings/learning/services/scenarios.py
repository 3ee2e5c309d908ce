"""A scenario walked scene by scene: finished at its first end, walked again as often as one likes."""

from django.db import transaction
from django.utils.translation import gettext as _

from trainings.models import Module

from ..enums import DoneHow
from ..models import Enrolment, ModuleProgress
from ..walking import scene, scenes
from .completing import evaluate_completion
from .holding import MovedOn, hold, mark_done, progress_in

# A story that turns round: more steps than anybody takes on purpose.
LONGEST = 200


@transaction.atomic
def choose(*, actor, enrolment: Enrolment, module: Module, node: str, choice: int) -> ModuleProgress:
    """Take a choice of the scene where one stands; nothing happens when one has already gone on from it.

    Refuses a scene or a choice that doesn't exist.
    """
    held = hold(actor, enrolment)
    if not module.is_scenario or node not in scenes(module):
        raise MovedOn(_("This scene isn’t in the story any more."), code="no_scene")
    row = progress_in(held, module)
    here = scene(module, row.path)
    if here["key"] != node:
        return row
    if not 0 <= choice < len(here["choices"]) or len(row.path) >= LONGEST:
        raise MovedOn(_("This choice isn’t in the story any more."), code="no_choice")
    row.path = [*row.path, [node, choice]]
    row.save(update_fields=["path"])
    if scene(module, row.path)["end"]:
        mark_done(row, DoneHow.PLAYED)
        evaluate_completion(held)
    return row


@transaction.atomic
def start_again(*, actor, enrolment: Enrolment, module: Module) -> ModuleProgress:
    """Go back to the first scene. A story already finished stays finished."""
    held = hold(actor, enrolment)
    row = progress_in(held, module)
    row.path = []
    row.save(update_fields=["path"])
    return row
