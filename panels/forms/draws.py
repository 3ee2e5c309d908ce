"""What the team writes of a draw: its kind, its beacon, what came out, who saw it, why it is void."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField
from theme.forms import ChoiceLabel

from ..enums import Beacon
from ..models.draw import MOST_ROWS
from .plain import PlainForm

DICE_ROWS = 1000
REAL, TRIAL = "real", "trial"
MOST_WITNESSES = 20
MOST_REASON = 2000
# As ``proof.reveal`` reads it: told here in words before it is sealed in.
NUMBERS = re.compile(r"(?:0|[1-9][0-9]{0,39})(?: (?:0|[1-9][0-9]{0,39})){0,15}|[0-9a-f]{64}|[0-9a-f]{128}")


def _digit(label) -> forms.CharField:
    wrong = gettext_lazy("Write one figure for each dice, from 0 to 9.")
    return forms.RegexField(
        r"^[0-9]$",
        label=label,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "1"}),
        error_messages={"required": wrong, "invalid": wrong},
    )


class PrepareForm(PlainForm):
    """A draw to begin."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you prepare?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a draw or a trial."),
            "invalid_choice": gettext_lazy("Choose a draw or a trial."),
        },
    )
    rows = forms.IntegerField(
        label=gettext_lazy("How many panels in the table"),
        min_value=1,
        max_value=MOST_ROWS,
        initial=DICE_ROWS,
        help_text=gettext_lazy("1,000 so that three dice choose one. Another number needs a public number to come."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write how many panels the table holds, for instance 1000."),
            "invalid": gettext_lazy("Write a whole number, for instance 1000."),
            "min_value": gettext_lazy("Write %(limit_value)d or more."),
            "max_value": gettext_lazy("Write %(limit_value)d or less."),
        },
    )

    def __init__(self, *args, may_be_real: bool, **kwargs):
        super().__init__(*args, **kwargs)
        trial = ChoiceLabel(_("A trial"), _("On shuffled profiles: it tells of nobody. It is counted, and told."))
        real = ChoiceLabel(_("The draw"), _("With the people in the draw. It is sealed, then dice choose one row."))
        choices = [(TRIAL, trial)]
        if may_be_real:
            choices.insert(0, (REAL, real))
        self.fields["kind"].choices = choices
        self.fields["kind"].initial = choices[0][0]


