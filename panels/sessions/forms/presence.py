"""Presence, and what is paid of it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day
from src.foundations import clock

from .planning import choice, line


class CodeForm(PlainForm):
    """The code of the room."""

    code = line(
        gettext_lazy("Code written on the board"),
        gettext_lazy("Type the six digits written on the board."),
        most=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SheetForm(PlainForm):
    """Who signed the sheet, by number."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who signed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose in the list.")},
    )

    def __init__(self, rows, data=None):
        super().__init__(data)
        # Sent twice, those written meanwhile are still read, and left as they are.
        asked = [one.member for one in rows if data is not None or not one.is_written]
        self.fields["present"].choices = [(str(one.number), f"{one.number}. {one.label}") for one in asked]

    @property
    def numbers(self) -> set[int]:
        return {int(one) for one in self.cleaned_data["present"]}


class CorrectForm(PlainForm):
    """What is written instead, and why."""

    present = choice(
        gettext_lazy("What is right"),
        gettext_lazy("Choose: there, or not."),
        [("yes", gettext_lazy("Was there")), ("no", gettext_lazy("Was not there"))],
    )
    because = line(
        gettext_lazy("Why"),
        gettext_lazy("Say why, in 300 characters at most: the member reads it."),
        most=300,
    )


class RateForm(PlainForm):
    """A rate from a day to come."""

    cents = line(
        gettext_lazy("Euros for a half-day"),
        gettext_lazy("Write an amount, for instance 50 or 50,50."),
        most=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    from_on = day(gettext_lazy("From which day"), help_text=gettext_lazy("Sessions before that day don’t change."))

    def clean_cents(self) -> int:
        """The amount in cents."""
        found = re.fullmatch(r"(\d{1,4})(?:[.,](\d{2}))?\s*€?", self.cleaned_data["cents"])
        if found is None:
            raise ValidationError(_("Write an amount, for instance 50 or 50,50."))
        return int(found[1]) * 100 + int(found[2] or 0)


class PaidForm(PlainForm):
    """The day a batch was paid."""

    paid_on = day(gettext_lazy("Day it was paid"))

    def __init__(self, data=None):
        super().__init__(data, initial={"paid_on": clock.today()})
