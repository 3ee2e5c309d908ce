"""A synthesis as it is read: chapters, paragraphs, figures; live for its organisers, frozen for its circle."""

from dataclasses import dataclass, field
from random import SystemRandom

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.participation.enums import Visibility
from theme.charts import Series

from . import masking
from .models import Codebook, CodedText, Questionnaire, Synthesis, SynthesisFigure, SynthesisTable, Theme
from .services.coding import roots_of
from .services.synthesis import told_themes

_shuffler = SystemRandom()
PERCENT = 100


@dataclass(frozen=True)
class Figure:
    """A figure under a paragraph: a sentence, the theme that opens its answers, and why it can't be published."""

    sentence: str
    definition: str
    theme: Theme
    fault: str = ""


@dataclass
class Paragraph:
    """A paragraph with its figures."""

    pk: int
    text: str
    figures: list[Figure]


@dataclass
class Chapter:
    """A chapter with its paragraphs."""

    pk: int
    title: str
    paragraphs: list[Paragraph]


@dataclass
class Table:
    """The themes of one question: chart, table, and those that aren't told."""

    question: str
    base: str
    series: Series | None
    columns: list
    rows: list
    hidden: str = ""
    figures: list = field(default_factory=list)


def figure_sentence(name: str, count: int, base: int) -> str:
    """« 214 réponses sur 1 020 parlent de « Horaires ». »; the number is never typed."""
    return ngettext(
        "%(n)s answer of %(base)s speaks of “%(theme)s”.", "%(n)s answers of %(base)s speak of “%(theme)s”.", count
    ) % {
        "n": number_format(count, force_grouping=True),
        "base": number_format(base, force_grouping=True),
        "theme": name,
    }


def published_chapters(synthesis: Synthesis) -> list[Chapter]:
    """The chapters with the figures frozen at publication."""
    figures = {
        figure.theme_id: figure
        for figure in SynthesisFigure.objects.filter(table__synthesis=synthesis).select_related("table", "theme")
    }

    def told(citation) -> Figure:
        figure = figures[citation.theme_id]
        return Figure(figure_sentence(figure.name, figure.count, figure.table.base), figure.definition, figure.theme)

    return _chapters(synthesis, told)


def live_chapters(synthesis: Synthesis) -> list[Chapter]:
    """The chapters with the figures of now, for those who write; a figure that can't be published says so."""
    live = {
        book.pk: (book, roots_of(book), *told_themes(book))
        for book in Codebook.objects.filter(questionnaire=synthesis.questionnaire_id)
    }
    themes = {theme.pk: theme for theme in Theme.objects.filter(codebook__in=list(live))}

    def told(citation) -> Figure:
        book, roots, read, sets, may = live[citation.theme.codebook_id]
        root = themes[roots[citation.theme_id]]
        fault = "" if root.pk in may else fault_words(book.k)
        return Figure(figure_sentence(root.name, len(sets.get(root.pk, ())), len(read)), root.definition, root, fault)

    return _chapters(synthesis, told)


def fault_words(k: int) -> str:
    """Why a figure can't be published."""
    return _("It can't be published: alone or beside the others, it would tell of fewer than %(k)d answers.") % {
        "k": k
    }


def _chapters(synthesis: Synthesis, told) -> list[Chapter]:
    chapters = synthesis.chapters.prefetch_related("paragraphs__citations__theme")
    return [
        Chapter(
            chapter.pk,
            chapter.title,
            [
                Paragraph(one.pk, one.text, [told(citation) for citation in one.citations.all()])
                for one in chapter.paragraphs.all()
            ],
        )
        for chapter in chapters
    ]


def tables(synthesis: Synthesis) -> list[Table]:
    """The tables of themes of a published synthesis."""
    found = []
    for table in synthesis.tables.prefetch_related("figures__theme"):
        figures = list(table.figures.all())
        series = Series(
            table.question,
            [(figure.name, _share(figure.count, table.base)) for figure in figures],
            unit="%",
            maximum=PERCENT,
        )
        found.append(
            Table(
                question=table.question,
                base=base_words(table),
                series=series if figures else None,
                columns=[
                    {"label": _("Theme")},
                    {"label": _("Number of answers"), "numeric": True},
                    {"label": _("Share"), "numeric": True},
                ],
                rows=[
                    [
                        figure.name,
                        number_format(figure.count, force_grouping=True),
                        _("%(n)d%%") % {"n": _share(figure.count, table.base)},
                    ]
                    for figure in figures
                ],
                hidden=hidden_words(table),
                figures=figures,
            )
        )
    return found


