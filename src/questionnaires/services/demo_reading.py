"""Loads how the demo city's open answers were read by two people, and their synthesis: by the verbs people use."""

from itertools import cycle

from django.db import transaction

from src.directory.enums import Role
from src.directory.models import User
from src.participation.enums import RemovalReason
from src.participation.services import grant_space_role

from ..demo_answers import (
    ANSWERS,
    CHAPTERS,
    INTRODUCTION,
    NAMES,
    REPORTED,
    SAMPLE,
    SET_ASIDE,
    SHOWN,
    THEMES,
    TITLE,
    UNREAD,
    Said,
)
from ..demo_content import AT_WORK
from ..models import Codebook, CodedText, DoubleReading, Questionnaire
from . import codebooks, coding, quotes, synthesis
from .demo import ORGANISES

# Who reads beside the organiser: the role is held in the space.
SECOND = "nord"
KEY = "q5"


@transaction.atomic
def load_reading() -> int:
    """Load the reading and the synthesis of the closed questionnaire; answers how many came in."""
    found = Questionnaire.objects.for_pages().filter(space__slug=AT_WORK.slug, closed_at__isnull=False).first()
    if found is None or Codebook.objects.filter(questionnaire=found).exists():
        return 0
    first, second = (User.objects.get(username=name) for name in (ORGANISES, SECOND))
    grant_space_role(user=second, role=Role.FACILITATOR, space=found.space)
    first, second = (User.objects.get(pk=user.pk) for user in (first, second))
    book = codebooks.open_codebook(actor=first, questionnaire=found, key=KEY)
    book.questionnaire = found
    themes = {
        key: codebooks.save_theme(actor=first, codebook=book, name=name, definition=definition)
        for key, name, definition in THEMES
    }
    said = {one.text: one for one in ANSWERS}
    _set_aside(book, first)
    texts = {said[text.words]: text for text in book.texts.select_related("answer", "double_reading")}
    _read_twice(book, first, second, themes, said)
    _read_once(first, second, themes, texts)
    for key, theme in themes.items():
        example = next(one for one in ANSWERS if one.themes == key)
        codebooks.set_example(theme=theme, text=texts[example])
    _write(found, first, themes, texts)
    _report(book)
    return 1


def _keys(themes: dict, letters: str) -> list[int]:
    return [themes[letter].pk for letter in letters]


def _read_twice(book: Codebook, first: User, second: User, themes: dict, said: dict[str, Said]) -> None:
    """A sample is read apart; all disagreements are settled but the last."""
    double = coding.draw_double_reading(actor=first, codebook=book, first=first, second=second, size=SAMPLE)
    texts = list(double.texts.select_related("answer", "codebook", "double_reading"))
    for text in texts:
        one = said[text.words]
        other = one.themes if one.other is None else one.other
        coding.code_text(actor=first, text=text, themes=_keys(themes, one.themes))
        coding.code_text(actor=second, text=text, themes=_keys(themes, other))
    for person in (first, second):
        coding.finish_reading(actor=person, double=double)
    settled = [text for text in texts if said[text.words].other is not None]
    for text in settled[:-1]:
        coding.code_text(actor=first, text=_again(text), themes=_keys(themes, said[text.words].themes))


def _again(text: CodedText) -> CodedText:
    return CodedText.objects.select_related("codebook", "double_reading").get(pk=text.pk)


def _read_once(first: User, second: User, themes: dict, texts: dict[Said, CodedText]) -> None:
    """The others are shared between the two; a few are left to read."""
    apart = set(DoubleReading.objects.values_list("texts__pk", flat=True))
    alone = [one for one in ANSWERS if texts[one].pk not in apart]
    for person, one in zip(cycle((first, second)), alone[:-UNREAD]):
        coding.code_text(actor=person, text=_again(texts[one]), themes=_keys(themes, one.themes))


def _set_aside(book: Codebook, actor: User) -> None:
    text = next(one for one in book.texts.select_related("answer") if one.words == SET_ASIDE)
    text.codebook = book
    quotes.set_aside(actor=actor, text=text, reason=RemovalReason.NAMES_PEOPLE)


def _report(book: Codebook) -> None:
    begins, reporter, reason, words = REPORTED
    ticked = book.texts.ticked().select_related("answer", "codebook__questionnaire__space")
    quote = next((one for one in ticked if one.words.startswith(begins)), None)
    if quote is not None:
        quotes.report(actor=User.objects.get(username=reporter), quote=quote, reason_code=reason, words=words)


def _write(found: Questionnaire, actor: User, themes: dict, texts: dict[Said, CodedText]) -> None:
    for one, text in texts.items():
        if set(one.themes) & set(SHOWN):
            hidden = [name for name in NAMES if name in one.text]
            text = _again(text)
            synthesis.choose_shown(actor=actor, questionnaire=found, choices={text: (True, hidden)})
    held = synthesis.begin_synthesis(actor=actor, questionnaire=found, title=TITLE, introduction=INTRODUCTION)
    for title, paragraphs in CHAPTERS:
        chapter = synthesis.save_chapter(synthesis=held, title=title)
        for words, cited in paragraphs:
            synthesis.save_paragraph(chapter=chapter, text=words, themes=[themes[letter] for letter in cited])
    synthesis.publish_synthesis(actor=actor, questionnaire=found)
