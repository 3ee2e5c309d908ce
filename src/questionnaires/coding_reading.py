"""Reads of open answers for their coders: what is left, lists and filters, what words tell, two readings compared."""

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.references import ALPHABET
from src.participation.models import SpaceRoleGrant
from src.search import analyser

from . import agreement, term_statistics
from .models import Code, Codebook, CodedText, Coding, DoubleReading, Slot, Theme
from .services.coding import roots_of
from .services.synthesis import coded_sets

UNREAD, READ, NO_THEME = "a-lire", "lues", "sans-theme"
MOST_WORDS = 5
_WORD = re.compile(r"[^\W_]+")
# Below this many answers coded, neighbours say nothing.
HINTS_FROM, NEAREST, AGREEING, NEAR = 10, 5, 2, 0.15


@dataclass(frozen=True)
class Filters:
    """Which answers of a codebook are asked for."""

    state: str = ""
    theme: Theme | None = None
    words: str = ""

    @property
    def query(self) -> str:
        """The same, for an address; empty without a filter."""
        given = {"etat": self.state, "theme": self.theme.reference if self.theme else "", "mots": self.words}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def are_active(self) -> bool:
        return bool(self.query)


def free_texts(book: Codebook):
    """The answers one reads and sees the codes of: all but those that two people are reading."""
    return (
        CodedText.objects.kept()
        .filter(codebook=book)
        .filter(Q(double_reading__isnull=True) | Q(double_reading__completed_at__isnull=False))
    )


def listed(book: Codebook, filters: Filters):
    """The answers asked for, in their drawn order."""
    found = free_texts(book)
    coded = Exists(Coding.objects.filter(text=OuterRef("pk"), slot=Slot.FINAL))
    codes = Code.objects.filter(coding__text=OuterRef("pk"), coding__slot=Slot.FINAL)
    if filters.state == UNREAD:
        found = found.filter(~coded)
    elif filters.state == READ:
        found = found.filter(coded)
    elif filters.state == NO_THEME:
        found = found.filter(coded).exclude(Exists(codes))
    if filters.theme is not None:
        same = [pk for pk, root in roots_of(book).items() if root == filters.theme.pk]
        found = found.filter(Exists(codes.filter(theme__in=same)))
    for stem in analyser.stems(filters.words)[:MOST_WORDS]:
        found = found.filter(stems__contains=f" {stem} ")
    return found.select_related("answer", "double_reading").order_by("reference")


def next_text(book: Codebook, user, filters: Filters, after: str = "") -> CodedText | None:
    """The next answer for this person: their part of a sample first, then what is left, from a place of their own.

    Two people who read at once don't begin at the same answer.
    """
    double = running_double(book)
    if double is not None and user.pk in (double.first_id, double.second_id) and not filters.are_active:
        slot = Slot.FIRST if user.pk == double.first_id else Slot.SECOND
        mine = Exists(Coding.objects.filter(text=OuterRef("pk"), slot=slot))
        left = double.texts.exclude(mine).select_related("answer", "double_reading")
        found = _following(left, after)
        if found is not None:
            return found
    wanted = filters if filters.are_active else Filters(state=UNREAD)
    return _following(listed(book, wanted), after or start_of(book, user), again=wanted.state == UNREAD)


def _following(texts, after: str, *, again: bool = True) -> CodedText | None:
    """The first one after a place; from the beginning when there is none left."""
    return texts.filter(reference__gt=after).first() or (texts.first() if again else None)


