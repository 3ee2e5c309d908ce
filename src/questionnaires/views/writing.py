"""Writing a synthesis: its words, chapters, paragraphs and figures; choosing the answers shown; publishing."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import references
from src.foundations.gates import see_other
from src.foundations.plain_fields import plain_text

from .. import masking
from .. import synthesis_reading as reading
from ..forms.coding import ChapterForm, ParagraphForm, SynthesisForm
from ..models import CodedText, SynthesisChapter, SynthesisFigure, SynthesisParagraph, Theme
from ..services import synthesis as services
from .book_gate import METHODS
from .gate import organiser, screen, signed_in
from .workshop import address


def written(view):
    """Give a view the synthesis of the address, to those who organise; before it is begun, they begin it."""

    @signed_in
    @screen
    @organiser
    def found(request, questionnaire, **kwargs):
        held = getattr(questionnaire, "synthesis", None)
        if held is None:
            return see_other(address(questionnaire, "synthesis_begin"))
        held.questionnaire = questionnaire
        return view(request, synthesis=held, **kwargs)

    return found


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def begin(request, questionnaire):
    """The title and the first words."""
    if questionnaire.closed_at is None:
        raise Http404(_("A synthesis is written once the questionnaire is closed."))
    held = getattr(questionnaire, "synthesis", None)
    initial = {"title": held.title, "introduction": held.introduction} if held else {"title": questionnaire.title}
    form = SynthesisForm(request.POST if request.method == "POST" else None, initial=initial)

    def save(given):
        services.begin_synthesis(actor=request.user, questionnaire=questionnaire, **given)

    return _write(request, questionnaire, form, _("Title and introduction"), save)


def _write(request, questionnaire, form, title, save):
    held = getattr(questionnaire, "synthesis", None)
    if request.method != "POST" and held is not None and held.is_published:
        return see_other(address(questionnaire, "synthesis_write"))
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return see_other(address(questionnaire, "synthesis_write"))
    context = {"questionnaire": questionnaire, "form": form, "title": title}
    return render(request, "questionnaires/synthesis_form.html", context, status=422 if form.errors else 200)


@require_safe
@written
def write(request, synthesis):
    """The draft with its figures of now; published, what its circle reads."""
    return _write_page(request, synthesis)


def _write_page(request, synthesis, status=200, errors=()):
    chapters = reading.published_chapters if synthesis.is_published else reading.live_chapters
    context = {
        "questionnaire": synthesis.questionnaire,
        "synthesis": synthesis,
        "chapters": chapters(synthesis),
        "themes": _themes(synthesis),
        "errors": [{"text": sentence} for sentence in errors],
    }
    return render(request, "questionnaires/synthesis_write.html", context, status=status)


def _themes(synthesis) -> list[Theme]:
    used = Theme.objects.filter(codebook__questionnaire=synthesis.questionnaire, merged_into__isnull=True)
    return list(used.select_related("codebook__question").order_by("codebook", "position", "pk"))


@require_http_methods(METHODS)
@written
def chapter(request, synthesis, chapter=None):
    """Write a chapter's title."""
    part = get_object_or_404(synthesis.chapters, pk=chapter) if chapter else None
    initial = {"title": part.title} if part else None
    form = ChapterForm(request.POST if request.method == "POST" else None, initial=initial)

    def save(given):
        services.save_chapter(synthesis=synthesis, chapter=part, **given)

    return _write(request, synthesis.questionnaire, form, _("A chapter"), save)


@require_http_methods(METHODS)
@written
def paragraph(request, synthesis, chapter=None, paragraph=None):
    """Write a paragraph, and tick the figures under it."""
    part = None
    if paragraph:
        part = get_object_or_404(
            SynthesisParagraph.objects.select_related("chapter"), pk=paragraph, chapter__synthesis=synthesis
        )
    of = part.chapter if part else get_object_or_404(synthesis.chapters, pk=chapter)
    of.synthesis = synthesis
    initial = {"text": part.text, "themes": [one.reference for one in part.themes.all()]} if part else None
    data = request.POST if request.method == "POST" else None
    form = ParagraphForm(data, themes=_themes(synthesis), initial=initial)

    def save(given):
        services.save_paragraph(chapter=of, text=given["text"], themes=form.chosen, paragraph=part)

    return _write(request, synthesis.questionnaire, form, of.title, save)


PARTS = {"chapitre": SynthesisChapter, "paragraphe": SynthesisParagraph}


