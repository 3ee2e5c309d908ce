"""The one way a view reaches a codebook, its themes and its answers."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from src.foundations import references

from ..models import Codebook, CodedText, Theme
from .gate import organiser, screen, signed_in
from .workshop import address

METHODS = ["GET", "HEAD", "POST"]


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
    texts = book.texts.kept().select_related("answer", "double_reading")
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
