"""How a view of this room reaches what its address names, and how a refusal is told."""

from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations.gates import Gate, add_errors
from src.foundations.journal import record
from trainings.learning.services.holding import MovedOn as TrainingMovedOn

from .. import rules, selectors
from ..models import Session
from ..services.holding import MovedOn

METHODS = ["GET", "HEAD", "POST"]
NAV = "trainings"

_gate = Gate(
    "trainings_sessions",
    home="trainings_sessions:list",
    moved_on=(MovedOn, TrainingMovedOn),
    by_network={"card": (60, 600)},
)
tells, calm = _gate.tells, _gate.calm


def missing() -> Http404:
    return Http404(_("This session does not exist, or is not shown to you."))


def _for(rule):
    """A decorator: for whom a rule holds; anybody else reads why."""

    def decorated(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            rules.refuse_unless(rule(request.viewer))
            return view(request, *args, **kwargs)

        return _gate.signed_in(_gate.tells(checked))

    return decorated


agents = _for(rules.may_book)
organisers = _for(rules.may_organise_somewhere)
trainers = _for(rules.may_lead)
writers = _for(lambda viewer: rules.may_lead(viewer) or rules.may_organise_somewhere(viewer))


def _named(find):
    def decorated(view):
        @wraps(view)
        def opened(request, session, *args, **kwargs):
            found = selectors.of_reference(find(request.viewer), session)
            if found is None:
                raise missing()
            return view(request, found, *args, **kwargs)

        return opened

    return decorated


# A session that agents know of; that one organises; that one leads; that one leads or organises.
shown = _named(lambda viewer: Session.objects.visible_to(viewer))
organised = _named(lambda viewer: Session.objects.organised_by(viewer))
led = _named(lambda viewer: Session.objects.led_by(viewer))
written = _named(lambda viewer: Session.objects.led_by(viewer) | Session.objects.organised_by(viewer))


def address(session, name: str = "session", **kwargs) -> str:
    """The address of one of the pages of a session."""
    return reverse(f"trainings_sessions:{name}", kwargs={"session": session.reference, **kwargs})


def paged(found, asked: dict) -> dict:
    """The addresses of the neighbours of a page, as asked."""
    told = {}
    for name, cursor in (("next_page", found.next_cursor), ("previous_page", found.previous_cursor)):
        told[name] = f"?{urlencode({**asked, 'page': cursor})}" if cursor else ""
    return told


def names_opened(request, session) -> None:
    """Opening a list of names is written in the journal."""
    record("trainings.names_opened", actor=request.viewer.user, object_ref=f"training-session:{session.reference}")


def page(request, name: str, status: int = 200, **context):
    """A page of this room."""
    return render(request, f"trainings_sessions/{name}.html", {"nav_key": NAV, **context}, status=status)


def answer(request, form, *, title, submit, back, label, means=(), people=None, danger=False):
    """A page that is one form: what it means, who is told, its fields, its button, the way back."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "label": label,
        "means": means,
        "people": people,
        "danger": danger,
    }
    return page(request, "form", 422 if form.errors else 200, **context)


def done(form, act) -> bool:
    """Whether a form was sent, is right, and its service did it; a refusal goes beside the fields."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except (MovedOn, TrainingMovedOn):
        raise
    except ValidationError as refusal:
        add_errors(form, refusal)
        return False
    return True


def data_of(request):
    """What was sent, or nothing when the page is read."""
    return request.POST if request.method == "POST" else None
