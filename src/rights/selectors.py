"""Reads of this room for forms of other rooms."""

from .models import PreferredIdentity


def preferred_identity(person) -> str:
    """How somebody wants forms to offer that they appear; empty for what each form proposes."""
    if not person.is_authenticated:
        return ""
    return PreferredIdentity.objects.filter(person=person).values_list("identity", flat=True).first() or ""