def start_of(book: Codebook, user) -> str:
    """A place in the drawn order, the same each time for a person and a codebook."""
    digest = hashlib.sha256(f"{book.pk}:{user.pk}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:4])


def running_double(book: Codebook) -> DoubleReading | None:
    return book.double_readings.filter(completed_at__isnull=True).select_related("first", "second").first()


@dataclass(frozen=True)
class Progress:
    """How far the reading is; ``mine`` and ``sample`` while one reads a sample."""

    read: int
    written: int
    in_double: int = 0
    mine: int = 0
    sample: int = 0

    @property
    def left(self) -> int:
        return self.written - self.read - self.in_double


def progress(book: Codebook, user=None) -> Progress:
    """Two statements; one more for somebody who reads a sample."""
    running = Q(double_reading__isnull=False, double_reading__completed_at__isnull=True)
    coded = Exists(Coding.objects.filter(text=OuterRef("pk"), slot=Slot.FINAL))
    found = (
        CodedText.objects.kept()
        .filter(codebook=book)
        .aggregate(written=Count("pk"), read=Count("pk", filter=coded), in_double=Count("pk", filter=running))
    )
    double = running_double(book) if found["in_double"] else None
    if double is None or user is None or user.pk not in (double.first_id, double.second_id):
        return Progress(**found)
    slot = Slot.FIRST if user.pk == double.first_id else Slot.SECOND
    mine = Coding.objects.filter(text__double_reading=double, slot=slot).count()
    return Progress(**found, mine=mine, sample=found["in_double"])


# The codebook


@dataclass
class ThemeLine:
    """A theme on the page of the codebook."""

    theme: Theme
    texts: int
    terms: list[str] = field(default_factory=list)
    merged: list[Theme] = field(default_factory=list)


def theme_lines(book: Codebook) -> list[ThemeLine]:
    """The themes in use, how many answers each has, the words that tell it from the others, those merged into it."""
    themes = list(book.themes.select_related("example__answer"))
    _read, sets = coded_sets(book)
    roots = roots_of(book)
    merged = defaultdict(list)
    for theme in themes:
        if theme.merged_into_id:
            merged[roots[theme.pk]].append(theme)
    by_text = dict(book.texts.filter(pk__in=set().union(*sets.values())).values_list("pk", "stems")) if sets else {}
    classes = {pk: [by_text[text].split() for text in texts if text in by_text] for pk, texts in sets.items()}
    terms = term_statistics.characteristic(classes)
    known = surface_words(book, {term for found in terms.values() for term in found})
    return [
        ThemeLine(
            theme,
            len(sets.get(theme.pk, ())),
            [known.get(term, term) for term in terms.get(theme.pk, [])],
            merged[theme.pk],
        )
        for theme in themes
        if theme.merged_into_id is None
    ]


def surface_words(book: Codebook, stems: set[str]) -> dict[str, str]:
    """Each of these stems → the word people wrote most often for it."""
    if not stems:
        return {}
    seen: dict[str, Counter] = {stem: Counter() for stem in stems}
    for value in book.texts.kept().values_list("answer__value", flat=True).order_by():
        text = str(value)
        folded = {analyser.fold(word): word.lower() for word in _WORD.findall(text)}
        for word in analyser.words(text):
            stem = analyser.stem_word(word)
            if stem in seen:
                seen[stem][folded.get(word, word)] += 1
    return {stem: max(sorted(found), key=lambda word: found[word]) for stem, found in seen.items() if found}


# Lists


@dataclass(frozen=True)
class Row:
    """An answer of a list, with what it was coded with; ``is_read`` without a theme: « aucun »."""

    text: CodedText
    themes: list[Theme]
    is_read: bool


def rows_of(book: Codebook, texts: list[CodedText]) -> list[Row]:
    """Two statements, and the themes."""
    given = themes_given(book, texts)
    return [Row(text, given.get(text.pk, []), text.pk in given) for text in texts]


def themes_given(book: Codebook, texts, slot: str = Slot.FINAL) -> dict[int, list[Theme]]:
    """Themes of these texts in the order of the codebook, merged ones read as the one they are in."""
    themes = {theme.pk: theme for theme in book.themes.all()}
    roots = roots_of(book)
    keys = [text.pk for text in texts]
    found: dict[int, set[int]] = {
        pk: set() for pk in Coding.objects.filter(text__in=keys, slot=slot).values_list("text_id", flat=True)
    }
    codes = Code.objects.filter(coding__text__in=keys, coding__slot=slot)
    for text_id, theme_id in codes.values_list("coding__text_id", "theme_id"):
        found[text_id].add(roots[theme_id])
    order = {pk: place for place, pk in enumerate(themes)}
    return {pk: [themes[one] for one in sorted(given, key=order.get)] for pk, given in found.items()}


# What words tell


@dataclass(frozen=True)
class WordLine:
    """A word that comes back among the answers, and what may be done with it."""

    word: str
    texts: int
    beside: list[str]


def recurrent_words(book: Codebook) -> list[WordLine]:
    """The words that come back in all answers, with those that go along."""
    texts = [stems.split() for stems in free_texts(book).values_list("stems", flat=True)]
    return _lines(book, term_statistics.recurrent(texts))


def unread_words(book: Codebook) -> list[WordLine]:
    """The words that what is left to read has more than what was read; nothing before enough was."""
    coded = Exists(Coding.objects.filter(text=OuterRef("pk"), slot=Slot.FINAL))
    left, read = [], []
    for stems, is_read in free_texts(book).annotate(is_read=coded).values_list("stems", "is_read"):
        (read if is_read else left).append(stems.split())
    return _lines(book, term_statistics.peculiar(left, read, most=15)) if len(read) >= HINTS_FROM else []


def _lines(book: Codebook, terms) -> list[WordLine]:
    known = surface_words(book, {one.term for one in terms} | {other for one in terms for other in one.beside})
    return [
        WordLine(known.get(one.term, one.term), one.texts, [known.get(other, other) for other in one.beside])
        for one in terms
    ]


@dataclass(frozen=True)
class Hint:
    """A theme that the nearest answers already coded have."""

    theme: Theme
    nearest: int
    of: int


def hints_for(book: Codebook, text: CodedText) -> list[Hint]:
    """Themes that at least two of the five nearest answers coded were given: proposed, never ticked."""
    read, sets = coded_sets(book)
    read = read - {text.pk}
    if len(read) < HINTS_FROM:
        return []
    stems = dict(book.texts.filter(pk__in=[*read, text.pk]).values_list("pk", "stems"))
    space = term_statistics.Neighbours({pk: words.split() for pk, words in stems.items()})
    near = [
        pk for pk, cosine in space.nearest(space.vectors.get(text.pk, {}), among=read, most=NEAREST) if cosine >= NEAR
    ]
    votes = Counter(theme for theme, texts in sets.items() for pk in near if pk in texts)
    themes = {theme.pk: theme for theme in book.themes.filter(pk__in=list(votes))}
    return [Hint(themes[pk], count, len(near)) for pk, count in votes.most_common(3) if count >= AGREEING]


def close_to(book: Codebook, theme: Theme, most: int = 10) -> list[CodedText]:
    """Answers not read yet that are nearest to those of a theme, nearest first."""
    _read, sets = coded_sets(book)
    own = sets.get(theme.pk, frozenset())
    if not own:
        return []
    left = set(listed(book, Filters(state=UNREAD)).values_list("pk", flat=True))
    stems = dict(book.texts.filter(pk__in=left | own).values_list("pk", "stems"))
    space = term_statistics.Neighbours({pk: words.split() for pk, words in stems.items()})
    near = [pk for pk, cosine in space.nearest(space.centre(own), among=left, most=most) if cosine >= NEAR]
    texts = {text.pk: text for text in listed(book, Filters(state=UNREAD)).filter(pk__in=near)}
    return [texts[pk] for pk in near if pk in texts]


# Two readings


def coders_of(questionnaire, user) -> list[User]:
    """Those who may read: who looks after the space today, and whoever asks."""
    today = clock.today()
    grants = SpaceRoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        space=questionnaire.space,
        role=Role.FACILITATOR,
        starts_on__lte=today,
    )
    return list(
        User.objects.filter(Q(pk__in=grants.values("user_id")) | Q(pk=user.pk), is_active=True).order_by(
            "last_name", "first_name", "pk"
        )
    )


