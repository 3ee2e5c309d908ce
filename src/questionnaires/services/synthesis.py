"""Writing a synthesis, choosing which answers the circle may read, publishing: figures computed and frozen."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import masking, theme_figures
from ..models import (
    Citation,
    Code,
    Codebook,
    CodedText,
    Coding,
    FigureText,
    Questionnaire,
    Slot,
    Synthesis,
    SynthesisChapter,
    SynthesisFigure,
    SynthesisParagraph,
    SynthesisTable,
    Theme,
)
from .coding import roots_of

MOST_CHAPTERS, MOST_PARAGRAPHS, MOST_CITED = 12, 20, 6
_BATCH = 500


@transaction.atomic
def begin_synthesis(*, actor=None, questionnaire: Questionnaire, title: str, introduction: str = "") -> Synthesis:
    """Begin the synthesis of a closed questionnaire, or write its title and introduction again.

    Refuses a questionnaire that isn't closed, and a synthesis already published.
    """
    if questionnaire.closed_at is None:
        raise ValidationError(_("A synthesis is written once the questionnaire is closed."))
    held = Synthesis.objects.select_for_update().filter(questionnaire=questionnaire).first()
    if held is None:
        held = Synthesis(questionnaire=questionnaire, created_at=clock.now())
        _record("questionnaires.synthesis_begun", questionnaire, actor)
    _refuse_published(held)
    held.title, held.introduction = title, introduction
    held.save()
    return held


@transaction.atomic
def save_chapter(*, synthesis: Synthesis, title: str, chapter: SynthesisChapter | None = None) -> SynthesisChapter:
    """Write a chapter's title; a new one comes last."""
    _hold(synthesis)
    if chapter is None:
        if synthesis.chapters.count() >= MOST_CHAPTERS:
            raise ValidationError(_("Keep %(n)d chapters at most: nobody reads more.") % {"n": MOST_CHAPTERS})
        chapter = SynthesisChapter(synthesis=synthesis, position=_last(synthesis.chapters) + 1)
    chapter.title = title
    chapter.save()
    return chapter


@transaction.atomic
def save_paragraph(
    *, chapter: SynthesisChapter, text: str, themes: Iterable[Theme], paragraph: SynthesisParagraph | None = None
) -> SynthesisParagraph:
    """Write a paragraph and the themes whose figures it cites; a new one comes last in its chapter.

    Refuses a theme of another questionnaire, and too many figures under one paragraph.
    """
    _hold(chapter.synthesis)
    cited = list(themes)
    if len(cited) > MOST_CITED:
        raise ValidationError({"themes": _("Cite %(n)d figures at most under a paragraph.") % {"n": MOST_CITED}})
    if any(theme.codebook.questionnaire_id != chapter.synthesis.questionnaire_id for theme in cited):
        raise ValidationError({"themes": _("This theme is not one of this questionnaire's.")})
    if paragraph is None:
        if chapter.paragraphs.count() >= MOST_PARAGRAPHS:
            raise ValidationError(_("Keep %(n)d paragraphs a chapter at most.") % {"n": MOST_PARAGRAPHS})
        paragraph = SynthesisParagraph(chapter=chapter, position=_last(chapter.paragraphs) + 1)
    paragraph.text = text
    paragraph.save()
    Citation.objects.filter(paragraph=paragraph).delete()
    Citation.objects.bulk_create(Citation(paragraph=paragraph, theme=theme) for theme in cited)
    return paragraph


