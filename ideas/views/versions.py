"""The page that shows what changed between two versions of an idea."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import selectors
from .gate import screen


@require_safe
@screen
def version(request, reference, number):
    """From version ``number`` to the next, to whoever sees the idea."""
    change = selectors.version_change(request.viewer, reference, number)
    context = {
        "nav_key": "ideas",
        "row": change.row,
        "change": change,
        "previous_url": _address(reference, number - 1) if number > 1 else "",
        "next_url": "" if change.is_last else _address(reference, number + 1),
    }
    return render(request, "ideas/version.html", context)


def _address(reference: str, number: int) -> str:
    return reverse("ideas:version", kwargs={"reference": reference, "number": number})
