"""One person and one obligation, for human resources of where they work: why, since when, and what is decided."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import add_errors, see_other
from src.foundations.journal import record

from .. import following, rules
from ..forms.following import AbsenceForm, ExemptForm, ExtendForm, ReturnForm
from ..services import deciding
from .gate import METHODS, MovedOn, address, common, missing, of_obligation


def of_person(view):
    """Give a view what is known of the person of its address, in one's branches; nothing else exists."""

    @wraps(view)
    def opened(request, obligation, person, *args, **kwargs):
        found = following.concerned(request.viewer, obligation, person)
        if found is None:
            raise missing()
        return view(request, obligation, found, *args, **kwargs)

    return of_obligation(opened)


@require_safe
@of_person
def one(request, obligation, found):
    """Where somebody stands, why, and the history of their cycles. Opening it is written in the journal."""
    record(
        "trainings.names_opened",
        actor=request.viewer.user,
        object_ref=f"requirement:{found.requirement.pk}",
        payload={"shown": 1},
    )
    return _page(request, obligation, found)


def _page(request, obligation, found, *, status=200, **forms):
    requirement = found.requirement
    decides = rules.can_decide(request.viewer, requirement.agent)
    is_open = obligation.is_active and requirement.is_asked_now and requirement.satisfied_by_id is None
    context = {
        **common(obligation),
        "found": found,
        "owed": requirement,
        "person": requirement.agent,
        "decides": decides and obligation.is_active,
        "extends": decides and is_open,
        "exempts": decides and obligation.is_active and found.exemption is None,
        "extend_form": forms.get("extend_form") or ExtendForm(prefix="extend"),
        "exempt_form": forms.get("exempt_form") or ExemptForm(prefix="exempt"),
        "absence_form": forms.get("absence_form") or AbsenceForm(prefix="absence"),
        "return_form": forms.get("return_form") or ReturnForm(prefix="back"),
        "form": next((form for form in forms.values() if form is not None), None),
    }
    return render(request, "trainings_obligations/hr/person.html", context, status=status)


def _decided(request, obligation, found, name: str, form, act, done: str):
    """Do it and come back, or the same page with every fault and what was typed."""
    if form is None or form.is_valid():
        try:
            act(form.cleaned_data if form is not None else {})
        except ValidationError as refusal:
            if form is None or not hasattr(refusal, "error_dict"):
                raise MovedOn(" ".join(refusal.messages)) from refusal
            add_errors(form, refusal)
        else:
            messages.success(request, done)
            return see_other(address(obligation, "person", person=found.requirement.agent_id))
    return _page(request, obligation, found, status=422, **{name: form})


@require_POST
@of_person
def extend(request, obligation, found):
    """A later day."""
    return _decided(
        request, obligation, found, "extend_form", ExtendForm(request.POST, prefix="extend"),
        lambda said: deciding.extend(requirement=found.requirement, until=said["until"], actor=request.user),
        _("The later day is given."),
    )  # fmt: skip


@require_POST
@of_person
def exempt(request, obligation, found):
    """An exemption, out of the closed list."""
    return _decided(
        request, obligation, found, "exempt_form", ExemptForm(request.POST, prefix="exempt"),
        lambda said: deciding.exempt(
            agent=found.requirement.agent, obligation=obligation, code=said["code"], until=said["until"],
            actor=request.user,
        ),
        _("The exemption is given."),
    )  # fmt: skip


@require_http_methods(METHODS)
@of_person
def end_exemption(request, obligation, found):
    """Ask again; what it means is told first."""
    if found.exemption is None:
        raise MovedOn(_("This exemption has ended already."))
    if request.method == "POST":
        return _decided(
            request, obligation, found, "", None,
            lambda said: deciding.end_exemption(exemption=found.exemption, actor=request.user),
            _("The exemption is ended: it is asked again, with a whole notice."),
        )  # fmt: skip
    means = [
        _("The training is asked again from today, with a whole notice."),
        _("An exemption given today is taken back; another one stays in the history with its last day."),
    ]
    return _ask(request, obligation, found, _("End this exemption?"), means, _("End the exemption"))


def _ask(request, obligation, found, title, means, submit):
    back = address(obligation, "person", person=found.requirement.agent_id)
    context = {**common(obligation), "title": title, "means": means, "submit": submit, "back": back}
    context |= {"faults": (), "danger": False, "trial": False}
    return render(request, "trainings_obligations/hr/confirm.html", context)


@require_POST
@of_person
def note_absence(request, obligation, found):
    """Days somebody is away for long; no reason is asked."""
    return _decided(
        request, obligation, found, "absence_form", AbsenceForm(request.POST, prefix="absence"),
        lambda said: deciding.note_absence(
            agent=found.requirement.agent, starts_on=said["starts_on"], ends_on=said["ends_on"], actor=request.user
        ),
        _("The absence is written: the training sleeps meanwhile, and its day moves."),
    )  # fmt: skip


def _absence(found, number: int):
    absence = next((one for one in found.absences if one.pk == number), None)
    if absence is None:
        raise missing()
    return absence


@require_POST
@of_person
def end_absence(request, obligation, found, absence):
    """The last day of an absence that had none."""
    away = _absence(found, absence)
    return _decided(
        request, obligation, found, "return_form", ReturnForm(request.POST, prefix="back"),
        lambda said: deciding.end_absence(absence=away, ends_on=said["ends_on"], actor=request.user),
        _("The last day is written."),
    )  # fmt: skip


@require_http_methods(METHODS)
@of_person
def withdraw_absence(request, obligation, found, absence):
    """Take back an absence written by mistake."""
    away = _absence(found, absence)
    if request.method == "POST":
        return _decided(
            request, obligation, found, "", None,
            lambda said: deciding.withdraw_absence(absence=away, actor=request.user),
            _("The absence is taken back."),
        )  # fmt: skip
    means = [_("Days are counted again as if it had never been written, for each mandatory training.")]
    return _ask(request, obligation, found, _("Take this absence back?"), means, _("Take it back"))


@require_http_methods(METHODS)
@of_person
def count_early(request, obligation, found, completion):
    """Have what was done before its window count; what it gives is told first, and it can't be taken back."""
    done = next((one for one in found.early if one.pk == completion), None)
    if done is None:
        raise MovedOn(_("This training can’t be counted early, or already counts."))
    if request.method == "POST":
        return _decided(
            request, obligation, found, "", None,
            lambda said: deciding.count_early(requirement=found.requirement, completion=done, actor=request.user),
            _("It counts: it holds from the day it was done."),
        )  # fmt: skip
    means = [
        _("It was done before it could be renewed: it is kept, and doesn’t count by itself."),
        _("Counted, it holds from its own day: the next end comes sooner than if it were renewed in time."),
        _("It can’t be taken back."),
    ]
    return _ask(request, obligation, found, _("Count this training now?"), means, _("Count it"))
