"""Links after a visit: a file looked at, then sent; and the keys of the programs that send visits."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other
from src.notices.without_mail import sms

from .. import rules, services, visits_file
from ..forms import KeyForm, VisitsForm
from ..models import VisitBatch, VisitKey
from .gate import handler
from .workshop import tabs


@require_http_methods(["GET", "HEAD", "POST"])
@handler
def visits(request):
    """A file is read whole: while one line is wrong, nothing leaves. ``essai``: nothing leaves at all."""
    form = VisitsForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = visits_file.read_file(form.cleaned_data["file"].read())
        foreign = {visit.point.name for visit in report.visits if not rules.may_handle(request.viewer, visit.point)}
        report.problems += [_("“%(point)s” belongs to another unit.") % {"point": name} for name in sorted(foreign)]
        if not report.problems and request.POST.get("geste") == "envoyer":
            batch = services.send_links(visits=report.visits, actor=request.user)
            sent = ngettext(
                "%(n)d link leaves. Its contact isn’t kept.", "%(n)d links leave. No contact is kept.", batch.links
            )
            messages.success(request, sent % {"n": batch.links})
            return see_other(request.path)
    failed = form.errors or (report and report.problems)
    context = {
        "tabs": tabs(request, "visits"),
        "form": form,
        "report": report,
        "problems": [{"text": problem} for problem in report.problems[:200]] if report else [],
        "more": max(0, len(report.problems) - 200) if report else 0,
        "batches": _batches(request),
        "sms": sms.is_on(),
    }
    return render(request, "ratings/workshop/visits.html", context, status=422 if failed else 200)


def _batches(request):
    rows = VisitBatch.objects.select_related("key")
    if not rules.may_manage_keys(request.viewer):
        rows = rows.filter(made_by=request.user)
    return list(rows.order_by("-made_on", "-pk")[:20])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@handler
def keys(request):
    """Keys of programs; a new one's token is on this page once."""
    if not rules.may_manage_keys(request.viewer):
        raise Http404
    form, token = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _key, token = services.make_key(actor=request.user, name=form.cleaned_data["name"])
        form = KeyForm()
    context = {
        "tabs": tabs(request, "keys"),
        "form": form,
        "token": token,
        "keys": list(VisitKey.objects.order_by("revoked_on", "name", "pk")),
    }
    return render(request, "ratings/workshop/keys.html", context, status=422 if form.errors else 200)


@require_POST
@handler
def revoke(request, key):
    """Refuse a program from now on."""
    if not rules.may_manage_keys(request.viewer):
        raise Http404
    services.revoke_key(actor=request.user, key=get_object_or_404(VisitKey, pk=key))
    messages.success(request, _("This program is refused from now on."))
    return see_other(reverse("ratings:keys"))
