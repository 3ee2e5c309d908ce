"""Reading open answers: the codebook, its themes, answers one by one and in lists, words, what is undone."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import keyset, references

from .. import coding_reading as reading
from ..forms import coding as forms
from ..models import Codebook, CodedText, Coding, Theme
from ..services import codebooks, coding
from .gate import organiser, screen, see_other, signed_in
from .workshop import address

METHODS = ["GET", "HEAD", "POST"]
PAGE = 30
MOST_TYPED = 100


def of_codebook(view):
    """Give a view the codebook of an address, to those who organise its questionnaire."""

    @wraps(view)
    def found(request, questionnaire, key, **kwargs):
        book = Codebook.objects.filter(questionnaire=questionnaire, key=key).select_related("question").first()
        if book is None:
            raise Http404(_("These answers are not being read."))
        book.questionnaire = questionnaire
        if "theme" in kwargs:
            kwargs["theme"] = theme_of(book, kwargs["theme"])
        if "text" in kwargs:
            kwargs["text"] = text_of(book, kwargs["text"])
        return view(request, book=book, **kwargs)

    return signed_in(screen(organiser(found)))


def theme_of(book: Codebook, reference: str) -> Theme:
    """A theme of the codebook, or nothing here."""
    found = book.themes.filter(reference=references.normalise(reference[:20])).first()
    if found is None:
        raise Http404(_("This theme is gone."))
    found.codebook = book
    return found


def text_of(book: Codebook, reference: str) -> CodedText:
    """An answer of the codebook, or nothing here."""
    texts = book.texts.select_related("answer", "double_reading")
    found = texts.filter(reference=references.normalise(reference[:20])).first()
    if found is None:
        raise Http404(_("This answer is gone."))
    found.codebook = book
    return found


def at(book: Codebook, name: str = "codebook", **kwargs) -> str:
    return address(book.questionnaire, name, key=book.key, **kwargs)


def in_use(book: Codebook) -> list[Theme]:
    themes = list(book.themes.filter(merged_into__isnull=True))
    for theme in themes:
        theme.codebook = book
    return themes


@require_safe
@signed_in
@screen
@organiser
def overview(request, questionnaire):
    """The text questions of a closed questionnaire, and how far their reading is."""
    if questionnaire.closed_at is None:
        raise Http404(_("The results are told when the questionnaire is closed."))
    books = {book.key: book for book in questionnaire.codebooks.all()}
    lines = [
        {
            "key": key,
            "text": question.text,
            "written": len(answers),
            "book": books.get(key),
            "progress": reading.progress(books[key]) if key in books else None,
        }
        for key, (question, answers) in codebooks.readable_answers(questionnaire).items()
    ]
    context = {
        "questionnaire": questionnaire,
        "lines": lines,
        "synthesis": getattr(questionnaire, "synthesis", None),
        "has_codebook": bool(books),
    }
    return render(request, "questionnaires/reading.html", context)


@require_POST
@signed_in
@screen
@organiser
def open_book(request, questionnaire, key):
    """Draw the order of the answers, and begin."""
    try:
        book = codebooks.open_codebook(actor=request.user, questionnaire=questionnaire, key=key)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return see_other(address(questionnaire, "reading" if questionnaire.closed_at else "build"))
    book.questionnaire = questionnaire
    return see_other(at(book))


@require_safe
@of_codebook
def codebook(request, book):
    """The themes in their order, and what may be done now."""
    return _book_page(request, book)


def _book_page(request, book, status=200, errors=()):
    double = reading.running_double(book)
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "lines": reading.theme_lines(book),
        "progress": reading.progress(book, request.user),
        "double": double,
        "reads_double": double is not None and request.user.pk in (double.first_id, double.second_id),
        "errors": [{"text": sentence} for sentence in errors],
    }
    return render(request, "questionnaires/codebook.html", context, status=status)


@require_http_methods(METHODS)
@of_codebook
def add_theme(request, book):
    """Write a new theme; a word proposed by the statistics may begin its name."""
    data = request.POST if request.method == "POST" else None
    form = forms.ThemeForm(data, initial={"name": request.GET.get("nom", "")[:80]})
    return _theme_page(request, book, form, None)


@require_http_methods(METHODS)
@of_codebook
def edit_theme(request, book, theme):
    """Write a theme again."""
    data = request.POST if request.method == "POST" else None
    form = forms.ThemeForm(data, initial={"name": theme.name, "definition": theme.definition})
    return _theme_page(request, book, form, theme)


def _theme_page(request, book, form, theme):
    if request.method == "POST" and form.is_valid():
        try:
            codebooks.save_theme(actor=request.user, codebook=book, theme=theme, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The theme is saved."))
            return see_other(at(book))
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "form": form,
        "theme": theme,
        "close": reading.close_to(book, theme) if theme and request.method != "POST" else [],
    }
    return render(request, "questionnaires/theme.html", context, status=422 if form.errors else 200)


@require_POST
@of_codebook
def move_theme(request, book, theme, up):
    """One place earlier, or later."""
    codebooks.move_theme(theme=theme, up=up)
    return see_other(f"{at(book)}#theme-{theme.reference}")


@require_http_methods(METHODS)
@of_codebook
def merge_theme(request, book, theme):
    """What merging means, then merging."""
    if theme.merged_into_id:
        return see_other(at(book))
    form = forms.MergeForm(request.POST if request.method == "POST" else None, theme=theme)
    if request.method == "POST" and form.is_valid():
        try:
            codebooks.merge_theme(actor=request.user, theme=theme, into=form.cleaned_data["into"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The two themes are read as one. You can take it out again."))
            return see_other(at(book))
    confirm = {
        "title": _("Merge the theme “%(name)s”") % {"name": theme.name},
        "text": _(
            "Its answers are counted with those of the other theme. What was coded stays as it was, and this can be "
            "undone."
        ),
        "submit": _("Merge the two themes"),
        "danger": False,
        "cancel_url": at(book),
    }
    return _confirm(request, book, confirm, form)


def _confirm(request, book, confirm, form=None):
    context = {"questionnaire": book.questionnaire, "book": book, "confirm": confirm, "form": form}
    return render(request, "questionnaires/reading_confirm.html", context, status=422 if form and form.errors else 200)


@require_POST
@of_codebook
def take_out_theme(request, book, theme):
    """Undo a merge."""
    return _gesture(
        request, book, _("The theme has its answers again."), codebooks.take_out_theme, actor=request.user, theme=theme
    )


@require_POST
@of_codebook
def remove_theme(request, book, theme):
    """Remove a theme that has no answer."""
    return _gesture(request, book, _("The theme is gone."), codebooks.remove_theme, actor=request.user, theme=theme)


def _gesture(request, book, done, service, **given):
    try:
        service(**given)
    except ValidationError as refusal:
        return _book_page(request, book, status=422, errors=refusal.messages)
    messages.success(request, done)
    return see_other(at(book))


@require_POST
@of_codebook
def undo(request, book):
    """Undo one's last gesture."""
    try:
        count = coding.undo_last(actor=request.user, codebook=book)
    except ValidationError as refusal:
        return _book_page(request, book, status=422, errors=refusal.messages)
    sentence = ngettext("%(n)d answer is as it was.", "%(n)d answers are as they were.", count) % {"n": count}
    messages.success(request, sentence)
    return see_other(at(book))


# One by one


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


@require_safe
@of_codebook
def words(request, book):
    """Words that come back: proposed, never decided."""
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "recurrent": reading.recurrent_words(book),
        "unread": reading.unread_words(book),
    }
    return render(request, "questionnaires/words.html", context)
