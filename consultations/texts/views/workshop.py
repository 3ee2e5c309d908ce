"""The organiser's side: bringing a text in, correcting it in place, looking at it, publishing, closing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.directory.enums import Role
from src.foundations.gates import see_other
from src.participation.models import Space

from .. import rules, selectors, services, words
from ..enums import TextState
from ..forms.writing import BringForm, NoteForm, TextForm
from ..models import ReformText
from ..services.trace import before
from .gate import calm, organiser, screen, signed_in

MOST_LISTED = 100


def spaces_of(viewer):
    """The spaces one may submit a text in: those one looks after, where texts are an activity."""
    spaces = Space.objects.filter(is_archive=False).order_by("name")
    if not viewer.has_role(Role.ADMINISTRATOR):
        spaces = spaces.filter(pk__in=sorted(viewer.role_spaces(Role.FACILITATOR)))
    # Which activities a space runs is a list in JSON: SQLite can't look inside.
    return spaces.filter(pk__in=[space.pk for space in spaces if rules.ACTIVITY in space.activities])


@require_safe
@signed_in
@screen
@organiser
def workshop(request):
    """The texts one organises, last first."""
    found = list(ReformText.objects.organised_by(request.viewer).for_pages()[:MOST_LISTED])
    waiting = selectors.waiting_counts(found)
    cards = [(card, waiting.get(card.text.pk, 0)) for card in selectors.cards(found)]
    return render(request, "texts/workshop.html", {"cards": cards, "spaces": spaces_of(request.viewer).exists()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def create(request):
    """Begin a text: its space and its words."""
    form = TextForm(request.POST if request.method == "POST" else None, spaces=spaces_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_text(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("It is begun. Nobody else sees it until you open it."))
            return see_other(selectors.url("bring", made))
    return render(request, "texts/describe.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def describe(request, text):
    """Change the words around a text."""
    initial = {"title": text.title, "introduction": text.introduction}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.describe(actor=request.user, text=text, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Saved."))
            return see_other(selectors.url("write", text))
    return render(request, "texts/describe.html", {"form": form, "text": text}, status=422 if form.errors else 200)


@require_safe
@signed_in
@screen
@organiser
def write(request, text):
    """The version being written, unit by unit, and what may be done now; otherwise the last one."""
    draft = text.draft
    held = draft or text.current
    state = rules.state_of(text)
    waiting = selectors.waiting_counts([text]).get(text.pk, 0)
    context = {
        "text": text,
        "held": held,
        "is_draft": draft is not None,
        "is_first": held.number == 1,
        "rows": selectors.unit_rows(text, held, with_counts=False),
        "state": state,
        "tone": words.TONES[state],
        "icon_name": words.ICONS[state],
        "when": words.when_words(text),
        "waiting": waiting,
        "has_calendar": state != TextState.COMING or rules.opens_at(text) is not None,
        "is_closed": state == TextState.CLOSED,
        "left": draft.spans.filter(is_editorial=False, sources__isnull=True).count()
        if draft is not None and draft.number > 1
        else 0,
    }
    return render(request, "texts/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def bring(request, text):
    """Bring a file or a paste in, in the place of the units of the draft."""
    draft = draft_of(text)
    form = BringForm(request.POST or None, request.FILES or None) if request.method == "POST" else BringForm()
    if request.method == "POST":
        calm(request, "bring", limit=20, per=600)
        form = BringForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                n = services.bring_in(actor=request.user, version=draft, units=form.units)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(
                    request, _("%(n)d units were cut. Read them again: each can be corrected here.") % {"n": n}
                )
                return see_other(selectors.url("write", text))
    context = {"form": form, "text": text, "held": draft, "replaces": draft.units.exists()}
    return render(request, "texts/bring.html", context, status=422 if form.is_bound and form.errors else 200)


def draft_of(text):
    """The version being written; a text without one says so."""
    if text.draft is None:
        raise services.Closed(_("No version is being written: begin the next one first."))
    return text.draft


@require_safe
@signed_in
@screen
@organiser
def preview(request, text):
    """The draft as its readers will read it; and, from the second version, what changes and why."""
    draft = draft_of(text)
    previous = before(draft)
    services.refresh_spans(draft)
    context = {
        "text": text,
        "held": draft,
        "rows": selectors.unit_rows(text, draft, with_counts=False),
        "changes": selectors.change_rows(text, draft, previous, request.viewer) if previous else [],
        "missing": services.why_not_publish(draft),
    }
    return render(request, "texts/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def publish(request, text):
    """Open the text, or publish its next version, once confirmed; or say what is missing."""
    draft = draft_of(text)
    first = draft.number == 1
    if request.method == "POST":
        try:
            if first:
                services.open_text(actor=request.user, text=text)
            else:
                services.publish_version(actor=request.user, version=draft)
        except services.Closed:
            raise
        except ValidationError as refusal:
            return _publish_page(request, text, draft, status=409, refusal=refusal.messages)
        messages.success(
            request,
            _("The text is published.")
            if first
            else _("Version %(n)d is published. Each contributor is being told what became of their words.")
            % {"n": draft.number},
        )
        return see_other(text.get_absolute_url() if first else selectors.url("changes", text, version=draft.number))
    services.refresh_spans(draft)
    return _publish_page(request, text, draft)


def _publish_page(request, text, draft, status=200, refusal=()):
    missing_lines = services.why_not_publish(draft)
    context = {
        "text": text,
        "held": draft,
        "first": draft.number == 1,
        "closing": False,
        "missing": [(one.sentence, selectors.url(one.url_name, text)) for one in missing_lines],
        "refusal": () if missing_lines else refusal,
    }
    return render(request, "texts/publish.html", context, status=status)


@require_POST
@signed_in
@screen
@organiser
def begin(request, text):
    """Begin the next version as a copy of the last."""
    try:
        services.begin_version(actor=request.user, text=text)
    except ValidationError as refusal:
        raise services.Closed(refusal.messages)
    return see_other(selectors.url("write", text))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def note(request, text):
    """Say what changes in the version being written."""
    draft = draft_of(text)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": draft.note})
    if request.method == "POST" and form.is_valid():
        services.note_version(version=draft, note=form.cleaned_data["note"])
        messages.success(request, _("Saved."))
        return see_other(selectors.url("write", text))
    context = {"form": form, "text": text, "title": _("What changes in this version")}
    return render(request, "texts/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def drop(request, text):
    """Throw the next version away, once confirmed."""
    draft = text.draft
    back = selectors.url("write", text)
    if draft is None:
        return see_other(back)
    if request.method == "POST":
        try:
            services.drop_version(actor=request.user, version=draft)
        except ValidationError as refusal:
            raise services.Closed(refusal.messages)
        messages.success(request, _("The version is thrown away."))
        return see_other(back)
    if draft.number == 1:
        raise services.Closed(_("The first version can't be thrown away: correct it."))
    return confirm(
        request,
        text,
        back,
        _("Throw version %(n)d away?") % {"n": draft.number},
        _("Its words, its changes and what they were linked to are lost. Outcomes “taken” wait again."),
        _("Throw away"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def close(request, text):
    """Close for good, once confirmed; or say what is missing."""
    back = selectors.url("write", text)
    if text.closed_at is not None:
        return see_other(back)
    missing_lines = services.why_not_close(text)
    if request.method == "POST" and not missing_lines:
        try:
            services.close_text(actor=request.user, text=text)
        except ValidationError as refusal:
            raise services.Closed(refusal.messages)
        messages.success(request, _("The text is closed. Those who hadn't been told are being told."))
        return see_other(back)
    context = {
        "text": text,
        "closing": True,
        "first": False,
        "missing": [(one.sentence, selectors.url(one.url_name, text)) for one in missing_lines],
    }
    return render(request, "texts/publish.html", context, status=409 if request.method == "POST" else 200)


def confirm(request, text, back, title, sentence, submit):
    context = {
        "back": back,
        "back_label": text.title,
        "title": title,
        "sentence": sentence,
        "submit": submit,
    }
    return render(request, "texts/confirm.html", context)
