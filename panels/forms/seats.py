"""Somebody who isn't next in the reserve, asked for a seat."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField

from ..models.draw import MOST_ROWS
from .draws import DICE_ROWS, MOST_REASON, PlainForm


class UnlistedForm(PlainForm):
    """Whom, and why."""

    incoming = LineField(
        label=gettext_lazy("Ticket of the person who would come"),
        max_length=12,
        help_text=gettext_lazy("Somebody of the reserve, for instance P-7KQ4M."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Write the ticket of somebody of the reserve."),
            "max_length": gettext_lazy("A ticket is P- and five signs."),
        },
    )
    reason = PlainTextField(
        label=gettext_lazy("Why not the next of the reserve"),
        max_length=MOST_REASON,
        help_text=gettext_lazy("Everybody reads it. A guarantor signs before the seat changes hands."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write why: everybody reads it."),
            "max_length": gettext_lazy("Shorten it to 2,000 characters."),
        },
    )

    def clean_incoming(self):
        """As tickets are written."""
        return self.cleaned_data["incoming"].upper()


class CompleteForm(PlainForm):
    """A draw for seats left empty: which, and how many panels in its table."""

    seats = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Seats to draw"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose seats that are empty."),
            "invalid_choice": gettext_lazy("Choose seats that are empty."),
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

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        said = _("Seat %(number)d, left by %(ticket)s")
        self.fields["seats"].choices = [
            (one.number, said % {"number": one.number, "ticket": one.left_by.ticket}) for one in seats
        ]
        self.fields["seats"].initial = [one.number for one in seats]