@require_POST
@written
def gesture(request, synthesis):
    """Move a part one place, or remove it."""
    model = PARTS.get(request.POST.get("partie", ""))
    number = request.POST.get("numero", "")
    if model is None or not number.isascii() or not number.isdigit() or len(number) > 15:
        raise Http404
    owned = {"synthesis": synthesis} if model is SynthesisChapter else {"chapter__synthesis": synthesis}
    part = get_object_or_404(model, pk=int(number), **owned)
    done = request.POST.get("geste", "")
    try:
        if done == "retirer":
            services.remove_part(part=part)
            messages.success(request, _("It is removed."))
        elif done in ("monter", "descendre"):
            services.move_part(part=part, up=done == "monter")
    except ValidationError as refusal:
        return _write_page(request, synthesis, status=422, errors=refusal.messages)
    return see_other(address(synthesis.questionnaire, "synthesis_write") + "#chapitres")


@require_http_methods(METHODS)
@written
def publish(request, synthesis):
    """What publishing means, then publishing."""
    questionnaire = synthesis.questionnaire
    if synthesis.is_published:
        return see_other(address(questionnaire, "synthesis"))
    if request.method == "POST":
        try:
            services.publish_synthesis(actor=request.user, questionnaire=questionnaire)
        except ValidationError as refusal:
            return _write_page(request, synthesis, status=422, errors=refusal.messages)
        messages.success(request, _("The synthesis is published."))
        return see_other(address(questionnaire, "synthesis"))
    confirm = {
        "title": _("Publish this synthesis"),
        "text": _(
            "Whoever reads the space reads it. Its words and its figures no longer change, and no answer is added to "
            "those that may be read."
        ),
        "submit": _("Publish this synthesis"),
        "danger": True,
        "cancel_url": address(questionnaire, "synthesis_write"),
    }
    return render(
        request,
        "questionnaires/reading_confirm.html",
        {"questionnaire": questionnaire, "confirm": confirm, "form": None},
    )


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def behind(request, questionnaire, theme):
    """Every answer behind a figure, and which ones its circle may read, without which words."""
    held = getattr(questionnaire, "synthesis", None)
    found = (
        Theme.objects.filter(codebook__questionnaire=questionnaire, reference=references.normalise(theme[:20]))
        .select_related("codebook")
        .first()
    )
    if found is None:
        raise Http404(_("This theme is gone."))
    figure = None
    if held is not None and held.is_published:
        figure = SynthesisFigure.objects.filter(table__synthesis=held, theme=found).select_related("table").first()
    lines, errors = reading.behind(figure, found.codebook, found), []
    if request.method == "POST":
        try:
            count = services.choose_shown(
                actor=request.user, questionnaire=questionnaire, choices=_choices(request, lines)
            )
        except ValidationError as refusal:
            errors, lines = [{"text": one} for one in refusal.messages], _typed(request, lines)
        else:
            messages.success(
                request, ngettext("%(n)d answer changed.", "%(n)d answers changed.", count) % {"n": count}
            )
            return see_other(request.path)
    shown = sum(1 for line in lines if line.text.shown_at)
    context = {
        "questionnaire": questionnaire,
        "theme": found,
        "is_published": figure is not None,
        "lines": lines,
        "shown": shown,
        "k": found.codebook.k,
        "enough": shown >= found.codebook.k,
        "synthesis": held,
        "errors": errors,
    }
    return render(request, "questionnaires/behind.html", context, status=422 if errors else 200)


def _choices(request, lines) -> dict[CodedText, tuple[bool, list[str]]]:
    """What was ticked and hidden, for the answers that the page showed.

    What one left as the page showed it stays as it is now: somebody else may have chosen meanwhile.
    """
    listed, before, ticked = (set(request.POST.getlist(name)) for name in ("vu", "etait", "montrer"))
    found = {}
    for line in lines:
        reference = line.text.reference
        if reference not in listed:
            continue
        is_shown, words = reference in ticked, plain_text(request.POST.get(f"cacher-{reference}", ""), one_line=True)
        if is_shown == (reference in before):
            is_shown = line.is_ticked
        if words == plain_text(request.POST.get(f"avant-{reference}", ""), one_line=True):
            words = line.hidden
        found[line.text] = is_shown, masking.words_of(words)
    return found


def _typed(request, lines) -> list[reading.Behind]:
    """The lines as they were filled, when they can't be kept."""
    ticked = set(request.POST.getlist("montrer"))
    return [
        replace(
            line,
            is_ticked=line.text.reference in ticked,
            hidden=request.POST.get(f"cacher-{line.text.reference}", line.hidden),
        )
        for line in lines
    ]
