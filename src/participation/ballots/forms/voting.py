"""The form of a vote, one for each method; blank is always possible, and is said in words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField
from theme.forms import ChoiceLabel

from .. import boxes, words
from ..enums import Grade, Method

CHOICE, BLANK, GRADE = "choice", "blank", "grade_"
NO_GRADE = "-1"


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class AnyChoice(forms.ChoiceField):
    """A choice whose value ``boxes.checked`` looks at."""

    def validate(self, value):
        """Nothing here: one sentence for one mistake."""


class AnyChoices(forms.MultipleChoiceField):
    """Several choices whose values ``boxes.checked`` looks at."""

    def validate(self, value):
        """Nothing here: one sentence for one mistake."""


class VoteForm(PlainForm):
    """The ballot paper. ``value`` is the choice voted before; once valid, ``choice`` is what is cast."""

    hide_optional = True

    def __init__(self, ballot, data=None, *, value=None):
        super().__init__(data)
        self.ballot, self.choice = ballot, None
        if ballot.method == Method.GRADES:
            self._grades(value)
        elif self.is_single:
            self._radios(value)
        else:
            self._boxes(value)

    @property
    def is_single(self) -> bool:
        """One choice of a list: blank is one of the list."""
        one = self.ballot.method == Method.APPROVAL and self.ballot.most_choices == 1
        return one or self.ballot.method == Method.YES_NO

    @property
    def is_graded(self) -> bool:
        """A grade for each proposal."""
        return self.ballot.method == Method.GRADES

    def _radios(self, value):
        blank = (BLANK, ChoiceLabel(_("Blank vote"), _("You take part, and choose none of these answers.")))
        if self.ballot.method == Method.YES_NO:
            choices = [("1", _("Yes")), ("0", _("No")), blank]
        else:
            choices = [*self._proposals(), blank]
        initial = None if value is None else BLANK if not value else str(value[0])
        self.fields[CHOICE] = AnyChoice(
            label=self.ballot.question,
            help_text=words.how_to_words(self.ballot),
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=initial,
        )

    def _boxes(self, value):
        self.fields[CHOICE] = AnyChoices(
            label=self.ballot.question,
            help_text=words.how_to_words(self.ballot),
            choices=self._proposals(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[str(one) for one in value or ()],
        )
        self._blank(value)

    def _grades(self, value):
        grades = [(str(grade.value), grade.label) for grade in Grade]
        for one in self.ballot.ordered:
            given = value[one.position] if value else None
            self.fields[f"{GRADE}{one.position}"] = AnyChoice(
                label=one.label,
                help_text=one.description,
                choices=grades,
                widget=forms.RadioSelect,
                required=False,
                initial=None if given is None or given < 0 else str(given),
            )
        self._blank(value)

    def _blank(self, value):
        self.fields[BLANK] = forms.BooleanField(
            label=_("I vote blank"),
            help_text=_("You take part, and choose none of these proposals."),
            required=False,
            initial=value == [],
        )

    def _proposals(self):
        return [
            (
                str(one.position),
                ChoiceLabel(one.label, *([words.money(one.cost)] if one.cost else []), one.description),
            )
            for one in self.ballot.ordered
        ]

    def clean(self):
        cleaned = super().clean()
        try:
            self.choice = boxes.checked(self.ballot, self._given(cleaned))
        except (ValidationError, ValueError) as refusal:
            told = refusal.messages if isinstance(refusal, ValidationError) else [_("Choose among what is offered.")]
            self.add_error(self.first_field, told)
        return cleaned

    @property
    def first_field(self) -> str:
        """Where the summary of errors leads."""
        return next(iter(self.fields))

    def _given(self, cleaned) -> list[int]:
        if self.is_single:
            one = cleaned.get(CHOICE) or ""
            if not one:
                raise ValidationError(_("Choose an answer, or the blank vote."))
            return [] if one == BLANK else [int(one)]
        if self.is_graded:
            grades = [int(cleaned.get(f"{GRADE}{one.position}") or NO_GRADE) for one in self.ballot.ordered]
            given = grades if any(grade >= 0 for grade in grades) else []
        else:
            given = [int(one) for one in cleaned.get(CHOICE) or ()]
        if cleaned.get(BLANK) and given:
            raise ValidationError(_("You chose proposals and ticked the blank vote: keep one of the two."))
        if not given and not cleaned.get(BLANK):
            raise ValidationError(_("Choose among the proposals, or tick the blank vote."))
        return given


class ReceiptForm(PlainForm):
    """Looking for one's receipt in the list."""

    receipt = LineField(
        label=gettext_lazy("Your receipt"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Type your receipt."),
            "max_length": gettext_lazy("A receipt has twelve signs."),
        },
    )
