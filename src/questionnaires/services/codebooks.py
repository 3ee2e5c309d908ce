"""Opening a codebook, and its themes: written, ordered, given an example, merged, taken out again, removed."""

from collections import defaultdict
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from src.foundations.references import new_reference
from src.search import analyser

from ..figures import threshold
from ..models import Answer, Code, Codebook, CodedText, Questionnaire, Theme
from ..organising import asked_texts

MOST_THEMES = 40
REFERENCE = 8
_BATCH = 500


@transaction.atomic
def open_codebook(*, actor=None, questionnaire: Questionnaire, key: str) -> Codebook:
    """Open the reading of a text question: its answers in an order drawn for good, without a date or an author.

    Wordings of the question whose results aren't told, or that fewer than k people answered, stay out. Safe twice.
    Refuses a questionnaire that isn't closed, and a question with nothing to read.
    """
    if questionnaire.closed_at is None:
        raise ValidationError(_("Answers are read once the questionnaire is closed."))
    present = Codebook.objects.filter(questionnaire=questionnaire, key=key).first()
    if present is not None:
        return present
    readable = readable_answers(questionnaire).get(key)
    if readable is None:
        raise ValidationError(_("Too few people wrote here: their words aren't read."))
    question, answers = readable
    try:
        with transaction.atomic():
            book = Codebook.objects.create(
                questionnaire=questionnaire,
                question=question,
                key=key,
                k=threshold(question),
                opened_at=clock.now(),
            )
    except IntegrityError:
        return Codebook.objects.get(questionnaire=questionnaire, key=key)
    _draw_order(book, answers)
    _record("questionnaires.codebook_opened", book, actor, {"texts": len(answers)})
    return book


def readable_answers(questionnaire: Questionnaire) -> dict[str, tuple]:
    """Key of a text question → how it was worded last, and the (pk, words) of the answers that may be read."""
    asked = asked_texts(questionnaire)
    given: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Answer.objects.filter(question__in=[question.pk for question, _told in asked], declined=False)
    for pk, question_id, value in rows.values_list("pk", "question_id", "value"):
        given[question_id].append((pk, str(value)))
    wordings: dict[tuple[str, str], list] = {}
    for question, is_told in asked:
        if is_told:
            wordings.setdefault((question.key, question.text), []).append(question)
    found: dict[str, tuple] = {}
    for (key, _text), questions in wordings.items():
        answers = [one for question in questions for one in given[question.pk]]
        if len(answers) >= threshold(questions[-1]):
            found[key] = (questions[-1], [*found.get(key, (None, []))[1], *answers])
    return found


def _draw_order(book: Codebook, answers: list[tuple[int, str]]) -> None:
    """References are drawn at random and are the order: rows are written in it, so their keys say nothing more."""
    drawn: set[str] = set()
    while len(drawn) < len(answers):
        drawn.add(new_reference(REFERENCE))
    by_place = zip(sorted(drawn), _shuffled(answers), strict=True)
    CodedText.objects.bulk_create(
        (
            CodedText(codebook=book, answer_id=pk, reference=reference, stems=f" {analyser.stem(words)} ")
            for reference, (pk, words) in by_place
        ),
        batch_size=_BATCH,
    )


def _shuffled(answers: list) -> list:
    order = list(answers)
    SystemRandom().shuffle(order)
    return order


@transaction.atomic
def save_theme(*, actor=None, codebook: Codebook, name: str, definition: str, theme: Theme | None = None) -> Theme:
    """Write a theme, or its words again; a new one comes last.

    Refuses a name already used in the codebook, more themes than two people can hold in mind, and any change while
    two people read a sample.
    """
    refuse_while_double(codebook)
    if theme is None:
        if codebook.themes.filter(merged_into__isnull=True).count() >= MOST_THEMES:
            raise ValidationError(_("Keep %(n)d themes at most: merge some first.") % {"n": MOST_THEMES})
        last = codebook.themes.aggregate(last=Max("position"))["last"] or 0
        theme = Theme(codebook=codebook, position=last + 1)
    elif theme.merged_into_id:
        raise ValidationError(_("This theme is merged into another one: take it out first."))
    is_new = theme.pk is None
    theme.name, theme.definition = name, definition
    same = codebook.themes.filter(merged_into__isnull=True, name__iexact=name).exclude(pk=theme.pk)
    if same.exists():
        raise ValidationError({"name": _("A theme already has this name.")})
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError:
        raise ValidationError({"name": _("A theme already has this name.")}) from None
    _record("questionnaires.theme_written", codebook, actor, {"theme": theme.reference, "new": is_new})
    return theme