@transaction.atomic
def move_part(*, part: SynthesisChapter | SynthesisParagraph, up: bool) -> None:
    """Put a chapter or a paragraph one place earlier or later; at an end nothing moves."""
    siblings = _siblings(part)
    place = next(place for place, one in enumerate(siblings) if one.pk == part.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        return
    siblings[place], siblings[other] = siblings[other], siblings[place]
    for position, one in enumerate(siblings, start=1):
        one.position = position
    type(part).objects.bulk_update(siblings, ["position"])


@transaction.atomic
def remove_part(*, part: SynthesisChapter | SynthesisParagraph) -> None:
    """Remove a paragraph, or a chapter with its paragraphs."""
    _siblings(part)
    part.delete()


def _siblings(part) -> list:
    is_chapter = isinstance(part, SynthesisChapter)
    _hold(part.synthesis if is_chapter else part.chapter.synthesis)
    return list(part.synthesis.chapters.all() if is_chapter else part.chapter.paragraphs.all())


# Which answers the circle may read


@transaction.atomic
def choose_shown(
    *, actor=None, questionnaire: Questionnaire, choices: Mapping[CodedText, tuple[bool, list[str]]]
) -> int:
    """Say, answer by answer, whether the circle may read it and which words are hidden in it. How many changed.

    Once the synthesis is published an answer can be taken away, or more words hidden: none is added, none is shown
    again. Refuses a text of another questionnaire, and too many hidden words.
    """
    held = Synthesis.objects.select_for_update().filter(questionnaire=questionnaire).first()
    is_published = held is not None and held.is_published
    changed = []
    for text, (is_shown, hidden) in choices.items():
        if text.codebook.questionnaire_id != questionnaire.pk:
            raise ValidationError(_("This answer is to another question."))
        if len(hidden) > masking.MOST_WORDS or any(len(word) > masking.MOST_LENGTH for word in hidden):
            raise ValidationError(_("Hide %(n)d words at most in an answer.") % {"n": masking.MOST_WORDS})
        # Set aside since the page was made: it stays so.
        is_shown = is_shown and text.set_aside_at is None
        if is_published:
            is_shown = is_shown and text.shown_at is not None
            hidden = list(dict.fromkeys([*text.hidden_words, *hidden]))
        if is_shown == (text.shown_at is not None) and hidden == text.hidden_words:
            continue
        text.shown_at = (text.shown_at or clock.now()) if is_shown else None
        text.hidden_words = hidden
        changed.append(text)
    CodedText.objects.bulk_update(changed, ["shown_at", "hidden_words"])
    if changed:
        shown = sum(1 for text in changed if text.shown_at)
        _record(
            "questionnaires.answers_shown", questionnaire, actor, {"shown": shown, "taken_away": len(changed) - shown}
        )
    return len(changed)


# Figures


def coded_sets(codebook: Codebook) -> tuple[frozenset[int], dict[int, frozenset[int]]]:
    """The texts read, and those of each theme (by key, merged ones with the theme they are in). Three statements."""
    roots = roots_of(codebook)
    kept = CodedText.objects.kept().filter(codebook=codebook)
    read = frozenset(Coding.objects.filter(text__in=kept, slot=Slot.FINAL).values_list("text_id", flat=True))
    found: dict[int, set[int]] = {root: set() for root in roots.values()}
    codes = Code.objects.filter(coding__text__in=kept, coding__slot=Slot.FINAL)
    for text_id, theme_id in codes.values_list("coding__text_id", "theme_id"):
        found[roots[theme_id]].add(text_id)
    return read, {pk: frozenset(texts) for pk, texts in found.items()}


def told_themes(codebook: Codebook) -> tuple[frozenset[int], dict[int, frozenset[int]], frozenset[int]]:
    """The texts read, those of each theme, and the themes whose count may be told (``theme_figures``)."""
    read, sets = coded_sets(codebook)
    if len(read) < codebook.k:
        return read, sets, frozenset()
    told = theme_figures.tellable({str(pk): texts for pk, texts in sets.items()}, read, codebook.k)
    return read, sets, frozenset(int(pk) for pk in told)


@transaction.atomic
def publish_synthesis(*, actor=None, questionnaire: Questionnaire) -> Synthesis:
    """Publish for good: each theme's count is computed and frozen with the answers behind it. Safe twice.

    Refuses, in sentences: a synthesis without words, a chapter without a paragraph, a cited figure that can't be told,
    and a double reading that isn't over.
    """
    held = Synthesis.objects.select_for_update().filter(questionnaire=questionnaire).first()
    if held is None:
        raise ValidationError(_("Write the synthesis first."))
    if held.is_published:
        return held
    books = list(Codebook.objects.select_for_update().filter(questionnaire=questionnaire).select_related("question"))
    tables = {book.pk: (book, *told_themes(book)) for book in books}
    found = faults_of(held, tables)
    if found:
        raise ValidationError(found)
    for book, read, sets, told in tables.values():
        if len(read) >= book.k:
            _freeze(held, book, read, sets, told)
            _cite_roots(held, book)
    held.published_at = clock.now()
    held.save(update_fields=["published_at"])
    _record("questionnaires.synthesis_published", questionnaire, actor, {"tables": len(tables)})
    return held


def faults_of(synthesis: Synthesis, tables: Mapping) -> list[str]:
    """What keeps a synthesis from being published, in sentences; ``tables`` are codebooks with what they tell."""
    chapters = list(synthesis.chapters.prefetch_related("paragraphs__citations__theme"))
    found = [] if chapters else [_("Write one chapter at least.")]
    for chapter in chapters:
        paragraphs = list(chapter.paragraphs.all())
        if not paragraphs:
            found.append(_("The chapter “%(title)s” has no paragraph yet.") % {"title": chapter.title})
        for citation in (one for paragraph in paragraphs for one in paragraph.citations.all()):
            theme = citation.theme
            book, _read, _sets, told = tables[theme.codebook_id]
            if root_key(book, theme) not in told:
                found.append(
                    _(
                        "The figure of “%(theme)s” can't be published: alone or beside the others, it would tell of "
                        "fewer than %(k)d answers. Take it out of its paragraph, or merge themes."
                    )
                    % {"theme": theme.name, "k": book.k}
                )
    for book, *_rest in tables.values():
        if book.double_readings.filter(completed_at__isnull=True).exists():
            found.append(_("Two people are still reading a sample: wait until both are done."))
    return list(dict.fromkeys(found))


def root_key(codebook: Codebook, theme: Theme) -> int:
    """The theme a theme's answers are read with."""
    return theme.pk if theme.merged_into_id is None else roots_of(codebook)[theme.pk]


def _cite_roots(held: Synthesis, book: Codebook) -> None:
    """A merged theme is cited as the one it is in: what becomes of the codebook later changes nothing."""
    roots = roots_of(book)
    cited = Citation.objects.filter(paragraph__chapter__synthesis=held, theme__codebook=book)
    for citation in cited.filter(theme__merged_into__isnull=False):
        root = roots[citation.theme_id]
        if cited.filter(paragraph=citation.paragraph_id, theme=root).exists():
            citation.delete()
        else:
            Citation.objects.filter(pk=citation.pk).update(theme=root)


def _freeze(held: Synthesis, book: Codebook, read, sets, told) -> None:
    themes = {theme.pk: theme for theme in book.themes.filter(merged_into__isnull=True)}
    table = SynthesisTable.objects.create(
        synthesis=held,
        codebook=book,
        question=book.question.text,
        k=book.k,
        base=len(read),
        written=book.texts.kept().count(),
        hidden=[theme.name for pk, theme in themes.items() if pk not in told],
    )
    figures = SynthesisFigure.objects.bulk_create(
        SynthesisFigure(
            table=table,
            theme=themes[pk],
            name=themes[pk].name,
            definition=themes[pk].definition,
            count=len(sets[pk]),
        )
        for pk in themes
        if pk in told
    )
    FigureText.objects.bulk_create(
        (FigureText(figure=figure, text_id=text) for figure in figures for text in sorted(sets[figure.theme_id])),
        batch_size=_BATCH,
    )


def _hold(synthesis: Synthesis) -> None:
    _refuse_published(Synthesis.objects.select_for_update().get(pk=synthesis.pk))


def _refuse_published(synthesis: Synthesis) -> None:
    if synthesis.is_published:
        raise ValidationError(_("This synthesis is published: it no longer changes."), code="published")


def _last(parts) -> int:
    return parts.aggregate(last=Max("position"))["last"] or 0


def _record(verb: str, questionnaire: Questionnaire, actor, payload: dict | None = None) -> None:
    journal.record(verb, actor=actor, object_ref=f"questionnaire:{questionnaire.reference}", payload=payload or {})