def base_words(table: SynthesisTable) -> str:
    """How many answers were read, of how many."""
    if table.base == table.written:
        return ngettext("%(n)d answer, read by people.", "%(n)d answers, all read by people.", table.base) % {
            "n": table.base
        }
    return _("%(n)d answers read by people, in a drawn order, of %(written)d written.") % {
        "n": table.base,
        "written": table.written,
    }


def hidden_words(table: SynthesisTable) -> str:
    """The themes whose count isn't told."""
    if not table.hidden:
        return ""
    return _("Not shown, so that no count under %(k)d can be found: %(themes)s.") % {
        "k": table.k,
        "themes": ", ".join(table.hidden),
    }


def export_rows(synthesis: Synthesis):
    """The same tables as lines of a file."""
    for table in synthesis.tables.prefetch_related("figures"):
        for figure in table.figures.all():
            yield [
                table.question,
                figure.name,
                figure.definition,
                figure.count,
                table.base,
                _share(figure.count, table.base),
            ]
        for name in table.hidden:
            yield [table.question, name, "", _("not shown"), table.base, ""]


def export_columns() -> list[str]:
    return [
        _("Question"),
        _("Theme"),
        _("Definition"),
        _("Number of answers"),
        _("Answers read"),
        _("Share (%)"),
    ]


def _share(count: int, base: int) -> int:
    return round(PERCENT * count / base) if base else 0


# The answers behind a figure


@dataclass(frozen=True)
class Behind:
    """An answer behind a figure, for its organisers: whole, as it would be shown, and what may be a name."""

    text: CodedText
    shown_as: str
    names: str
    is_ticked: bool
    hidden: str


def behind(figure: SynthesisFigure | None, book: Codebook, theme: Theme) -> list[Behind]:
    """Every answer behind a figure, for organisers: those frozen, or those of now while it isn't published."""
    texts = CodedText.objects.kept().select_related("answer", "codebook").order_by("reference")
    if figure is not None:
        texts = texts.filter(pk__in=figure.behind.values("text_id"))
    else:
        _read, sets, _told = told_themes(book)
        texts = texts.filter(pk__in=sets.get(theme.pk, frozenset()))
    return [
        Behind(
            text,
            masking.masked(text.words, text.hidden_words),
            ", ".join(masking.possible_names(text.words)),
            text.shown_at is not None,
            ", ".join(text.hidden_words),
        )
        for text in texts
    ]


def figures_for(viewer):
    """The figures of published syntheses this person may read, with what their sentence needs."""
    return SynthesisFigure.objects.filter(
        table__synthesis__published_at__isnull=False,
        table__synthesis__questionnaire__in=Questionnaire.objects.visible_to(viewer),
    ).select_related("theme", "table__synthesis__questionnaire")


@dataclass(frozen=True)
class Quote:
    """An answer its circle reads; ``hidden`` says why its words aren't there: the moderation has them."""

    reference: str
    words: str
    hidden: str


def quotes(figure: SynthesisFigure) -> list[Quote]:
    """What the circle reads behind a figure: from k answers an organiser ticked, shuffled, their hidden words out.

    What the moderation hides leaves its place: the others stay, and nobody has to guess that something went.
    """
    ticked = CodedText.objects.ticked().filter(pk__in=figure.behind.values("text_id")).select_related("answer")
    found = [_quote(text) for text in ticked]
    if len(found) < figure.table.k:
        return []
    _shuffler.shuffle(found)
    return found


def _quote(text: CodedText) -> Quote:
    if text.visibility == Visibility.WITHHELD:
        return Quote(text.reference, "", _("Reported: hidden until somebody reads it."))
    if text.visibility == Visibility.REMOVED:
        why = text.get_removal_reason_display()
        return Quote(text.reference, "", _("Removed by the moderation: %(reason)s.") % {"reason": why})
    return Quote(text.reference, masking.masked(text.words, text.hidden_words), "")


def shown_texts(figure: SynthesisFigure) -> list[str]:
    """The words the circle reads behind a figure."""
    return [one.words for one in quotes(figure) if not one.hidden]


def moderated_words(synthesis: Synthesis) -> str:
    """How many quotes the moderation hides at the moment; empty when none."""
    hidden = CodedText.objects.ticked().exclude(visibility=Visibility.SHOWN)
    number = hidden.filter(codebook__questionnaire=synthesis.questionnaire_id).count()
    if not number:
        return ""
    return ngettext(
        "%(n)d quoted answer is hidden by the moderation; figures don’t change.",
        "%(n)d quoted answers are hidden by the moderation; figures don’t change.",
        number,
    ) % {"n": number}
