"""What the frame of every page reads of publishing."""

from django.utils.functional import SimpleLazyObject

from .footer import links


def footer(request):
    """``footer_links``: the legal pages; no statement."""
    return {"footer_links": SimpleLazyObject(links)}
