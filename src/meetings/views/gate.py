"""What every screen of meetings asks first: the group, the meeting, the person; and refusals in words."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, selectors

A_MINUTE = {"write": 30, "file": 10}

_gate = Gate("meetings", home="meetings:list", moved_on=(TransitionNotAllowed,))
refused = _gate.refused


def screen(view):
    """Give a view its group and its meeting, and its refusals in words. Nothing is read by a visitor."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["series"] = _series(request, kwargs.pop("reference"))
        if "meeting" in kwargs:
            kwargs["meeting"] = _meeting(request, kwargs["series"], kwargs["meeting"])
        return view(request, *args, **kwargs)

    return _gate.signed_in(_gate.tells(opened))


def calm(request, bucket: str) -> None:
    """Refuse a gesture repeated too often by one account: raises TooFast."""
    _gate.calm(request, bucket, A_MINUTE[bucket])


def runner(view):
    """Open to those who run these meetings; for anybody else there is nothing here."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not rules.may_run(request.viewer, kwargs["series"]):
            raise Http404(_("This page does not exist, or is not shown to you."))
        return view(request, *args, **kwargs)

    return checked


def _series(request, reference: str):
    series = selectors.series_of(request.viewer, references.normalise(reference[:20]))
    if series is None:
        raise Http404(_("These meetings do not exist, or are not shown to you."))
    return series


def _meeting(request, series, reference: str):
    meeting = selectors.meeting_of(request.viewer, series, references.normalise(reference[:20]))
    if meeting is None:
        raise Http404(_("This meeting does not exist, or is not shown to you."))
    return meeting


def filled(request, template: str, context: dict, *forms):
    """The page of forms; 422 when one of them was refused."""
    bad = any(form.errors for form in forms)
    return render(
        request,
        template,
        {**context, "form": next((f for f in forms if f.errors), forms[0])},
        status=422 if bad else 200,
    )


def confirm(request, series, *, back: str, title: str, text: str, submit: str, danger: bool = False):
    """The page that says what a gesture means before it is made."""
    context = {"series": series, "back": back, "title": title, "text": text, "submit": submit, "danger": danger}
    return render(request, "meetings/confirm.html", context)
