"""A session: its module, its days, its room; why it is cancelled; who is invited."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField
from trainings.models import Module, Track

from .. import selectors
from ..models import Session
from ..models.session import MOST_SEATS, PLACE_MAX, TITLE_MAX
from .plain import PlainForm, reason

ROWS = 4
_CHOOSE = gettext_lazy("Choose in the list.")


def _line(label, missing, most, **kwargs) -> LineField:
    errors = {"required": missing, "max_length": gettext_lazy("Shorten it.")}
    return LineField(label=label, max_length=most, error_messages=errors, **kwargs)


def _list(label, **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE}, **kwargs)


def _day(label, **kwargs) -> forms.DateField:
    errors = {
        "required": gettext_lazy("Choose a day."),
        "invalid": gettext_lazy("Write a whole date: day, month and year."),
    }
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=errors, **kwargs)


def _hour(label, **kwargs) -> forms.TimeField:
    errors = {
        "required": gettext_lazy("Choose an hour."),
        "invalid": gettext_lazy("Write an hour, like 09:30."),
    }
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages=errors, **kwargs)


class SessionForm(PlainForm):
    """When, where, with whom, how many. The module and the unit are chosen once."""

    module = _list(gettext_lazy("Training and module"))
    unit = _list(gettext_lazy("Unit that organises"))
    title = _line(gettext_lazy("Title"), gettext_lazy("Give it a title."), TITLE_MAX)
    trainer = _list(gettext_lazy("Trainer"))
    place = _line(
        gettext_lazy("Place"),
        gettext_lazy("Say where it is."),
        PLACE_MAX,
        help_text=gettext_lazy("Name, address, how to come without steps."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Say how many seats there are."),
            "invalid": gettext_lazy("Write a whole number, for instance 12."),
            "min_value": gettext_lazy("Write %(limit_value)d or more."),
            "max_value": gettext_lazy("Write %(limit_value)d or less."),
        },
    )

    def __init__(self, data=None, *, viewer, session: Session | None = None):
        self.session = session
        self.pairs = {str(module.pk): (track, module) for track, module in selectors.modules_to_hold()}
        self.units = {one.code: one for one in selectors.units_of(viewer)}
        self.people = {str(one.pk): one for one in selectors.trainers()}
        super().__init__(data, initial=self._initial(session))
        words = [(key, f"{track.title} – {module.title}") for key, (track, module) in self.pairs.items()]
        self.fields["module"].choices = words
        self.fields["unit"].choices = [(code, one.name) for code, one in self.units.items()]
        self.fields["trainer"].choices = [(key, one.get_full_name()) for key, one in self.people.items()]
        for number in range(1, ROWS + 1):
            asked = number == 1
            words = {"n": number}
            self.fields[f"day_{number}"] = _day(
                gettext_lazy("Half-day %(n)d: day") % words, required=asked,
                help_text="" if asked else gettext_lazy("Left empty when there is none."),
            )  # fmt: skip
            self.fields[f"from_{number}"] = _hour(gettext_lazy("Half-day %(n)d: begins at") % words, required=asked)
            self.fields[f"to_{number}"] = _hour(gettext_lazy("Half-day %(n)d: ends at") % words, required=asked)
        if session is not None:
            del self.fields["module"], self.fields["unit"]

    @staticmethod
    def _initial(session: Session | None) -> dict:
        if session is None:
            return {"from_1": datetime.time(9, 0), "to_1": datetime.time(12, 0), "capacity": 12}
        told = {
            "title": session.title,
            "place": session.place,
            "capacity": session.capacity,
            "trainer": str(session.trainer_id or ""),
        }
        for slot in session.slots.all():
            starts, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
            told |= {
                f"day_{slot.number}": starts.date(),
                f"from_{slot.number}": starts.time(),
                f"to_{slot.number}": ends.time(),
            }
        return told

    def clean(self):
        said = super().clean()
        for number in range(2, ROWS + 1):
            names = [f"day_{number}", f"from_{number}", f"to_{number}"]
            given = [said.get(name) is not None for name in names]
            if any(given) and not all(given) and not any(name in self.errors for name in names):
                self.add_error(names[given.index(False)], gettext_lazy("Give the day and both hours, or none."))
        return said

    @property
    def slots(self) -> list[tuple]:
        """The half-days given, in the order of the form."""
        said, found = self.cleaned_data, []
        for number in range(1, ROWS + 1):
            day = said.get(f"day_{number}")
            if day is not None:
                found.append(tuple(_moment(day, said[f"{name}_{number}"]) for name in ("from", "to")))
        return found

    @property
    def written(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data
        told = {name: said[name] for name in ("title", "place", "capacity")}
        return {**told, "trainer": self.people.get(said["trainer"]), "slots": self.slots}

    @property
    def chosen(self) -> tuple[Track, Module]:
        """The training and the module of a new session."""
        return self.pairs[self.cleaned_data["module"]]

    def add_error(self, field, error):
        """What is said of all half-days stands beside the first."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            error.error_dict = {"day_1" if name == "slots" else name: told for name, told in error.error_dict.items()}
        super().add_error("day_1" if field == "slots" else field, error)


def _moment(day: datetime.date, hour: datetime.time):
    return timezone.make_aware(datetime.datetime.combine(day, hour))


class CancelForm(PlainForm):
    """Why a session is cancelled."""

    because = reason(
        gettext_lazy("Why it is cancelled"),
        gettext_lazy("Say why it is cancelled: people read it."),
        help_text=gettext_lazy("Everybody who has a place, or waits for one, reads it."),
    )


class InviteForm(PlainForm):
    """Who is invited."""

    names = PlainTextField(
        label=gettext_lazy("Personnel numbers or identifiers, one a line"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write at least one number."),
            "max_length": gettext_lazy("Shorten it: 200 people at most."),
        },
    )
