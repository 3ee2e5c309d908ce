"""A whole questionnaire as one form: what a sheet of paper asks, and what is typed back from it.

Each question is the web's own ``AnswerForm`` under a prefix: the same fields, the same rules, the same sentences.
"""

from collections.abc import Iterator, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import asking, selectors
from .answering import ANSWER, DECLINED, PLACE, ROW, AnswerForm, PlainForm

# Beyond, a sheet would be a booklet: it isn't offered on paper.
MOST_FIELDS = 400


class SheetForm(PlainForm):
    """Every question of one revision. Once valid, ``answers`` is what the web would have kept of the same answers."""

    hide_optional = True

    def __init__(self, questionnaire, revision, data=None):
        super().__init__(data)
        self.questionnaire, self.revision, self.answers = questionnaire, revision, {}
        self.parts, notes = {}, [questionnaire.introduction] if questionnaire.introduction else []
        pictures: list[selectors.Printed] = []
        for printed in selectors.printed(revision):
            question = printed.question
            if question.image:
                pictures.append(printed)
            if not question.is_asked:
                notes.append("\n".join(words for words in (question.text, question.help) if words))
                continue
            part = AnswerForm(question, None if data is None else _part_of(data, f"{question.key}-"))
            self.parts[question.key] = part
            for name, field in part.fields.items():
                field.label = _label(printed, name, field)
                field.help_text = _help(printed, name, field, is_first=name == next(iter(part.fields)))
                field.notes, notes = tuple(notes), []
                field.pictures, pictures = tuple(pictures), []
                field.is_needed = question.is_required
                if question.is_text and name == ANSWER:
                    # As many lines are drawn as the text may be long.
                    short = asking.SHORT_MOST if question.kind == asking.SHORT_TEXT else asking.LONG_MOST
                    field.max_length = question.spec.most or short
                self.fields[f"{question.key}-{name}"] = field
        # What is read once everything is answered.
        self.closing_notes, self.closing_pictures = tuple(notes), tuple(pictures)

    @property
    def watched(self) -> tuple[str, ...]:
        """Fields in one's own words, read by the safe rail before anything is kept."""
        return tuple(f"{key}-{name}" for key, part in self.parts.items() for name in part.guarded)

    def clean(self):
        """Read question after question: what a condition hides isn't read, whatever was ticked there."""
        cleaned = super().clean()
        if self.questionnaire.closed_at is not None:
            self.add_error(None, _("This questionnaire is closed and its results are told: set the sheet aside."))
        known = {}
        for spec in self.revision.specs:
            known[spec.key] = spec
            if not spec.is_asked:
                continue
            if not asking.is_shown(spec, known, self.answers):
                self._forget_errors(spec.key)
                continue
            part = self.parts[spec.key]
            if part.is_valid():
                if part.answer is not None:
                    self.answers[spec.key] = part.answer
                continue
            for name, errors in part.errors.items():
                if f"{spec.key}-{name}" not in self._errors:
                    self.add_error(f"{spec.key}-{name}", errors)
        if not self._errors and not self.answers:
            self.add_error(None, _("Nothing is ticked or written: set the sheet aside as empty."))
        return cleaned

    def _forget_errors(self, key: str) -> None:
        for name in [name for name in self._errors if name.startswith(f"{key}-")]:
            del self._errors[name]


def _part_of(data, prefix: str) -> QueryDict:
    """What was posted for one question, under the names its own form reads."""
    part = QueryDict(mutable=True)
    for name, values in data.lists():
        if name.startswith(prefix):
            part.setlist(name.removeprefix(prefix), values)
    return part


def _label(printed, name: str, field) -> str:
    """The number and the words of the question; and of its line, when it has several."""
    if name == ANSWER:
        return _("%(number)d. %(question)s") % {"number": printed.number, "question": printed.question.text}
    if name == DECLINED:
        return _("%(number)d. %(question)s") % {"number": printed.number, "question": field.label}
    return _("%(number)d. %(question)s %(line)s") % {
        "number": printed.number,
        "question": printed.question.text,
        "line": field.label,
    }


_DAY = gettext_lazy("Day, month, year.")
_PLACE = gettext_lazy("Its place: 1 comes first.")


def _help(printed, name: str, field, *, is_first: bool) -> str:
    """Of whom it is asked, and what to do; said once for a question of several lines."""
    kind = printed.question.kind
    words = [f"{printed.only_if}." if is_first and printed.only_if else "", str(field.help_text or "")]
    if is_first and name != ANSWER and printed.question.help:
        words.append(printed.question.help)
    if kind == asking.DATE and name == ANSWER:
        words.append(str(_DAY))
    if name.startswith(PLACE):
        words.append(str(_PLACE))
    return " ".join(part for part in words if part)


def posted(revision, answers: Mapping) -> dict[str, list[str]]:
    """What whoever types a sheet with these answers posts: the other way round of ``SheetForm``."""
    found: dict[str, list[str]] = {}
    for key, value in answers.items():
        spec = revision.by_key[key].spec
        for name, given in _posted_of(spec, value):
            found[f"{key}-{name}"] = given
    return found


def _posted_of(spec: asking.Question, value) -> Iterator[tuple[str, list[str]]]:
    if asking.is_declined(value):
        yield (ANSWER, [DECLINED]) if spec.kind in (asking.SINGLE, asking.SCALE) else (DECLINED, ["on"])
    elif spec.kind == asking.MULTIPLE:
        yield ANSWER, list(value)
    elif spec.kind in asking.WITH_ROWS:
        yield from ((ROW + row, [column]) for row, column in value.items())
    elif spec.kind == asking.RANKING:
        yield from ((PLACE + choice, [str(place)]) for place, choice in enumerate(value, start=1))
    else:
        yield ANSWER, [str(value)]
