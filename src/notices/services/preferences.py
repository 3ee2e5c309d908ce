"""What a person asks to receive."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import NEVER_MUTED, Category
from ..models import Mute


@transaction.atomic
def set_muted(user, category: str, muted: bool) -> None:
    """Silence a category or let it speak again; refuses those that are a legal duty."""
    if category not in Category.values or category in NEVER_MUTED:
        raise ValidationError(_("These messages always reach you: they are about your rights or your duties."))
    if muted:
        Mute.objects.bulk_create([Mute(user=user, category=category)], ignore_conflicts=True)
    else:
        Mute.objects.filter(user=user, category=category).delete()
