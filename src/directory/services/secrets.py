"""The secret of one's own, changed by its owner."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import journal

from ..models import User


@transaction.atomic
def change_secret(user: User, *, password: str, actor: User) -> User:
    """Replace somebody's own password; refuses anybody but its owner.

    Django ties each session to the password: every other session of the account ends with this. The journal keeps
    that it happened, never what.
    """
    if actor.pk != user.pk:
        raise ValidationError(_("Only the person can change their own password."))
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record("directory.secret_changed", actor=user, object_ref=f"account:{journal.pseudonym(user)}")
    return user
