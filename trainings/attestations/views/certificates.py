"""Which certificate a role asks for, for administrators."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other

from .. import rules
from ..forms.batches import CertificateForm
from ..models import RoleCertificate
from ..services import certificates
from .gate import METHODS, NAV, calm, only, private

administrators = only(
    rules.may_ask_certificates, gettext_lazy("Administrators of the whole city say which certificate a role asks for.")
)


@require_http_methods(METHODS)
@administrators
def listed(request):
    """What roles ask for today; one more is written here."""
    form = CertificateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        calm(request, "certificate", 30)
        if form.is_valid():
            made = certificates.ask(actor=request.viewer, **form.cleaned_data)
            said = _("From now on, the role “%(role)s” is given to those alone whose certificate holds.")
            messages.success(request, said % {"role": made.get_role_display()})
            return see_other(reverse("trainings_attestations:certificates"))
    asked = RoleCertificate.objects.select_related("track").order_by("role")
    context = {"nav_key": NAV, "form": form, "asked": asked}
    return private(
        render(request, "trainings_attestations/certificates.html", context, status=422 if form.errors else 200)
    )


@require_POST
@administrators
def drop(request):
    """The role asks for nothing any more."""
    calm(request, "certificate", 30)
    if certificates.drop(role=request.POST.get("role", "")[:32], actor=request.viewer):
        messages.success(request, _("This role asks for no certificate any more."))
    return see_other(reverse("trainings_attestations:certificates"))
