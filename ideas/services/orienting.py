"""Who takes an idea in hand: orientation to a direction, and transfers between directions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.enums import UnitKind
from src.directory.viewer import as_viewer

from .. import validators
from ..enums import IdeaScale
from .noting import pass_notes_on
from .steps import move

MAX_TRANSFERS = 2


def orient(*, idea, actor, direction, scale, service=None, owner=None, text="", at=None):
    """Give an idea to a direction (and a service), say what kind of answer it asks, and who follows it."""
    if scale not in IdeaScale.values:
        raise ValidationError({"scale": _("Say what kind of answer it asks for.")})
    _check_branch(direction, service)
    data = {
        "direction": direction,
        "service": service,
        "owner": owner or as_viewer(actor).user,
        "scale": str(scale),
        "text": validators.clean_statement(text, required=False),
    }
    return move(idea, "orientation", actor=actor, data=data, at=at)


def propose_transfer(*, idea, actor, direction, text, at=None):
    """Ask another direction to take the idea over; the promised date keeps running. Two transfers at most."""
    _check_branch(direction, None)
    if idea.direction_id == direction.pk:
        raise ValidationError({"direction": _("This direction already has the idea.")})
    data = {"direction": direction, "text": _required(text)}
    return move(idea, "transfer", actor=actor, data=data, at=at)


def accept_transfer(*, idea, actor, service=None, text="", at=None):
    """Take over an idea proposed by another direction."""
    if service is not None:
        _check_branch(idea.transfer_to, service)
    text = validators.clean_statement(text, required=False)
    data = {"service": service, "owner": as_viewer(actor).user, "text": text}
    return move(idea, "transfer_answer", actor=actor, data=data, at=at)


def refuse_transfer(*, idea, actor, text, at=None):
    """Send the idea back to the direction that proposed it, with the reason."""
    return move(idea, "reason", actor=actor, data={"text": _required(text)}, from_kind="transferred", at=at)


def follow_unit(idea, transition, viewer, data, entry) -> None:
    """Effect of an orientation or an accepted transfer: the answer is now owed by the unit that took the idea."""
    if idea.owed is not None:
        accountability.reassign(idea.owed, idea.unit, owner=idea.owner)


def give_back(idea, transition, entry) -> None:
    """Undo of an orientation: the answer is owed again by the unit that had the idea, without anybody following it."""
    if idea.owed is not None and idea.unit is not None:
        accountability.reassign(idea.owed, idea.unit, owner=idea.owner)


def pass_on(unit, successor) -> None:
    """When a unit closes, its ideas go to the one that follows it; what it owes is passed on by accountability."""
    from ..models import Idea  # called by the directory's registry, once models are ready

    if successor is None:
        return
    with transaction.atomic():
        Idea.objects.filter(unit=unit).update(unit=successor)
        Idea.objects.filter(service=unit).update(service=successor)
        Idea.objects.filter(direction=unit).update(direction=successor.direction or successor)
        Idea.objects.filter(transfer_to=unit).update(transfer_to=successor.direction or successor)
        pass_notes_on(unit, successor)


def _check_branch(direction, service) -> None:
    if direction is None or direction.kind != UnitKind.DIRECTION or direction.valid_until is not None:
        raise ValidationError({"direction": _("Choose a direction.")})
    if service is not None and not service.path.startswith(direction.path):
        raise ValidationError({"service": _("Choose a service of this direction.")})


def _required(text: str) -> str:
    try:
        return validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
