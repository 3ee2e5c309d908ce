"""Lifting the secret, on screen: the queue, the request, what confirming means, the name shown once."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import keyset, references
from src.foundations.gates import Gate, see_other
from src.workflow.exceptions import TransitionNotAllowed

from .. import opening_subjects
from ..forms import GROUNDS, AskForm, RefuseForm
from ..models import IdentityOpening
from ..selectors import openings_by_year
from ..services import openings

PAGE_SIZE = 20


_gate = Gate("participation", home="participation:openings", moved_on=(TransitionNotAllowed,))


def functions(request) -> tuple[str, ...]:
    """Those of the person who asks, read once a request."""
    return request.viewer.fact("opening_functions") or ()


def opener(view):
    """Open to the three functions alone; nothing of it stays in a browser. Refusals come out as sentences."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not functions(request):
            raise PermissionDenied(
                _("Lifting the secret is for the data protection officer, the mediation and the legal department.")
            )
        if "reference" in kwargs:
            kwargs["opening"] = _found(request, kwargs.pop("reference"))
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return _gate.signed_in(_gate.tells(opened))


def _found(request, reference) -> IdentityOpening:
    opening = (
        IdentityOpening.objects.visible_to(request.viewer)
        .select_related("asked_by", "decided_by")
        .filter(reference=references.normalise(reference))
        .first()
    )
    if opening is None:
        raise Http404(_("There is no such request."))
    return opening


def address(opening) -> str:
    return reverse("participation:opening", kwargs={"reference": opening.reference})


@require_safe
@opener
def queue(request):
    """Every request, newest first: what waits, what was decided, by which functions."""
    page = keyset.paginate(
        IdentityOpening.objects.visible_to(request.viewer),
        order=("-asked_at", "-reference"),
        cursor=request.GET.get("page") or "",
        size=PAGE_SIZE,
    )
    context = {
        "openings": page.items,
        "may_act": openings.may_act(request.viewer),
        "excluded": openings.excluded_sentence(),
        "next_page": f"?page={page.next_cursor}" if page.next_cursor else "",
        "previous_page": f"?page={page.previous_cursor}" if page.previous_cursor else "",
    }
    return render(request, "participation/openings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opener
def ask(request):
    """Ask that one author be known: nothing is opened by asking."""
    if not openings.may_act(request.viewer) and request.method != "POST":
        raise PermissionDenied(openings.excluded_sentence())
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opening = openings.ask(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your request waits for a second person, of another function."))
            return see_other(address(opening))
    context = {"form": form, "days": settings.TERRAIN_OPENING_DAYS}
    return render(request, "participation/opening_ask.html", context, status=422 if form.errors else 200)


@require_safe
@opener
def opening(request, opening):
    """One request: the text, the ground, the reasons, and what this person may do."""
    return _page(request, opening, RefuseForm())


def _page(request, opening, form, status=200):
    _only_who_may(request)
    is_asker = opening.asked_by_id == request.user.pk
    is_second = opening.decided_by_id == request.user.pk
    unread = (is_asker and opening.read_by_asker_at is None) or (is_second and opening.read_by_second_at is None)
    context = {
        "opening": opening,
        "text": opening_subjects.find(opening.subject_kind, opening.subject_reference),
        "kind": opening_subjects.label_of(opening.subject_kind),
        "is_asker": is_asker,
        "may_decide": opening.is_waiting
        and not is_asker
        and any(function != opening.asked_as for function in functions(request)),
        "may_read": opening.is_opened and (is_asker or is_second) and unread,
        "was_read": opening.is_opened and (is_asker or is_second) and not unread,
        "reading_ends": openings.reading_ends(opening) if opening.is_opened else None,
        "form": form,
    }
    return render(request, "participation/opening.html", context, status=status)


def _only_who_may(request) -> None:
    """The reasons and a text that is perhaps hidden: for those who may act, not for whoever manages somebody."""
    if not openings.may_act(request.viewer):
        raise PermissionDenied(openings.excluded_sentence())


@require_http_methods(["GET", "HEAD", "POST"])
@opener
def confirm(request, opening):
    """What confirming means, then the confirmation. The name isn't on the answer: each reads it once, apart."""
    if request.method == "POST":
        openings.confirm(opening=opening, actor=request.user)
        messages.success(request, _("The secret of this text is lifted. You may read the name once."))
        return see_other(address(opening))
    _only_who_may(request)
    if not opening.is_waiting:
        return see_other(address(opening))
    context = {
        "opening": opening,
        "text": opening_subjects.find(opening.subject_kind, opening.subject_reference),
        "kind": opening_subjects.label_of(opening.subject_kind),
        "days": settings.TERRAIN_OPENING_DAYS,
    }
    return render(request, "participation/opening_confirm.html", context)


@require_POST
@opener
def refuse(request, opening):
    """The second person disagrees, in words."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, opening, form, status=422)
    openings.refuse(opening=opening, actor=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Refused: nothing was opened."))
    return see_other(address(opening))


@require_POST
@opener
def read_name(request, opening):
    """The name, once, in the answer to this gesture: no address leads back to it."""
    identity = openings.read_name(opening=opening, actor=request.user)
    response = render(request, "participation/opening_name.html", {"opening": opening, "identity": identity})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def protection(request):
    """How a name is protected, who may open it, for what, and how often it was: for everybody."""

    years = openings_by_year()
    context = {
        "grounds": [(str(ground.label), source) for ground, source in GROUNDS],
        "months": settings.TERRAIN_AUTHOR_LINK_MONTHS,
        "years_kept": settings.TERRAIN_OPENING_KEPT_YEARS,
        "columns": [
            {"label": _("Year")},
            {"label": _("Secrets lifted"), "numeric": True},
            {"label": _("Refused by the second person"), "numeric": True},
            {"label": _("Not confirmed in time"), "numeric": True},
        ],
        "rows": [[str(one.year), str(one.opened), str(one.refused), str(one.expired)] for one in years],
        "this_year": years[0],
    }
    return render(request, "participation/protection.html", context)
