"""Proposing an idea: the one screen, its draft, the ideas that resemble it, and the receipt."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.accountability.enums import REFUSALS
from src.directory.models import Unit
from src.foundations import clock
from src.foundations.gates import see_other
from src.participation import holding, prompts
from src.participation.enums import IdentityMode
from src.participation.rules import anonymous_offered, is_permanent
from src.participation.services import authorship, drafts
from src.rights.selectors import preferred_identity
from src.search import selectors as search
from theme.templatetags.theme import hour

from .. import own_site, selectors, services
from ..forms.cohort import ApplicationForm
from ..forms.details import DetailsForm, PhotoForm
from ..forms.fields import plain_text
from ..forms.propose import BODY_MAX, TITLE_MAX, ProposalForm
from ..models import Idea
from .gate import calm, screen, signed_in
from .words import answer_tone, supports_in_words

DRAFT_KIND = "idea"
KEPT = {
    "body": 4 * BODY_MAX, "title": 4 * TITLE_MAX, "identity": 16, "here": 4, "boite": 64, "team": 2000,
    "origin": prompts.LONGEST, "labelled": 4,
}  # fmt: skip
SIMILAR_SHOWN = 5
# Under this many characters a text resembles everything.
SIMILAR_FROM = 20


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def propose(request):
    """The one screen. Sending answers with the receipt; similar ideas not yet shown are shown first, once."""
    space = space_asked(request)
    if space is None:
        return _no_single_space(request)
    if request.method == "POST":
        return _posted(request, space)
    draft = _draft(request)
    initial = {"identity": "", **(draft.data if draft else {}), "draft": draft.token if draft else None}
    # A question one comes from is answered on an empty page: a draft about something else stays where it is.
    if (asked := request.GET.get("depuis", "")) and initial.get("origin", "") != asked:
        draft, initial = None, {"identity": "", "origin": asked}
    return _screen(request, space, _form(request, space, initial=initial), draft=draft)


def space_asked(request):
    """The box asked for, else the only permanent one, else the only open one. A box one can't see doesn't exist.

    Calls come and go beside the permanent box: whoever comes to write isn't asked where before they are heard; the
    page leads to the others (``?ailleurs=1``).
    """
    spaces = selectors.spaces_to_propose(request.viewer)
    wanted = request.POST.get("boite") or request.GET.get("boite", "")
    if not wanted:
        permanent = [space for space in spaces if is_permanent(space)]
        likely = spaces if len(spaces) == 1 else [] if "ailleurs" in request.GET else permanent
        return likely[0] if len(likely) == 1 else None
    found = next((space for space in spaces if space.slug == wanted), None)
    if found is None:
        refusal = next((box.refusal for box in selectors.open_boxes(request.viewer) if box.space.slug == wanted), "")
        raise PermissionDenied(refusal or _("This box does not take ideas now, or is not yours to write in."))
    return found


def _no_single_space(request):
    spaces = selectors.spaces_to_propose(request.viewer)
    return render(request, "ideas/choose_space.html", {"nav_key": "ideas", "spaces": spaces})


def _form(request, space, data=None, **kwargs):
    if space.cohort_seats is not None:
        return ApplicationForm(data, modes=[IdentityMode.NAMED], **kwargs)
    unit, site = request.viewer.unit, own_site.site_of(request.viewer, space)
    names = {"team": unit.name if unit else "", "site": site.name if site else ""}
    asked = data.get("origin", "") if data is not None else kwargs.get("initial", {}).get("origin", "")
    prompt = prompts.find(request.viewer, asked)
    names["preferred"] = preferred_identity(request.user)
    return ProposalForm(data, modes=space.identity_modes, prompt=prompt, **names, **kwargs)


def _screen(request, space, form, *, draft=None, status=200):
    chosen = request.POST.get(holding.CHOSEN) == "1"
    context = {
        "nav_key": "ideas",
        "space": space,
        "form": form,
        "draft": draft,
        "as_idea": "1" if chosen else holding.already_chosen(_text(draft.data)) if draft else "",
        "promised_on": clock.today() + timedelta(days=settings.TERRAIN_PROMISE_DAYS),
        "takes_groups": IdentityMode.NAMED in space.identity_modes,
        "takes_anonymous": anonymous_offered(space),
        "many_spaces": len(selectors.spaces_to_propose(request.viewer)) > 1,
    }
    return render(request, "ideas/propose.html", context, status=status)


def _text(data) -> str:
    return f"{data.get('title', '')}\n{data.get('body', '')}"


def _posted(request, space):
    held = holding.held_page(request, "title", "body", leave_url=reverse("ideas:list"))
    if held is not None:
        _forget(request, _uuid(request.POST.get("draft", "")))
        return held
    if request.POST.get("action") == "draft":
        token = _keep(request)
        messages.success(request, _("Your draft is kept. You alone can read it."))
        response = see_other(reverse("ideas:mine") + "#brouillons")
        drafts.remember_in_response(response, request, token)
        return response
    form = _form(request, space, data=request.POST)
    if not form.is_valid():
        return _screen(request, space, form, status=422)
    # Two people may apply with the same project: nobody is sent to support a colleague's application instead.
    unseen = [] if space.cohort_seats is not None else _similar_unseen(request, form)
    if unseen:
        context = {"nav_key": "ideas", "space": space, "form": form, "similar": unseen}
        context["as_idea"] = request.POST.get(holding.CHOSEN, "")[:1]
        return render(request, "ideas/propose_similar.html", context)
    return _send(request, space, form)


def _send(request, space, form):
    calm(request, "propose", limit=20, per=3600)
    cleaned = form.cleaned_data
    try:
        with transaction.atomic():
            receipt = services.submit_idea(
                actor=request.user,
                space=space,
                body=cleaned["body"],
                title=cleaned["title"],
                identity_mode=form.identity_mode,
                signature=form.signature,
                team_label=request.viewer.unit.name if request.viewer.unit else "",
                submission_token=cleaned["token"] or uuid.uuid4(),
                settle_here=bool(cleaned.get("here")),
                tags=form.tags,
            )
            if cleaned.get("team") and receipt.is_new:
                services.name_people(idea=receipt.idea, actor=request.user, people=cleaned["team"])
    except ValidationError as refusal:
        _report(form, refusal)
        return _screen(request, space, form, status=422)
    _forget(request, cleaned["draft"])
    response = see_other(reverse("ideas:received", kwargs={"reference": receipt.reference}))
    if receipt.handle is not None:
        authorship.remember_in_response(response, request, receipt.handle)
    return response


def _report(form, refusal: ValidationError) -> None:
    """Put the core's refusals beside the fields they speak of."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


