"""The safe rail before a form: a text it notices goes no further until the person has chosen. Nothing is written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from src.paper import registry as paper

from . import safe_rail
from .helping import people_who_help, people_who_help_at
from .rail_lexicon import THEMES

# The person said that it is an idea: travels with the form, is never stored.
CHOSEN = "en_idee"
# People and services a printed sheet has room for.
PRINTED = 4
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


def held_sheet(request, names, *, unit, leave_url: str, first: str = "") -> HttpResponse | None:
    """The same before a facilitator's copy of a sheet is kept; None when nothing new is noticed.

    Its author isn't there: the page says whom to give the sheet to, and sends it only if the author wishes.
    ``first`` was kept by choice already: what it bears witness to isn't asked about twice.
    """
    themes = themes_held(request, *names)
    if not themes or safe_rail.notices(first):
        return None
    context = {
        "helpers": people_who_help_at(unit, themes),
        "leave_url": leave_url,
        "action": request.get_full_path(),
        "kept": [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values],
    }
    response = render(request, "participation/safe_rail_sheet.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def printed_on_sheets(unit) -> str:
    """The sentence of the sheet itself, read before anything is written: who helps instead, with their numbers."""
    every = frozenset(code for code, _label in THEMES)
    near = [one for one in people_who_help_at(unit, every) if one.is_near and (one.phone or one.email)]
    people = " ; ".join(f"{one.name} {one.phone or one.email}" for one in near[:PRINTED])
    return _(
        "Discrimination, harassment, danger: here, it would be read as an idea. In confidence, you can turn to: "
        "%(people)s."
    ) % {"people": people}


GUARD = paper.Guard(hold=held_sheet, hold_own=held_page, printed=printed_on_sheets)


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
