"""What came of a call, and when to call again."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations import clock

from ..enums import CallOutcome
from .plain import PlainForm

FARTHEST = datetime.timedelta(days=92)
AGAIN = (CallOutcome.CALL_AGAIN, CallOutcome.NO_ANSWER)


class OutcomeForm(PlainForm):
    """One outcome; a day and an hour when the person asked to be called later."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of the call?"),
        widget=forms.RadioSelect,
        choices=CallOutcome.choices,
        error_messages={
            "required": gettext_lazy("Choose what came of the call."),
            "invalid_choice": gettext_lazy("Choose what came of the call."),
        },
    )
    day = forms.DateField(
        label=gettext_lazy("Call again on"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Only for “To call again” or “No answer”. Left empty: the day after."),
        error_messages={"invalid": gettext_lazy("Write a day, for instance 03/02/2027.")},
    )
    hour = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write an hour, for instance 14:30.")},
    )

    def clean(self):
        """The moment to call again, where that means something."""
        cleaned = super().clean()
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if hour and not day and "day" not in self.errors:
            self.add_error("day", _("Say which day."))
        if day and cleaned.get("outcome") in AGAIN:
            today = clock.today()
            if day < today:
                self.add_error("day", _("This moment is past: choose a later one."))
            elif day > today + FARTHEST:
                self.add_error("day", _("This day is too far: three months at most."))
            else:
                moment = datetime.datetime.combine(day, hour or datetime.time(10))
                cleaned["call_at"] = timezone.make_aware(moment)
        return cleaned

    def add_error(self, field, error):
        """What the service says of the moment stands beside the day."""
        super().add_error("day" if field == "call_at" else field, error)