@transaction.atomic
def move_theme(*, theme: Theme, up: bool) -> None:
    """Put a theme one place earlier or later; at an end nothing moves."""
    themes = list(theme.codebook.themes.select_for_update().filter(merged_into__isnull=True))
    place = next((place for place, one in enumerate(themes) if one.pk == theme.pk), None)
    if place is None:
        return
    other = place - 1 if up else place + 1
    if not 0 <= other < len(themes):
        return
    themes[place], themes[other] = themes[other], themes[place]
    for position, one in enumerate(themes, start=1):
        one.position = position
    Theme.objects.bulk_update(themes, ["position"])


@transaction.atomic
def set_example(*, theme: Theme, text: CodedText) -> None:
    """Choose the answer that shows best what a theme is. Refuses an answer of another codebook."""
    if text.codebook_id != theme.codebook_id:
        raise ValidationError(_("This answer is to another question."))
    Theme.objects.filter(pk=theme.pk).update(example=text)


@transaction.atomic
def merge_theme(*, actor=None, theme: Theme, into: Theme) -> None:
    """Read the answers of a theme as another's from now on. What was coded stays as it was: it can be taken out again.

    Refuses another codebook's theme, itself, one already merged, and any change while two people read a sample.
    """
    refuse_while_double(theme.codebook)
    into = Theme.objects.select_for_update().get(pk=into.pk)
    if into.codebook_id != theme.codebook_id or into.pk == theme.pk or into.merged_into_id:
        raise ValidationError(_("Choose another theme of this question."))
    if not Theme.objects.filter(pk=theme.pk, merged_into__isnull=True).update(merged_into=into):
        raise ValidationError(_("This theme is already merged."))
    _record("questionnaires.theme_merged", theme.codebook, actor, {"theme": theme.reference, "into": into.reference})


@transaction.atomic
def take_out_theme(*, actor=None, theme: Theme) -> None:
    """Undo a merge: the theme has its answers again. Refuses a name taken meanwhile."""
    refuse_while_double(theme.codebook)
    if theme.codebook.themes.filter(merged_into__isnull=True, name__iexact=theme.name).exists():
        raise ValidationError(_("Another theme has its name now: rename that one first."))
    if Theme.objects.filter(pk=theme.pk, merged_into__isnull=False).update(merged_into=None):
        _record("questionnaires.theme_taken_out", theme.codebook, actor, {"theme": theme.reference})


@transaction.atomic
def remove_theme(*, actor=None, theme: Theme) -> None:
    """Remove a theme no answer was ever coded with. Refuses any other: it is merged, so that nothing is lost."""
    refuse_while_double(theme.codebook)
    used = Code.objects.filter(theme=theme).exists() or Theme.objects.filter(merged_into=theme).exists()
    if used or theme.cited.exists():
        raise ValidationError(_("Answers were coded with this theme: merge it into another one instead."))
    _record("questionnaires.theme_removed", theme.codebook, actor, {"theme": theme.reference})
    theme.delete()


def refuse_while_double(codebook: Codebook) -> None:
    """The codebook stays as it is while two people read with it."""
    if codebook.double_readings.filter(completed_at__isnull=True).exists():
        raise ValidationError(_("Two people are reading a sample with these themes: change them once both are done."))


def _record(verb: str, codebook: Codebook, actor, payload: dict) -> None:
    reference = codebook.questionnaire.reference
    journal.record(
        verb, actor=actor, object_ref=f"questionnaire:{reference}", payload={"key": codebook.key, **payload}
    )
