"""The safe rail before a form: a text it notices goes no further until the person has chosen. Nothing is written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from . import safe_rail
from .helping import people_who_help

# The person said that it is an idea: travels with the form, is never stored.
CHOSEN = "en_idee"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", CHOSEN})


def themes_held(request, *names: str) -> frozenset[str]:
    """What the posted fields bear witness to, unless the person already chose to go on."""
    if request.POST.get(CHOSEN) == "1":
        return frozenset()
    return safe_rail.notices("\n".join(request.POST.get(name, "") for name in names))


def held_page(request, *names: str, leave_url: str) -> HttpResponse | None:
    """The page that says who can help and offers three ways on; None when nothing is noticed."""
    themes = themes_held(request, *names)
    if not themes:
        return None
    context = {
        "helpers": people_who_help(request.viewer, themes),
        "leave_url": leave_url,
        "action": request.get_full_path(),
        "kept": [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values],
        "text": _to_take_away([request.POST.get(name, "").strip() for name in names]),
    }
    response = render(request, "participation/safe_rail.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _to_take_away(texts: list[str]) -> str:
    """What was typed, once: a title made of the first line of the text says nothing more."""
    said = [text for text in texts if text and not any(other != text and other.startswith(text) for other in texts)]
    return "\n\n".join(dict.fromkeys(said))


def panel(request, themes, *, leave_url: str) -> str:
    """The same, as a piece of page for a form that stays open."""
    context = {"helpers": people_who_help(request.viewer, themes), "leave_url": leave_url, "in_page": True}
    return render_to_string("participation/_safe_rail.html", context)


def already_chosen(text: str) -> str:
    """For a draft read again: a text that is noticed and was kept was kept by choice."""
    return "1" if safe_rail.notices(text) else ""