@dataclass(frozen=True)
class Disagreement:
    """A text of the sample that was read in two ways, and what was decided."""

    text: CodedText
    first: list[Theme]
    second: list[Theme]
    settled: list[Theme] | None


def disagreements(double: DoubleReading) -> list[Disagreement]:
    """The texts of a completed sample on which the readings differ, those to settle first."""
    if double.completed_at is None:
        return []
    book = double.codebook
    texts = list(double.texts.select_related("answer"))
    first, second, final = (themes_given(book, texts, slot) for slot in (Slot.FIRST, Slot.SECOND, Slot.FINAL))
    found = [
        Disagreement(text, first.get(text.pk, []), second.get(text.pk, []), final.get(text.pk))
        for text in texts
        if first.get(text.pk) != second.get(text.pk) or text.pk not in final
    ]
    return sorted(found, key=lambda one: (one.settled is not None, one.text.reference))


def two_readings(text: CodedText) -> list[list[Theme]]:
    """How two people read a text of a sample, once both are done; without saying who read what."""
    if text.double_reading is None or text.double_reading.completed_at is None:
        return []
    return [themes_given(text.codebook, [text], slot).get(text.pk, []) for slot in (Slot.FIRST, Slot.SECOND)]


def agreement_words(value: float | None) -> str:
    """What a coefficient is worth, in words (Krippendorff's own marks)."""
    if value is None:
        return _("can't be computed: everything was read alike")
    if value >= agreement.RELIABLE:
        return _("can be relied on")
    if value >= agreement.TENTATIVE:
        return _("to be used with care")
    return _("too weak: write the definitions again, then draw another sample")
