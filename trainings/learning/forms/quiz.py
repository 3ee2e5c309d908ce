"""The questions of an attempt, as they are shown; what is sent comes back in the places they are written in."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from src.foundations.plain_fields import LineField
from trainings.contents import drawing, grading
from trainings.models import QuestionRevision

from ..models import QuizAttempt
from ..services.quizzes import mark

CHOOSE = ("", gettext_lazy("Choose…"))
TEXT_MAX = 300
SEEN_MAX = 4000


class QuizForm(forms.Form):
    """One field a question, or one a line for those that match or order."""

    use_required_attribute = False
    hide_optional = True

    def __init__(self, attempt: QuizAttempt, revisions: list[QuestionRevision], *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.attempt = attempt
        self.questions = [Shown(attempt, number, one) for number, one in enumerate(revisions, start=1)]
        kept = {int(pk): answer for pk, answer in attempt.answers.items()}
        for one in self.questions:
            fields = one.fields()
            self.fields.update(fields)
            if not self.is_bound and one.revision.pk in kept:
                self.initial.update(one.initial(kept[one.revision.pk]))
            one.bound = [self[name] for name in fields]
        self.kept = kept

    def marks(self) -> str:
        """What the page has of each question, in its order: sent back, it says what was changed there since."""
        has = self.answers() if self.is_bound else self.kept
        return ",".join(mark(self.attempt, one.revision.pk, has.get(one.revision.pk)) for one in self.questions)

    def seen(self) -> dict[int, str]:
        """The same, by revision, as it was sent back; nothing when it isn't readable: what is empty then stays."""
        marks = self.data.get("seen", "")[:SEEN_MAX].split(",")
        return {one.revision.pk: told for one, told in zip(self.questions, marks, strict=False)}

    def answers(self) -> dict:
        """What is answered so far, by revision, whole or not."""
        self.is_valid()
        told = ((one.revision.pk, one.read(self.cleaned_data)) for one in self.questions)
        return {pk: answer for pk, answer in told if answer is not None}

    def say_missing(self, numbers: list[int]) -> None:
        """Ask for the questions without an answer, each by its number, at the first of its places left empty."""
        for one in self.questions:
            if one.number not in numbers:
                continue
            empty = [name for name in one.names if not self.cleaned_data.get(name) and name not in self.errors]
            if empty:
                self.add_error(empty[0], gettext("Answer question %(n)d.") % {"n": one.number})
            if one.repeats(self.cleaned_data):
                self.add_error(one.names[0], gettext("Each place is taken once."))


class Shown:
    """One question of an attempt: its order of its own, its fields."""

    def __init__(self, attempt: QuizAttempt, number: int, revision: QuestionRevision):
        self.number, self.revision = number, revision
        self.kind, self.content = revision.kind, revision.content
        self.size = grading.size(self.kind, self.content)
        # Shown place → written place.
        self.order = drawing.shown_order(attempt.seed, revision.pk, self.size)
        self.bound: list = []

    @property
    def text(self) -> str:
        return self.content["text"]

    @property
    def is_grouped(self) -> bool:
        """Whether it takes several fields."""
        return self.kind in (grading.MATCHING, grading.ORDERING)

    @property
    def names(self) -> list[str]:
        if self.is_grouped:
            return [f"q{self.number}_{line}" for line in range(1, self.size + 1)]
        return [f"q{self.number}"]

    def fields(self) -> dict[str, forms.Field]:
        """Values are places as shown: the page doesn't tell the right ones."""
        label = gettext("%(number)d. %(text)s") % {"number": self.number, "text": self.text}
        if self.kind == grading.SHORT:
            field = LineField(
                label=label,
                required=False,
                max_length=TEXT_MAX,
                error_messages={"max_length": gettext_lazy("A few words are enough: shorten your answer.")},
            )
            return {self.names[0]: field}
        wrong = {"invalid_choice": gettext_lazy("Choose one of the answers shown.")}
        if not self.is_grouped:
            choices = [(str(place), self.content["choices"][there]["text"]) for place, there in enumerate(self.order)]
            many = self.kind == grading.MULTIPLE
            kind = forms.MultipleChoiceField if many else forms.ChoiceField
            widget = forms.CheckboxSelectMultiple if many else forms.RadioSelect
            hint = gettext_lazy("Several answers are possible.") if many else ""
            return {
                self.names[0]: kind(
                    label=label, choices=choices, widget=widget, required=False, help_text=hint, error_messages=wrong
                )
            }
        places = [CHOOSE, *self._places()]
        return {
            name: forms.ChoiceField(label=line, choices=places, required=False, error_messages=wrong)
            for name, line in zip(self.names, self._lines(), strict=True)
        }

    def _lines(self) -> list[str]:
        """What stands at the left of each select: what is matched as written, what is ordered as shown."""
        if self.kind == grading.MATCHING:
            return [pair["left"] for pair in self.content["pairs"]]
        return [self.content["order"][there] for there in self.order]

    def _places(self) -> list[tuple[str, str]]:
        if self.kind == grading.MATCHING:
            return [(str(place), self.content["pairs"][there]["right"]) for place, there in enumerate(self.order)]
        return [(str(place), gettext("In place %(n)d") % {"n": place + 1}) for place in range(self.size)]

    def read(self, sent: dict):
        """The answer in written places; lines left are None; None when nothing is answered."""
        values = [sent.get(name) for name in self.names]
        if not any(values):
            return None
        if self.kind == grading.SHORT:
            return values[0]
        if self.kind == grading.MULTIPLE:
            return sorted(self.order[int(one)] for one in values[0])
        if not self.is_grouped:
            return self.order[int(values[0])]
        places = [int(one) if one else None for one in values]
        if self.kind == grading.MATCHING:
            return [None if place is None else self.order[place] for place in places]
        ranks = dict(zip(self.order, places, strict=True))
        return [ranks[there] for there in range(self.size)]

    def repeats(self, sent: dict) -> bool:
        """Whether two lines are put in the same place."""
        values = [sent.get(name) for name in self.names]
        return self.kind == grading.ORDERING and all(values) and len(set(values)) < len(values)

    def initial(self, answer) -> dict:
        """An answer kept, as fields show it."""
        shown = {there: str(place) for place, there in enumerate(self.order)}
        if self.kind == grading.SHORT:
            return {self.names[0]: answer}
        if self.kind == grading.MULTIPLE:
            return {self.names[0]: [shown[one] for one in answer]}
        if self.kind == grading.MATCHING:
            return {name: shown.get(one, "") for name, one in zip(self.names, answer, strict=True)}
        if self.kind == grading.ORDERING:
            ranks = [answer[there] for there in self.order]
            return {name: "" if rank is None else str(rank) for name, rank in zip(self.names, ranks, strict=True)}
        return {self.names[0]: shown[answer]}
