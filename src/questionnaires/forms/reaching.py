"""Tasks that gaps open: what was done, or who goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations.plain_fields import PlainTextField

from .answering import PlainForm


class DoneForm(PlainForm):
    """What was done."""

    note = PlainTextField(
        label=_("What was done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Where somebody went, how people could answer there, and what kept them from it. Name nobody."),
        error_messages={"required": _("Say what was done, in a sentence or two.")},
    )


class GiveForm(PlainForm):
    """Who is in charge, and until when."""

    owner = forms.ModelChoiceField(
        label=_("In charge"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": _("Choose who is in charge."),
            "invalid_choice": _("Choose somebody who facilitates this space."),
        },
    )
    due_on = forms.DateField(
        label=_("Before"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a whole date: day, month and year.")},
    )

    def __init__(self, data=None, *, people, initial=None):
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = lambda person: person.get_full_name()
