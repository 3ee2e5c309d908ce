"""The codebook of a question: begun, its themes written, ordered, merged; words that come back; a gesture undone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import see_other

from .. import coding_reading as reading
from ..forms import coding as forms
from ..services import codebooks, coding
from .book_gate import METHODS, at, of_codebook
from .gate import organiser, screen, signed_in
from .workshop import address


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
