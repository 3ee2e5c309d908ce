"""What the team writes: the day promised, the questionnaire, the answer, the workshop and its notes."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from panels.forms.plain import PlainForm, day, whole
from src.foundations.plain_fields import LineField

from ..models.workshop import MOST_SEATS
from .asking import words


class AcceptForm(PlainForm):
    """The day the panel promises its answer for."""

    reply_on = day(
        gettext_lazy("The panel answers before"),
        help_text=gettext_lazy("Members are told this day, and everybody reads it. It doesn’t change."),
    )


class QuestionnaireForm(PlainForm):
    """One of the questionnaires of the panel's space."""

    questionnaire = forms.ModelChoiceField(
        label=gettext_lazy("Questionnaire of the panel"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a questionnaire."),
            "invalid_choice": gettext_lazy("Choose a questionnaire of the panel’s own space."),
        },
    )

    def __init__(self, found, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = found


class AnswerForm(PlainForm):
    """The panel's answer; of a form to try, its light and what is to change."""

    green_light = forms.TypedChoiceField(
        label=gettext_lazy("May the form be used?"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
        choices=[
            ("1", pgettext_lazy("form test", "Green light: it may be used")),
            ("0", pgettext_lazy("form test", "Not yet: some things must change first")),
        ],
        error_messages={
            "required": gettext_lazy("Say whether the form may be used."),
            "invalid_choice": gettext_lazy("Say whether the form may be used."),
        },
    )
    answer = words(gettext_lazy("Answer of the panel"), gettext_lazy("Write the panel’s answer."), rows=10)
    changes = words(
        gettext_lazy("What is to change"),
        "",
        rows=6,
        help_text=gettext_lazy("One thing a line. The direction says of each whether it was done, and if not why."),
    )

    def __init__(self, referral, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not referral.is_form_test:
            del self.fields["green_light"], self.fields["changes"]


class WorkshopForm(PlainForm):
    """The day, the place, the seats."""

    day = day(pgettext_lazy("workshop", "Day"))
    hour = forms.TimeField(
        label=pgettext_lazy("workshop", "Hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Write an hour, for instance 18:00."),
            "invalid": gettext_lazy("Write an hour, for instance 18:00."),
        },
    )
    place = LineField(
        label=pgettext_lazy("workshop", "Place"),
        max_length=240,
        error_messages={
            "required": gettext_lazy("Write where it takes place."),
            "max_length": gettext_lazy("Shorten it: it is longer than this page takes."),
        },
    )
    member_seats = whole(
        gettext_lazy("Seats for members"), gettext_lazy("Write a number of seats."), least=1, most=MOST_SEATS
    )
    agent_seats = whole(
        gettext_lazy("Seats for agents"), gettext_lazy("Write a number of seats."), least=1, most=MOST_SEATS
    )

    def planned(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data
        moment = timezone.datetime.combine(said["day"], said["hour"])
        return {
            "starts_at": timezone.make_aware(moment),
            "place": said["place"],
            "member_seats": said["member_seats"],
            "agent_seats": said["agent_seats"],
        }


class NotesForm(PlainForm):
    """What was said, and how many came."""

    notes = words(
        gettext_lazy("What was said"),
        gettext_lazy("Write what was said."),
        longest=20_000,
        rows=12,
        help_text=gettext_lazy("Everybody reads it. Write no name."),
    )
    members_came = whole(gettext_lazy("Members who came"), gettext_lazy("Write how many came."), most=MOST_SEATS)
    agents_came = whole(gettext_lazy("Agents who came"), gettext_lazy("Write how many came."), most=MOST_SEATS)
