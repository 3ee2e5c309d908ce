"""An author answers whether their words may be quoted; nobody else learns that the address exists."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other

from .. import cards
from ..enums import QuoteState
from ..models import QuoteRequest
from ..quote_forms import AnswerForm
from ..services import quoting
from .gate import gate

ENDED = (QuoteState.REFUSED, QuoteState.WITHDRAWN)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.tells
@gate.signed_in
def answer(request, reference):
    """The words, where they would stand, who asks; yes, and how signed, or no."""
    row = QuoteRequest.objects.select_related("asked_by").filter(reference=references.normalise(reference)).first()
    contribution = cards.quotable(row.subject_kind, row.subject_reference, request.viewer) if row else None
    if contribution is None or not contribution.is_of(request.viewer):
        raise Http404(_("This quote does not exist, or is not yours to answer."))
    says_no = request.POST.get("action") == "non"
    data = request.POST if request.method == "POST" and not says_no else None
    form = AnswerForm(
        data,
        offered=quoting.signatures(row),
        signature=contribution.signature,
        initial={"signature": row.signature},
    )
    if request.method == "POST" and says_no:
        quoting.refuse(row, actor=request.user)
        messages.success(request, _("Your words aren’t quoted."))
        return see_other(row.get_absolute_url())
    if form.is_valid():
        quoting.agree(row, signature=form.cleaned_data["signature"], actor=request.user)
        messages.success(request, _("Thank you: your words may be quoted."))
        return see_other(row.get_absolute_url())
    context = {
        "row": row,
        "contribution": contribution,
        "asked_by": row.asked_by.get_full_name() if row.asked_by else "",
        "is_dropped": row.state == QuoteState.DROPPED,
        "is_agreed": row.state == QuoteState.AGREED,
        "is_ended": row.state in ENDED,
        "form": form,
    }
    return render(request, "publishing/quote.html", context, status=422 if form.errors else 200)
