"""The adoption rule, putting to the vote, counting in the room, adopting and handing over."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day, whole
from src.participation.ballots.closing_dates import first_dates
from src.participation.ballots.enums import Secrecy

from ..enums import Base
from .writing import words


class RuleForm(PlainForm):
    """A share as a fraction, of whom, and a quorum or none."""

    numerator = whole(
        gettext_lazy("At least"), gettext_lazy("Write a number, for instance 60."), least=1, most=1000,
        help_text=gettext_lazy("For instance 60 out of 100, or 2 out of 3."),
    )  # fmt: skip
    denominator = whole(gettext_lazy("Out of"), gettext_lazy("Write a number, for instance 100."), least=1, most=1000)
    base = forms.ChoiceField(
        label=gettext_lazy("Share of whom?"),
        widget=forms.RadioSelect,
        choices=Base.choices,
        error_messages={
            "required": gettext_lazy("Choose what the share is of."),
            "invalid_choice": gettext_lazy("Choose what the share is of."),
        },
    )
    quorum_percent = whole(
        gettext_lazy("Quorum, in % of the members"), least=1, most=100,
        help_text=gettext_lazy("Under it, nothing is adopted. Leave it empty when there is none."),
    )  # fmt: skip


class ChosenForm(PlainForm):
    """Which recommendations."""

    numbers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Recommendations to be voted"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose the recommendations that are voted."),
            "invalid_choice": gettext_lazy("One of these recommendations is no draft any more: read the list again."),
        },
    )

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = [(one.number, f"{one.number}. {one.current.title}") for one in drafts]


def hour(label):
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Choose an hour."),
            "invalid": gettext_lazy("Write an hour, for instance 18:00."),
        },
    )


class BallotForm(ChosenForm):
    """One ballot each, with the same dates."""

    secrecy = forms.ChoiceField(
        label=gettext_lazy("How is it voted?"),
        widget=forms.RadioSelect,
        choices=Secrecy.choices,
        initial=Secrecy.SIMPLE,
        help_text=gettext_lazy("A secret vote opens once its three key holders have rehearsed."),
        error_messages={
            "required": gettext_lazy("Choose how it is voted."),
            "invalid_choice": gettext_lazy("Choose how it is voted."),
        },
    )
    opens_day = day(gettext_lazy("Opens: day"))
    opens_hour = hour(gettext_lazy("Opens: hour"))
    closes_day = day(gettext_lazy("Closes: day"))
    closes_hour = hour(gettext_lazy("Closes: hour"))

    def __init__(self, *args, **kwargs):
        opens, closes = (timezone.localtime(moment) for moment in first_dates())
        kwargs["initial"] = {
            "opens_day": opens.date(), "opens_hour": opens.time(), "closes_day": closes.date(),
            "closes_hour": closes.time(), **kwargs.get("initial", {}),
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def add_error(self, field, error):
        """What ballots say of a moment stands beside its day."""
        super().add_error({"opens_at": "opens_day", "closes_at": "closes_day"}.get(field, field), error)

    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The opening and the closing, in the city's time."""
        told = self.cleaned_data
        return _moment(told["opens_day"], told["opens_hour"]), _moment(told["closes_day"], told["closes_hour"])


def _moment(on: datetime.date, at: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(on, at))


class RoomForm(ChosenForm):
    """A vote in the room, on its day."""

    held_on = day(gettext_lazy("Day of the vote"))


class CountForm(PlainForm):
    """How many were present; for, against and blank of each recommendation."""

    present = whole(gettext_lazy("Members present"), gettext_lazy("Write how many were present."))

    def __init__(self, *args, votes, **kwargs):
        super().__init__(*args, **kwargs)
        self.votes = votes
        for vote in votes:
            number = vote.recommendation.number
            for name, label in (
                ("favour", _("Recommendation %(n)d: for")),
                ("against", _("Recommendation %(n)d: against")),
                ("blank", _("Recommendation %(n)d: blank")),
            ):
                self.fields[f"{name}_{number}"] = whole(
                    label % {"n": number}, _("Write a number, 0 if there is none.")
                )

    def counts(self) -> dict[int, dict[str, int]]:
        """By recommendation."""
        return {
            vote.recommendation.number: {
                name: self.cleaned_data[f"{name}_{vote.recommendation.number}"]
                for name in ("favour", "against", "blank")
            }
            for vote in self.votes
        }


class AdoptForm(PlainForm):
    """The words that come before the recommendations."""

    introduction = words(
        gettext_lazy("Words that come first"), 4000, missing="", rows=6, required=False,
        help_text=gettext_lazy("How the panel worked, what it wants to say first. It may be left empty."),
    )  # fmt: skip


class HandOverForm(PlainForm):
    """On which day."""

    on = day(gettext_lazy("Handed over on"))
