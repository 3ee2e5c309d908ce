"""Those who follow a plan: what it is, its axes, orientations and measures, its publication. Three screens."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import add_errors, see_other

from .. import plan_forms as forms
from .. import plan_reading, rules, services
from ..models import Plan, PlanAxis, PlanMeasure, PlanOrientation
from .gate import screen, signed_in

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@screen
@signed_in
def create(request):
    """Begin a plan: its title, its days, the direction that follows it; then it is composed."""
    if not rules.may_prepare_plans(request.viewer):
        raise PermissionDenied(_("A plan is composed by those who decide for the direction that follows it."))
    form = forms.PlanForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.create_plan(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The plan is begun. Nobody else reads it until you publish it."))
            return see_other(f"{plan.get_absolute_url()}composer/")
    return _form(request, _("A new plan"), _("Begin the plan"), form, "/engagements/plans/")


@require_http_methods(METHODS)
@screen
@signed_in
def edit(request, reference):
    """Other words, other days, another direction."""
    plan = followed(request.viewer, reference)
    names = ("title", "summary", "adopted_on", "ends_on", "unit")
    form = forms.PlanForm(
        request.POST if request.method == "POST" else None,
        viewer=request.viewer,
        initial={name: getattr(plan, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_plan(plan, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The plan has changed."))
            return see_other(plan.get_absolute_url())
    return _form(request, _("Change the plan"), _("Save"), form, plan.get_absolute_url(), lede=plan.title)


def _axis(plan, actor, answers):
    services.add_axis(plan, actor=actor, **answers)


def _orientation(plan, actor, answers):
    services.add_orientation(answers.pop("axis"), actor=actor, **answers)


def _measure(plan, actor, answers):
    services.attach(answers.pop("orientation"), actor=actor, **answers)


# What is added, in the order one thinks of it: word of the form → title, button, form, what it calls, what is said.
ADDED = {
    "mesure": (
        gettext_lazy("Add a measure"),
        forms.AttachForm,
        _measure,
        gettext_lazy("The measure has its place in the plan."),
    ),
    "orientation": (
        gettext_lazy("Add an orientation"),
        forms.OrientationForm,
        _orientation,
        gettext_lazy("The orientation is added."),
    ),
    "axe": (gettext_lazy("Add an axis"), forms.AxisForm, _axis, gettext_lazy("The axis is added.")),
}


@require_http_methods(METHODS)
@screen
@signed_in
def compose(request, reference):
    """The whole plan on one screen: what is there, each with its link to change it, and three short forms to add."""
    plan = followed(request.viewer, reference)
    sent = request.POST.get("ajout", "") if request.method == "POST" else ""
    if request.method == "POST" and sent not in ADDED:
        raise Http404(_("This address does nothing."))
    added = {word: _bound(request, word, sent, plan) for word in ADDED}
    if sent and added[sent].is_valid():
        _title, _form_class, act, said = ADDED[sent]
        try:
            act(plan, request.user, dict(added[sent].cleaned_data))
        except ValidationError as refusal:
            add_errors(added[sent], refusal)
        else:
            messages.success(request, said)
            return see_other(f"{plan.get_absolute_url()}composer/#ajout-{sent}")
    page = plan_reading.read(request.viewer, reference)
    possible = {
        "axe": True,
        "orientation": bool(page.axes),
        "mesure": any(axis.orientations for axis in page.axes),
    }
    context = {
        "nav_key": "measures",
        "page": page,
        "row": page.row,
        "added": [
            {"word": word, "title": ADDED[word][0], "form": form} for word, form in added.items() if possible[word]
        ],
        "errors": added[sent] if sent else None,
    }
    return render(request, "accountability/plan_compose.html", context, status=422 if sent else 200)


def _bound(request, word: str, sent: str, plan: Plan):
    form, extra = ADDED[word][1], {} if word == "axe" else {"plan": plan}
    return form(request.POST if word == sent else None, prefix=word, auto_id="id_%s", **extra)


@require_http_methods(METHODS)
@screen
@signed_in
def part(request, reference, part, pk):
    """One axis, orientation or place of a measure: its words, its number, or away with it."""
    plan = followed(request.viewer, reference)
    found, title, form_class, initial = _part(plan, part, pk)
    extra = {"plan": plan} if part == "mesure" else {}
    removing = request.method == "POST" and "retirer" in request.POST
    saving = request.method == "POST" and not removing
    form = form_class(request.POST if saving else None, initial=initial, **extra)
    back = f"{plan.get_absolute_url()}composer/"
    if removing:
        services.detach(found, actor=request.user) if part == "mesure" else services.remove_part(
            found, actor=request.user
        )
        messages.success(request, _("It is no longer in the plan."))
        return see_other(back)
    if saving and form.is_valid():
        save = services.move_entry if part == "mesure" else services.edit_part
        try:
            save(found, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The plan has changed."))
            return see_other(back)
    lede = found.measure.title if part == "mesure" else str(found)
    return _form(request, title, _("Save"), form, back, lede=lede, removable=True)


def _part(plan: Plan, part: str, pk: int):
    if part == "axe":
        found = get_object_or_404(PlanAxis, plan=plan, pk=pk)
        found.plan = plan
        return found, _("Change the axis"), forms.PartForm, {"title": found.title, "number": found.number}
    if part == "orientation":
        found = get_object_or_404(PlanOrientation.objects.select_related("axis__plan__unit"), axis__plan=plan, pk=pk)
        return found, _("Change the orientation"), forms.PartForm, {"title": found.title, "number": found.number}
    if part == "mesure":
        found = get_object_or_404(PlanMeasure.objects.select_related("plan__unit", "measure"), plan=plan, pk=pk)
        initial = {"orientation": found.orientation_id, "number": found.number}
        return found, _("Change the place of the measure"), forms.EntryForm, initial
    raise Http404(_("This address does nothing."))


@require_http_methods(METHODS)
@screen
@signed_in
def publish(request, reference):
    """Everybody reads the plan from now on: asked once more, because it can't be taken back."""
    plan = followed(request.viewer, reference)
    if request.method == "POST":
        services.publish_plan(plan, actor=request.user)
        messages.success(request, _("Everybody can read this plan."))
        return see_other(plan.get_absolute_url())
    last = plan.entries.aggregate(last=Max("number"))["last"]
    confirm = {
        "title": pgettext("a plan", "Publish the plan"),
        "text": _("From now on everybody reads it, beyond agents. A published plan stays: it isn’t taken back."),
        "submit": pgettext("a plan", "Publish the plan"),
        "danger": False,
    }
    return _confirm(request, plan, confirm, impossible="" if last else _("This plan has no measure yet."))


