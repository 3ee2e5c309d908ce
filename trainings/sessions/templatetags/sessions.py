"""What cards of sessions say that no column holds."""

from django import template

from .. import selectors

register = template.Library()


@register.simple_tag
def half_days(session):
    """Its half-days in words; prefetched."""
    return selectors.half_days(session)


@register.simple_tag
def seats_left(session) -> int:
    """How many seats are left; annotated."""
    return max(0, session.capacity - session.seated)