# Drafts


def _own_drafts(request) -> dict:
    return {draft.token: draft for draft in drafts.drafts_of(request.user, DRAFT_KIND)}


def _draft(request):
    """The last draft one touched; ``?nouvelle`` starts from an empty page."""
    return None if "nouvelle" in request.GET else next(iter(_own_drafts(request).values()), None)


@require_POST
@screen
@signed_in
def resume(request):
    """Go on with one of one's own drafts. By POST: its token never stands in an address."""
    draft = _own_drafts(request).get(_uuid(request.POST.get("draft", "")))
    if draft is None:
        return see_other(reverse("ideas:mine"))
    slug = draft.data.get("boite", "")
    spaces = selectors.spaces_to_propose(request.viewer)
    space = next((space for space in spaces if space.slug == slug), spaces[0] if spaces else None)
    if space is None:
        return _no_single_space(request)
    return _screen(request, space, _form(request, space, initial={**draft.data, "draft": draft.token}), draft=draft)


def _uuid(text):
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _keep(request) -> uuid.UUID:
    """Write what was typed, as it is, into the draft named by the form if it is one's own, else into a new one."""
    token = _uuid(request.POST.get("draft", ""))
    data = {name: plain_text(request.POST.get(name, "")[:limit]) for name, limit in KEPT.items()}
    return drafts.save_draft(token if token in _own_drafts(request) else None, DRAFT_KIND, data, user=request.user)


def forget_draft(request) -> None:
    """Forget the draft the form names, if it is one's own."""
    _forget(request, _uuid(request.POST.get("draft", "")))


def _forget(request, token) -> None:
    if token is not None and token in _own_drafts(request):
        drafts.delete_draft(token)


@require_POST
@screen
@signed_in
def save_draft(request):
    """Keep what is being typed; the page calls it while one types, and says when it was done."""
    calm(request, "draft", limit=60)
    themes = holding.themes_held(request, "title", "body")
    if themes:
        # The beginning of the text may have been kept before it was noticed: the panel says that nothing is.
        _forget(request, _uuid(request.POST.get("draft", "")))
        html = holding.panel(request, themes, leave_url=reverse("ideas:list"))
        return JsonResponse({"sentence": _("Nothing is saved."), "fields": {"draft": ""}, "panel": html})
    token = _keep(request)
    sentence = _("Draft saved at %(time)s") % {"time": hour(clock.now())}
    response = JsonResponse({"sentence": sentence, "fields": {"draft": str(token)}})
    drafts.remember_in_response(response, request, token)
    return response


@require_POST
@screen
@signed_in
def delete_draft(request):
    """Forget one of one's own drafts."""
    _forget(request, _uuid(request.POST.get("draft", "")))
    messages.success(request, _("The draft is gone."))
    return see_other(reverse("ideas:mine"))


