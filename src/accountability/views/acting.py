"""What those who run a measure do: one table of gestures, one view."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from src.foundations.gates import add_errors, see_other

from .. import forms, measure_page, rules, services
from ..models import Measure
from .gate import screen, signed_in


@dataclass(frozen=True)
class Gesture:
    """One thing to do: its words, its form, what it calls, and what is said afterwards."""

    title: str
    submit: str
    form: type
    act: Callable
    done: str
    may: Callable = rules.can_run_measure
    danger: bool = False
    warning: str = ""


def _news(measure, actor, answers):
    reached = answers.pop("reached", [])
    note = services.give_news(measure, actor=actor, **answers)
    for milestone in measure.milestones.filter(pk__in=reached, done_on__isnull=True):
        milestone.measure = measure
        services.reach_milestone(milestone, actor=actor)
    return note


def _shift(measure, actor, answers):
    milestone = measure.milestones.get(pk=answers.pop("milestone"))
    milestone.measure = measure
    return services.move_milestone(milestone, actor=actor, **answers)


def _call(service):
    return lambda measure, actor, answers: service(measure, actor=actor, **answers)


GESTURES = {
    "nouvelles": Gesture(
        gettext_lazy("Give news"),
        gettext_lazy("Publish the news"),
        forms.NewsForm,
        _news,
        gettext_lazy("Your news are out. Those who follow will read them on Tuesday."),
    ),
    "etape": Gesture(
        gettext_lazy("Add a step"),
        gettext_lazy("Add the step"),
        forms.MilestoneForm,
        _call(services.add_milestone),
        gettext_lazy("The step is announced."),
    ),
    "decaler": Gesture(
        gettext_lazy("Move a date"),
        gettext_lazy("Move the date"),
        forms.ShiftForm,
        _shift,
        gettext_lazy("The date has changed. Both dates can be read."),
    ),
    "indicateur": Gesture(
        gettext_lazy("Follow it by a figure"),
        gettext_lazy("Save the figure"),
        forms.IndicatorForm,
        _call(services.set_indicator),
        gettext_lazy("The figure is on the page."),
    ),
    "porter": Gesture(
        gettext_lazy("What carries it"),
        gettext_lazy("Save what carries it"),
        forms.CarrierForm,
        _call(services.set_carrier),
        gettext_lazy("The two pages lead to each other."),
    ),
    "publier": Gesture(
        gettext_lazy("The words everybody reads"),
        gettext_lazy("Publish these words"),
        forms.WordsForm,
        _call(services.publish),
        gettext_lazy("Everybody can read this measure."),
        warning=gettext_lazy("This page is open to everybody, beyond agents. Name nobody who did not ask for it."),
    ),
    "faite": Gesture(
        gettext_lazy("Say that it is done"),
        gettext_lazy("Say that it is done"),
        forms.DoneForm,
        _call(services.deliver),
        gettext_lazy("It is said to be done. Others will now confirm."),
    ),
    "reprendre": Gesture(
        gettext_lazy("Take it up again"),
        gettext_lazy("Take it up again"),
        forms.AgainForm,
        _call(services.take_up_again),
        gettext_lazy("The work goes on. News are due every ninety days."),
    ),
    "arreter": Gesture(
        gettext_lazy("Stop the measure"),
        gettext_lazy("Stop the measure"),
        forms.StopForm,
        _call(services.stop),
        gettext_lazy("The measure is stopped. Those who follow it are told."),
        may=rules.can_stop_measure,
        danger=True,
        warning=gettext_lazy("A stopped measure doesn't begin again: another decision would be needed."),
    ),
    "confirmer": Gesture(
        gettext_lazy("I saw it: confirm"),
        gettext_lazy("Confirm the measure"),
        forms.SeenForm,
        _call(services.confirm_by_word),
        gettext_lazy("The measure is confirmed."),
        may=rules.can_confirm_measure,
    ),
    "prendre": Gesture(
        gettext_lazy("Take it in hand"),
        gettext_lazy("Take it in hand"),
        forms.AdoptForm,
        _call(services.adopt),
        gettext_lazy("It is yours. News are due every ninety days."),
        may=lambda viewer, measure: rules.may_adopt(viewer),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def act(request, reference, gesture):
    """One gesture on a measure: its form, then what it does; a refusal keeps what was typed."""
    measure = _read(request.viewer, reference)
    url, chosen = measure.get_absolute_url(), GESTURES[gesture]
    if not chosen.may(request.viewer, measure):
        raise PermissionDenied(_("This measure is run by its owner and by those who decide for its unit."))
    offered = {action.url for action in measure_page.actions_of(request.viewer, measure)}
    # To a form that was sent, the service says what has changed; its page isn't drawn when it can't be used.
    if request.method != "POST" and f"{url}{gesture}/" not in offered:
        raise PermissionDenied(_("This is not yours to do, or not now."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = chosen.form(*sent, measure=measure, initial=_initial(gesture, measure))
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(measure, request.user, dict(form.cleaned_data))
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, chosen.done)
            return see_other(url)
    context = {
        "nav_key": "measures",
        "measure": measure,
        "gesture": chosen,
        "form": form,
        "has_file": any(field.widget.needs_multipart_form for field in form.fields.values()),
    }
    return render(request, "accountability/gesture.html", context, status=422 if form.errors else 200)


def _read(viewer, reference: str) -> Measure:
    return (
        Measure.objects.visible_to(viewer)
        .select_related("unit", "direction", "owner")
        .prefetch_related("milestones")
        .get(reference=reference)
    )


def _initial(gesture: str, measure: Measure) -> dict:
    if gesture == "publier":
        return {"title": measure.title, "changes": measure.changes}
    if gesture == "indicateur" and hasattr(measure, "indicator"):
        names = ("name", "unit", "method", "baseline", "target", "value", "measured_on")
        return {name: getattr(measure.indicator, name) for name in names}
    if gesture == "porter" and measure.carrier_kind:
        return {"carrier": f"{measure.carrier_kind}:{measure.carrier_reference}"}
    return {}