class SealForm(PlainForm):
    """What will choose the row, where and when; why some can't be drawn."""

    beacon = forms.ChoiceField(
        label=gettext_lazy("What will choose the row?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what gives the row."),
            "invalid_choice": gettext_lazy("Choose what gives the row."),
        },
    )
    beacon_name = LineField(
        label=gettext_lazy("Where it is drawn, or which public number"),
        max_length=140,
        help_text=gettext_lazy(
            "For instance: Hôtel de ville, salle du conseil, 18 h; or: Loto, premier tirage, les cinq numéros puis le "
            "numéro chance."
        ),
        error_messages={
            "required": gettext_lazy("Say where the row is drawn, or which public number chooses it."),
            "max_length": gettext_lazy("Shorten it to 140 characters."),
        },
    )
    beacon_on = forms.DateField(
        label=gettext_lazy("On what day"),
        help_text=gettext_lazy("Tomorrow or later: nobody can know the row when the draw is sealed."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write a whole date: day, month and year."),
        },
    )
    no_chance_because = PlainTextField(
        label=gettext_lazy("Why some people can’t be drawn"),
        required=False,
        max_length=MOST_REASON,
        help_text=gettext_lazy("They read it, and so does everybody."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Shorten it to 2,000 characters.")},
    )

    def __init__(self, *args, draw, **kwargs):
        super().__init__(*args, **kwargs)
        public = ChoiceLabel(
            _("A public number to come"),
            _("Numbers are written in the order published, one space between, without a zero before."),
        )
        choices = [(Beacon.PUBLIC_NUMBER, public)]
        if draw.rows == DICE_ROWS:
            dice = ChoiceLabel(
                _("Three ten-sided dice, or balls"), _("Thrown in public: 000 to 999 is the row itself. Recommended.")
            )
            choices.insert(0, (Beacon.DICE, dice))
        self.fields["beacon"].choices = choices
        self.fields["beacon"].initial = choices[0][0]
        if draw.engine.get("without_chance"):
            self.fields["no_chance_because"].required = True
            self.fields["no_chance_because"].error_messages["required"] = _(
                "Some people can’t be drawn under these quotas: write why, they are told."
            )
        else:
            del self.fields["no_chance_because"]


class DiceForm(PlainForm):
    """Three figures, one for each dice, in their order."""

    first = _digit(gettext_lazy("First dice: hundreds"))
    second = _digit(gettext_lazy("Second dice: tens"))
    third = _digit(gettext_lazy("Third dice: units"))

    @property
    def value(self) -> str:
        return "".join(self.cleaned_data[name] for name in ("first", "second", "third"))


class NumberForm(PlainForm):
    """A public number, as published."""

    number = LineField(
        label=gettext_lazy("The numbers, as published"),
        max_length=140,
        help_text=gettext_lazy("In the order published, one space between, without a zero before: 7 12 23 31 45 6."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Write the number that was published."),
            "max_length": gettext_lazy("This isn’t what the beacon gives: look again."),
        },
    )

    def clean_number(self):
        number = self.cleaned_data["number"]
        if not NUMBERS.fullmatch(number):
            raise ValidationError(_("Write figures, one space between, without a zero before: 7 12 23 31 45 6."))
        return number

    @property
    def value(self) -> str:
        return self.cleaned_data["number"]


class CertifyForm(PlainForm):
    """Where the row came out and who saw it."""

    place = LineField(
        label=pgettext_lazy("certification", "Where"),
        max_length=140,
        error_messages={
            "required": gettext_lazy("Write where the row was revealed."),
            "max_length": gettext_lazy("Shorten it to 140 characters."),
        },
    )
    witnesses = PlainTextField(
        label=gettext_lazy("Who saw it"),
        max_length=4000,
        help_text=gettext_lazy("One person a line: name, a comma, then why they were there. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write who saw it: one person at least."),
            "max_length": gettext_lazy("Shorten it to 4,000 characters."),
        },
    )

    def clean_witnesses(self):
        """Checked here, kept as typed: ``pairs`` reads them."""
        typed = self.cleaned_data["witnesses"]
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(lines) > MOST_WITNESSES:
            raise ValidationError(_("Name twenty people at most."))
        for line in lines:
            name, _comma, role = line.partition(",")
            if not name.strip() or not role.strip():
                raise ValidationError(
                    _("“%(line)s”: write a name, a comma, then why they were there.") % {"line": line}
                )
        return typed

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names, and what each was there for."""
        lines = [line.partition(",") for line in self.cleaned_data["witnesses"].splitlines() if line.strip()]
        return [(name.strip(), role.strip()) for name, _comma, role in lines]


class BecauseForm(PlainForm):
    """A reason that everybody reads."""

    because = PlainTextField(
        label=pgettext_lazy("reason", "Why"),
        max_length=MOST_REASON,
        help_text=gettext_lazy("Everybody reads it, without a time limit."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write why: everybody reads it."),
            "max_length": gettext_lazy("Shorten it to 2,000 characters."),
        },
    )


class ReasonForm(PlainForm):
    """Why profiles are read."""

    reason = LineField(
        label=gettext_lazy("Why you read these profiles"),
        max_length=300,
        help_text=gettext_lazy("For instance: relecture sur place des 1 000 panels. The journal keeps it."),
        error_messages={
            "required": gettext_lazy("Say why you read these profiles: the journal keeps it."),
            "max_length": gettext_lazy("Shorten it to 300 characters."),
        },
    )