# Ideas that resemble it


def similar_to(viewer, text: str) -> list:
    """At most five ideas one may see that resemble ``text``; nothing under twenty characters."""
    text = plain_text(text[:BODY_MAX])
    if len(text) < SIMILAR_FROM:
        return []
    found = list(search.similar(Idea.subject_kind, text, Idea.objects.visible_to(viewer), limit=SIMILAR_SHOWN))
    ideas = Idea.objects.visible_to(viewer).for_rows(viewer).in_bulk([idea.pk for idea in found])
    return [selectors.row_of(ideas[idea.pk], viewer) for idea in found if idea.pk in ideas]


def _cards(rows) -> list[dict]:
    """Close ideas as the page shows them: those the City already answered first, with what it said. One statement."""
    given = selectors.earlier_answers([row.reference for row in rows])
    cards = [
        {
            "reference": row.reference,
            "title": row.title,
            "url": row.url,
            "detail": _("%(count)s · %(step)s") % {"count": supports_in_words(row), "step": row.step_label},
            "support_url": _support_url(row) if row.accepts_supports and not row.is_mine and not row.supported else "",
            "answer": _earlier(given.get(row.reference)),
        }
        for row in rows
    ]
    return sorted(cards, key=lambda card: card["answer"] is None)


def _earlier(decision) -> dict | None:
    """What was decided, when, why and what would change it; None for an idea not answered yet."""
    if decision is None:
        return None
    return {
        "label": decision.get_outcome_display(),
        "tone": answer_tone(decision.outcome),
        "on": timezone.localdate(decision.batch.announced_at),
        "reason": decision.get_reason_display() if decision.reason else "",
        "change": decision.reopening_conditions if decision.outcome in REFUSALS else "",
        "signed_by": decision.signed_as,
    }


def _support_url(row) -> str:
    return f"{reverse('ideas:support', kwargs={'reference': row.reference})}?retour={row.url}"


def _similar_unseen(request, form) -> list[dict]:
    """Similar ideas this person hasn't been shown yet for this text."""
    seen = set(request.POST.get("seen", "").split(","))
    found = _cards(similar_to(request.viewer, f"{form.cleaned_data['title']}\n{form.cleaned_data['body']}"))
    return found if any(card["reference"] not in seen for card in found) else []


@require_POST
@screen
@signed_in
def similar(request):
    """A piece of page: ideas that resemble what is being typed. The text travels in the body, never in an address."""
    calm(request, "similar", limit=60)
    held = holding.themes_held(request, "title", "body")
    close = [] if held else _cards(similar_to(request.viewer, _text(request.POST)))
    return render(request, "ideas/_similar.html", {"similar": close})


# The receipt


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def received(request, reference):
    """The receipt, and what may be added after sending. The author alone reads it."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.is_mine:
        raise Idea.DoesNotExist
    directions = Unit.objects.current(clock.today()).directions().order_by("name")
    form = DetailsForm(
        request.POST if request.POST.get("part") == "details" else None,
        directions=directions,
        initial={
            "kind": page.idea.kind,
            "direction": page.idea.direction_id,
            "tags": ", ".join(name for _slug, name in page.row.tags),
        },
    )
    photo = PhotoForm(*((request.POST, request.FILES) if request.POST.get("part") == "photo" else ()))
    if request.method == "POST":
        answer = _completed(request, page, form, photo)
        if answer is not None:
            return answer
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "thanks": _thanks(page),
        "form": form,
        "photo_form": photo,
    }
    return render(request, "ideas/received.html", context, status=422 if form.errors or photo.errors else 200)


def _thanks(page) -> str:
    """Sentence n° 1 of the glossary, while an answer is owed."""
    if page.promise is None:
        return ""
    reader = page.promise.unit_label
    return services.Receipt(idea=page.idea, reader=reader, promised_on=page.promise.promised_on).thanks


def _completed(request, page, form, photo):
    """Save the part that was sent; None when it has to be corrected."""
    here = reverse("ideas:received", kwargs={"reference": page.row.reference})
    try:
        if request.POST.get("part") == "photo" and photo.is_valid():
            services.add_photo(
                idea=page.idea, actor=request.user, upload=photo.cleaned_data["photo"], alt=photo.cleaned_data["alt"]
            )
            messages.success(request, _("Your photo is added."))
            return see_other(here)
        if request.POST.get("part") == "details" and form.is_valid():
            services.save_details(idea=page.idea, actor=request.user, **form.changes)
            messages.success(request, _("Thank you, this will help to find it."))
            return see_other(page.row.url)
    except ValidationError as refusal:
        _report(photo if request.POST.get("part") == "photo" else form, refusal)
    return None
