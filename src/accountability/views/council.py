"""The elected official's side: one page before the Council, the cases behind it, replies to sign; and who asks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.models import User
from src.foundations import clock
from src.foundations.gates import add_errors, see_other
from src.foundations.keyset import BadCursor

from .. import council as reading
from .. import registry, rules, services
from ..models import Decision, ReplySignature
from ..signature_forms import AskForm, ReturnForm, SignForm
from .gate import screen, signed_in

METHODS = ["GET", "HEAD", "POST"]


def _officials_alone(viewer) -> None:
    if not rules.is_official(viewer):
        raise PermissionDenied(_("This page is for the elected officials who sign replies."))


@require_safe
@screen
@signed_in
def council(request):
    """Replies to sign, then what was promised, is late, was kept or refused, and what comes within thirty days."""
    _officials_alone(request.viewer)
    page = reading.council(request.viewer)
    return render(request, "accountability/council.html", {"nav_key": "council", "page": page, "today": clock.today()})


@require_safe
@screen
@signed_in
def cases(request):
    """The cases behind one figure: reference, direction, dates."""
    _officials_alone(request.viewer)
    key = request.GET.get("quoi", "")
    if key not in reading.LABELS:
        return redirect(reverse("accountability:council"))
    try:
        rows, page = reading.cases(request.viewer, key, cursor=request.GET.get("page") or "")
    except BadCursor:
        return redirect(f"{request.path}?quoi={key}")
    context = {
        "nav_key": "council",
        "title": reading.LABELS[key],
        "in_the_year": key in reading.IN_THE_YEAR,
        "since": reading.first_day(clock.today()),
        "rows": rows,
        "next_page": f"?quoi={key}&page={page.next_cursor}" if page.next_cursor else "",
        "previous_page": f"?quoi={key}&page={page.previous_cursor}" if page.previous_cursor else "",
    }
    return render(request, "accountability/council_cases.html", context)


@require_http_methods(METHODS)
@screen
@signed_in
def sign(request, reference):
    """A reply as it will be read, beside the words it answers: signed, or sent back."""
    _officials_alone(request.viewer)
    signature = _asked_of(request.viewer, reference)
    decision = signature.decision
    returning = request.method == "POST" and "rendre" in request.POST
    signing = request.method == "POST" and not returning
    last = (
        ReplySignature.objects.filter(official=signature.official, signed_at__isnull=False)
        .order_by("-signed_at")
        .values_list("function", flat=True)
        .first()
    )
    first = {"function": last or "", "read_at": decision.prepared_at.isoformat()}
    sign_form = SignForm(request.POST if signing else None, initial=first)
    return_form = ReturnForm(request.POST if returning else None)
    refused = None
    if signing and sign_form.is_valid():
        try:
            services.sign_reply(
                signature,
                actor=request.user,
                function=sign_form.cleaned_data["function"],
                read_at=_moment(request.POST.get("read_at", "")),
            )
        except ValidationError as refusal:
            add_errors(sign_form, refusal)
        else:
            messages.success(request, _("Signed. The direction may announce it."))
            return see_other(reverse("accountability:council"))
    if returning and return_form.is_valid():
        try:
            services.return_reply(signature, actor=request.user, text=return_form.cleaned_data["text"])
        except ValidationError as refusal:
            add_errors(return_form, refusal)
        else:
            messages.success(request, _("Sent back. It comes to you again once it is written again."))
            return see_other(reverse("accountability:council"))
    if request.method == "POST":
        refused = return_form if returning else sign_form
    context = {
        "nav_key": "council",
        "signature": signature,
        "decision": decision,
        "words": registry.reply_words(decision.subject_kind, [decision.subject_reference]).get(reference),
        "sign_form": sign_form,
        "return_form": return_form,
        "refused": refused,
    }
    return render(request, "accountability/council_sign.html", context, status=422 if refused else 200)


def _moment(text: str):
    """When the words that were read were prepared; None when the form doesn't say it as we wrote it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return timezone.now()
    return found if found is not None and timezone.is_aware(found) else timezone.now()


def _asked_of(viewer, reference: str) -> ReplySignature:
    found = (
        ReplySignature.objects.filter(official_id=viewer.user_id, decision__subject_reference=reference)
        .select_related("decision__unit__direction", "decision__batch", "decision__decided_by", "official")
        .order_by("-asked_at")
        .first()
    )
    if found is None:
        raise Http404(_("No reply of this reference waits for you."))
    return found


# ------------------------------------------------------------------------------------------------ those who decide
@require_http_methods(METHODS)
@screen
@signed_in
def ask(request, reference):
    """A prepared reply, for who decides: by whom it is to be signed, where the signature stands, or without one."""
    decision = _prepared(request.viewer, reference)
    if decision.is_announced:
        # The message that a reply was signed leads here for good: once announced, its subject's page says it all.
        return redirect(_subject(request.viewer, decision)[1] or reverse("accountability:responses"))
    signature = getattr(decision, "signature", None)
    officials = User.objects.filter(pk__in=[one.pk for one in rules.officials_for(decision.unit)])
    officials = officials.order_by("last_name", "first_name", "pk")
    here = request.path
    if request.method == "POST" and "renoncer" in request.POST:
        services.call_off_signature(decision, actor=request.user)
        messages.success(request, _("The reply is signed by whoever decides, as before."))
        return see_other(here)
    first = {"official": signature.official_id if signature else None}
    form = AskForm(request.POST if request.method == "POST" else None, officials=officials, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_signature(decision, actor=request.user, official=form.cleaned_data["official"])
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The signature is asked for. The reply isn’t announced before."))
            return see_other(here)
    context = {
        "nav_key": "ideas",
        "decision": decision,
        "signature": signature,
        "form": form,
        "has_officials": officials.exists(),
        "subject": _subject(request.viewer, decision),
    }
    return render(request, "accountability/signature_ask.html", context, status=422 if form.errors else 200)


def _prepared(viewer, reference: str) -> Decision:
    """The reply in preparation, else the last announced, for who decides on it; 404 for anybody else."""
    found = (
        Decision.objects.visible_to(viewer)
        .filter(subject_reference=reference, is_fast_lane=False)
        .select_related("unit", "batch", "decided_by", "signature__official")
        .order_by(F("batch__announced_at").desc(nulls_first=True), "-pk")
        .first()
    )
    if found is None or not rules.holds_decision(viewer, found.unit.path):
        raise Http404(_("No reply is prepared here, or it is not shown to you."))
    return found


def _subject(viewer, decision: Decision) -> tuple[str, str]:
    """Title and address of what it answers."""
    reference = decision.subject_reference
    return registry.links_of(decision.subject_kind, [reference], viewer).get(reference, ("", ""))
