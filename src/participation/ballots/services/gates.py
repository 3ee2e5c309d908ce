"""What every verb of a ballot asks first."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from .. import rules
from ..models import Ballot


def held_by_organiser(actor, ballot) -> Ballot:
    """The ballot, locked for this transaction; refuses whoever doesn't organise it."""
    if not rules.may_organise(actor, ballot):
        raise PermissionDenied(_("Only those who organise this ballot do this."))
    return locked(ballot)


def locked(ballot) -> Ballot:
    """The ballot as it is now, held until the transaction ends."""
    return Ballot.objects.select_for_update(of=("self",)).get(pk=ballot.pk)


def refuse_once_frozen(ballot: Ballot) -> None:
    """Refuses a change of what was written before the opening."""
    if ballot.frozen_at is not None:
        raise ValidationError(
            _("The ballot is opened: its rules, its proposals and its key holders no longer change."), code="frozen"
        )
