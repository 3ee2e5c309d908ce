"""Grades by ticket and secret number: for whoever sat on a panel, after the mandate too, without an account."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from panels import door, entrance, receipts
from panels.forms.candidates import ProofForm
from panels.models import Membership
from src.foundations.gates import see_other

from ..enums import GradeWay
from .gate import METHODS, screen
from .replying import graded

KEY = "grades"


@never_cache
@require_http_methods(METHODS)
@screen
def grades(request):
    """The ticket and its number, then the replies and three words under each."""
    request.keeps_nothing_typed = True
    carried = entrance.read(request)
    member = Membership.objects.select_related("panel__commissioner").filter(pk=carried.get(KEY) or 0).first()
    if member is None:
        return _door(request)
    back, label = reverse("panels:own"), _("My registration")
    return entrance.unkept(graded(request, member.panel, member, back=back, back_label=label, way=GradeWay.CODE))


def _door(request):
    """One answer for everything that opens nothing, whoever was erased included."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        member, status = _proved(request, form)
        if member is not None:
            kept = {name: value for name, value in entrance.read(request).items() if name == "own"}
            return entrance.keep(see_other(request.path), request, **kept, **{KEY: member.pk})
    response = render(request, "opinions/grades_door.html", {"nav_key": "panels", "form": form}, status=status)
    if status == 429:
        response["Retry-After"] = "3600"
    return entrance.keep(response, request)


def _proved(request, form):
    if not form.is_valid():
        return None, 422
    try:
        found = receipts.proved(**form.cleaned_data, caller=entrance.caller(request), even_erased=True)
    except receipts.NotYours as refusal:
        form.add_error("number", refusal.messages[0])
        return None, 422
    except door.TooManyTries:
        form.add_error("number", receipts.NotYours().messages[0])
        return None, 429
    member = Membership.objects.filter(candidate=found, panel__opinion__handed_over_on__isnull=False).first()
    if member is None:
        form.add_error(None, _("There is no reply to grade with this ticket yet."))
        return None, 422
    return member, 200
