"""Reading open answers: one by one, in lists, several at once; splitting a theme."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import keyset, references
from src.foundations.gates import see_other

from .. import coding_reading as reading
from ..forms import coding as forms
from ..models import CodedText, Coding, Theme
from ..services import codebooks, coding
from .book_gate import METHODS, at, in_use, of_codebook

PAGE = 30


def filters_of(request, book) -> reading.Filters:
    """The filters of an address; what isn't one is left out."""
    form = forms.FilterForm(request.GET, themes=in_use(book))
    form.is_valid()
    given = form.cleaned_data
    return reading.Filters(
        state=given.get("etat", ""),
        theme=form.by_reference.get(given.get("theme", "")),
        words=given.get("mots", "") or "",
    )


@require_safe
@of_codebook
def code_next(request, book):
    """The next answer to read."""
    filters = filters_of(request, book)
    after = references.normalise(request.GET.get("apres", "")[:20])
    text = reading.next_text(book, request.user, filters, after)
    if text is None:
        if filters.are_active:
            messages.info(request, _("There is no other answer of this list."))
            return see_other(f"{at(book, 'coded')}?{filters.query}")
        messages.success(request, _("Everything you had to read is read."))
        return see_other(at(book))
    return see_other(_to(book, text, filters))


def _to(book, text, filters) -> str:
    return at(book, "code", text=text.reference) + (f"?{filters.query}" if filters.query else "")


@require_http_methods(METHODS)
@of_codebook
def code(request, book, text):
    """One answer and the themes: ticked, saved, and the next one."""
    themes = in_use(book)
    slot = coding.slot_of(text, request.user)
    current = Coding.objects.filter(text=text, slot=slot).first()
    given = reading.themes_given(book, [text], slot).get(text.pk)
    version = current.version if current else 0
    filters = filters_of(request, book)
    meanwhile = None
    if request.method == "POST":
        form = forms.CodingForm(request.POST, themes=themes)
        if form.is_valid():
            try:
                coding.code_text(
                    actor=request.user, text=text, themes=form.chosen, seen=form.cleaned_data["seen"] or 0
                )
            except coding.CodedMeanwhile as refusal:
                meanwhile = given
                form = forms.CodingForm(themes=themes, given=form_themes(form), version=refusal.coding.version)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                query = f"apres={text.reference}" + (f"&{filters.query}" if filters.query else "")
                return see_other(f"{at(book, 'code_next')}?{query}")
    else:
        form = forms.CodingForm(themes=themes, given=given, version=version)
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "text": text,
        "form": form,
        "themes": themes,
        "is_double": slot != coding.Slot.FINAL,
        "apart": reading.two_readings(text),
        "hints": reading.hints_for(book, text) if slot == coding.Slot.FINAL and given is None else [],
        "progress": reading.progress(book, request.user),
        "filters": filters,
        "meanwhile": meanwhile,
        "is_meanwhile": meanwhile is not None,
        "conflict": _("Somebody else coded this answer in the meantime: look at their choice, then decide."),
        "skip": f"{at(book, 'code_next')}?apres={text.reference}" + (f"&{filters.query}" if filters.query else ""),
    }
    status = 409 if meanwhile is not None else 422 if form.errors else 200
    return render(request, "questionnaires/code.html", context, status=status)


def form_themes(form) -> list[Theme]:
    """The themes ticked on a form."""
    return [form.by_reference[reference] for reference in form.cleaned_data["themes"]]


# Several at once


@require_http_methods(METHODS)
@of_codebook
def coded(request, book):
    """A list of answers with their themes; a theme for several, in one gesture."""
    themes = in_use(book)
    filters = filters_of(request, book)
    form = forms.SeveralForm(request.POST if request.method == "POST" else None, themes=themes)
    errors = []
    if request.method == "POST" and form.is_valid():
        texts = _ticked(request, book)
        try:
            sentence = _done_to(request, book, form, texts)
        except ValidationError as refusal:
            errors = [{"text": one} for one in refusal.messages]
        else:
            messages.success(request, sentence)
            return see_other(request.get_full_path())
    page = keyset.paginate(
        reading.listed(book, filters), order=("reference",), cursor=request.GET.get("page") or "", size=PAGE
    )
    query = f"{filters.query}&" if filters.query else ""
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "rows": reading.rows_of(book, page.items),
        "count": reading.listed(book, filters).count(),
        "ticked": request.POST.getlist("reponse") if request.method == "POST" else [],
        "form": form,
        "errors": errors,
        "filters": filters,
        "filter_form": forms.FilterForm(
            {"etat": filters.state, "theme": filters.theme.reference if filters.theme else "", "mots": filters.words},
            themes=themes,
        ),
        "next_page": f"?{query}page={page.next_cursor}" if page.next_cursor else "",
        "previous_page": f"?{query}page={page.previous_cursor}" if page.previous_cursor else "",
    }
    status = 422 if form.errors or errors else 200
    return render(request, "questionnaires/coded.html", context, status=status)


def _ticked(request, book) -> list[CodedText]:
    wanted = [references.normalise(one[:20]) for one in request.POST.getlist("reponse")[: coding.MOST_AT_ONCE + 1]]
    return list(book.texts.filter(reference__in=wanted).select_related("double_reading"))


def _done_to(request, book, form, texts) -> str:
    if not texts:
        raise ValidationError(_("Tick the answers first."))
    gesture = form.cleaned_data["geste"]
    if gesture == forms.EXAMPLE:
        if len(texts) > 1:
            raise ValidationError(_("Tick one answer: it becomes the example of the theme."))
        codebooks.set_example(theme=form.theme, text=texts[0])
        return _("This answer is now the example of the theme.")
    given = {"add": form.theme} if gesture == forms.ADD else {"remove": form.theme} if gesture == forms.REMOVE else {}
    count = coding.code_several(actor=request.user, codebook=book, texts=texts, **given)
    return ngettext("%(n)d answer changed.", "%(n)d answers changed.", count) % {"n": count}


@require_http_methods(METHODS)
@of_codebook
def split(request, book, theme):
    """Some answers of a theme go to a new one: ticked in the list of its answers."""
    filters = reading.Filters(theme=theme)
    form = forms.ThemeForm(request.POST if request.method == "POST" else None)
    errors = []
    if request.method == "POST" and form.is_valid():
        try:
            coding.split_theme(actor=request.user, theme=theme, texts=_ticked(request, book), **form.cleaned_data)
        except ValidationError as refusal:
            errors = [{"text": one} for one in refusal.messages]
        else:
            messages.success(request, _("The new theme has the answers you ticked."))
            return see_other(at(book))
    texts = list(reading.listed(book, filters)[: coding.MOST_AT_ONCE])
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "theme": theme,
        "form": form,
        "errors": errors,
        "texts": texts,
        "ticked": request.POST.getlist("reponse") if request.method == "POST" else [],
    }
    return render(request, "questionnaires/split.html", context, status=422 if form.errors or errors else 200)
