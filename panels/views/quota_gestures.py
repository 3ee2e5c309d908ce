"""What is done to quotas beside the table: a file brought in or taken away, a looser one signed, two crossed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.exports import csv_response
from src.foundations.gates import see_other
from src.foundations.imports import Unreadable

from .. import quota_file, rules, selectors
from ..forms.quotas import CrossForm, QuotaFileForm, RelaxForm
from ..models import CrossQuota, Quota, Relaxation
from ..services import quotas as service
from .confirming import confirm, data_of, done
from .gate import METHODS, address, guarantor, open_to, organiser

reader = open_to(rules.may_organise, rules.may_watch)


@require_safe
@reader
def download(request, panel):
    """The quotas in the very format that is read back."""
    return csv_response(f"quotas-{panel.slug}", quota_file.HEADERS, quota_file.rows_of(panel))


@require_http_methods(METHODS)
@organiser
def bring_in(request, panel):
    """A file read first, with every fault and its line; then brought in, by a second gesture."""
    form, report = QuotaFileForm(data_of(request), request.FILES or None), None
    if form.is_bound and form.is_valid():
        sure = "confirm" in request.POST
        try:
            report = service.import_quotas(actor=request.user, panel=panel, data=form.content, dry_run=not sure)
        except Unreadable as fault:
            form.refuse(fault)
        if report is not None and sure and not report.problems:
            messages.success(request, _("The quotas are brought in."))
            return see_other(address(panel, "quotas"))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "form": form,
        "report": report,
        "problems": [{"text": str(one)} for one in report.problems] if report else [],
        "columns": quota_file.HEADERS,
    }
    refused = form.errors or report is not None and report.problems
    return render(request, "panels/quota_file.html", context, status=422 if refused else 200)


@require_http_methods(METHODS)
@organiser
def relax(request, panel, quota):
    """Ask that a protected quota be looser, with why; a guarantor signs."""
    found = Quota.objects.filter(pk=quota, value__criterion__panel=panel).select_related("value__criterion").first()
    if found is None:
        raise Http404(_("This panel has no such quota."))
    if not found.is_protected or panel.is_draft:
        return see_other(address(panel, "quotas"))
    form = RelaxForm(found, data_of(request), offered=_asked(request, found))
    if done(form, lambda: service.ask_relaxation(actor=request.user, quota=found, **form.cleaned_data)):
        messages.success(request, _("It is asked: nothing changes until a guarantor signs."))
        return see_other(address(panel, "quotas"))
    context = {"nav_key": "panels", "panel": panel, "quota": found, "form": form}
    return render(request, "panels/relax.html", context, status=422 if form.errors else 200)


def _asked(request, quota) -> tuple[int, int]:
    """Bounds that a proposal wrote in the address; those of now otherwise."""
    typed = [request.GET.get(name, "") for name in ("min", "max")]
    read = [int(one) if one.isascii() and one.isdigit() and len(one) < 5 else None for one in typed]
    return tuple(now if one is None else one for one, now in zip(read, (quota.minimum, quota.maximum), strict=True))


def _relaxation(panel, number) -> Relaxation:
    found = (
        Relaxation.objects.filter(pk=number, quota__value__criterion__panel=panel)
        .select_related("quota__value__criterion__panel")
        .first()
    )
    if found is None:
        raise Http404(_("This was taken back, or never asked."))
    return found


def _words(one: Relaxation) -> list[str]:
    value = one.quota.value
    words = {
        "name": f"{value.criterion.label} : {value.label}",
        "before": f"{one.minimum_before} – {one.maximum_before}",
        "after": f"{one.minimum} – {one.maximum}",
    }
    return [
        _("%(name)s: from %(before)s to %(after)s seats.") % words,
        _("Reason: %(reason)s") % {"reason": one.reason},
    ]


@require_http_methods(METHODS)
@guarantor
def sign(request, panel, relaxation):
    """Sign what an organiser asked: the quota changes."""
    found = _relaxation(panel, relaxation)
    if request.method == "POST":
        try:
            service.sign_relaxation(actor=request.user, relaxation=found)
        except service.WrongState:
            raise
        except ValidationError as refusal:
            return _confirm_signing(request, panel, found, refusal.messages)
        messages.success(request, _("It is signed: the quota is looser, and everybody reads why."))
        return see_other(address(panel, "quotas"))
    return _confirm_signing(request, panel, found)


def _confirm_signing(request, panel, found, faults=()):
    means = [*_words(found), _("The quota changes at once; the reason is read by everybody, with the panel.")]
    return confirm(
        request, panel, _("Sign this relaxation?"), means, pgettext("button", "Sign"), back=address(panel, "quotas"),
        faults=faults,
    )  # fmt: skip


@require_http_methods(METHODS)
@reader
def drop(request, panel, relaxation):
    """Take back what was asked; or refuse it, as a guarantor."""
    found = _relaxation(panel, relaxation)
    if request.method == "POST":
        service.drop_relaxation(actor=request.user, relaxation=found)
        messages.success(request, _("It is taken back: the quota stays as it is."))
        return see_other(address(panel, "quotas"))
    watches = rules.may_watch(request.viewer, panel)
    title = _("Refuse this relaxation?") if watches else _("Take this relaxation back?")
    submit = pgettext("button", "Refuse") if watches else pgettext("button", "Take back")
    means = [*_words(found), _("The quota stays as it is.")]
    return confirm(request, panel, title, means, submit, back=address(panel, "quotas"))


@require_http_methods(METHODS)
@organiser
def cross(request, panel):
    """Two values at once: how many members hold both."""
    form = CrossForm(panel, data_of(request))
    if done(form, lambda: service.cross(actor=request.user, panel=panel, **form.cleaned_data)):
        messages.success(request, _("The two values are crossed."))
        return see_other(address(panel, "quotas") + "#croises")
    context = {"nav_key": "panels", "panel": panel, "form": form}
    return render(request, "panels/cross.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@organiser
def uncross(request, panel, crossed):
    """Take a crossed quota away."""
    found = selectors.crossed_table(panel).select_related("panel").filter(pk=crossed).first()
    if found is None:
        raise Http404(_("This panel has no such quota."))
    if request.method == "POST":
        service.uncross(actor=request.user, crossed=found)
        messages.success(request, _("The crossed quota is removed."))
        return see_other(address(panel, "quotas") + "#croises")
    means = [_crossed_words(found)]
    return confirm(
        request, panel, _("Remove this crossed quota?"), means, pgettext("button", "Remove"),
        back=address(panel, "quotas"),
    )  # fmt: skip


def _crossed_words(one: CrossQuota) -> str:
    words = {"first": one.first.label, "second": one.second.label, "seats": f"{one.minimum} – {one.maximum}"}
    return _("%(first)s and %(second)s at once: %(seats)s seats.") % words