@require_http_methods(METHODS)
@screen
@signed_in
def discard(request, reference):
    """Throw away a plan nobody has read."""
    plan = followed(request.viewer, reference)
    if request.method == "POST":
        services.discard_plan(plan, actor=request.user)
        messages.success(request, _("The plan is thrown away. Its measures are still followed."))
        return see_other("/engagements/plans/")
    confirm = {
        "title": _("Throw this plan away"),
        "text": _("Its axes and orientations are lost. Its measures stay, and go on being followed."),
        "submit": _("Throw this plan away"),
        "danger": True,
    }
    return _confirm(request, plan, confirm, impossible=services.why_plan_stays(plan))


def followed(viewer, reference: str) -> Plan:
    """The plan, for who composes it; 404 when the viewer doesn't see it, a refusal in words when they only read it."""
    plan = Plan.objects.visible_to(viewer).select_related("unit").get(reference=reference)
    if not rules.can_follow_plan(viewer, plan):
        raise PermissionDenied(_("A plan is composed by those who decide for the direction that follows it."))
    return plan


def _form(request, title, submit, form, back, *, lede="", removable=False):
    context = {
        "nav_key": "measures",
        "title": title,
        "submit": submit,
        "form": form,
        "back": back,
        "lede": lede,
        "removable": removable,
    }
    return render(request, "accountability/plan_form.html", context, status=422 if form.errors else 200)


def _confirm(request, plan, confirm, *, impossible=""):
    context = {
        "nav_key": "measures",
        "title": plan.title,
        "back": plan.get_absolute_url(),
        "confirm": confirm,
        "impossible": impossible,
    }
    return render(request, "accountability/plan_confirm.html", context)
