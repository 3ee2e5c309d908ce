"""A session, a moment of its agenda, why it is cancelled."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day
from src.foundations.plain_fields import LineField, PlainTextField

from ..enums import ItemKind
from ..models import Session
from ..models.session import PLACE_MAX, TITLE_MAX
from ..services.planning import clock_of


def line(label, missing="", *, most, **kwargs) -> LineField:
    """One line; without ``missing``, the sentence for an empty field, it may be left out."""
    errors = {"required": missing, "max_length": gettext_lazy("Shorten it.")}
    return LineField(label=label, max_length=most, required=bool(missing), error_messages=errors, **kwargs)


def text(label, missing="", *, rows, most=3000, **kwargs) -> PlainTextField:
    """Several lines."""
    return PlainTextField(
        label=label,
        max_length=most,
        required=bool(missing),
        error_messages={"required": missing, "max_length": gettext_lazy("Shorten it.")},
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


def choice(label, missing, choices, **kwargs) -> forms.ChoiceField:
    """Radio buttons; ``missing`` is said when nothing is chosen."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": gettext_lazy("Choose in the list.")},
        **kwargs,
    )


def hour(label) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Choose an hour."),
            "invalid": gettext_lazy("Write an hour, like 09:30."),
        },
    )


def address(label, **kwargs) -> forms.URLField:
    """An address of the web, in https."""
    return forms.URLField(
        label=label,
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Write a whole address, which begins with https://."),
            "max_length": gettext_lazy("Shorten it."),
        },
        **kwargs,
    )


class SessionForm(PlainForm):
    """When, where, how long."""

    title = line(gettext_lazy("Title"), gettext_lazy("Give it a title: what is it about?"), most=TITLE_MAX)
    day = day(gettext_lazy("Day"))
    starts_at = hour(gettext_lazy("Begins at"))
    ends_at = hour(gettext_lazy("Ends at"))
    half_days = choice(
        gettext_lazy("Half-days"),
        gettext_lazy("Choose one or two half-days."),
        [("2", gettext_lazy("Two: morning and afternoon")), ("1", gettext_lazy("One"))],
        help_text=gettext_lazy("Presence is written, and paid, by half-day."),
    )
    place = line(
        gettext_lazy("Place"),
        most=PLACE_MAX,
        help_text=gettext_lazy("Name, address, how to come without steps."),
    )
    remote_url = address(
        gettext_lazy("Link to follow from afar"), help_text=gettext_lazy("Left empty when everybody comes.")
    )

    def __init__(self, data=None, *, session: Session | None = None):
        initial = {"half_days": "2", "starts_at": datetime.time(9, 30), "ends_at": datetime.time(16, 30)}
        if session is not None:
            initial = {
                "title": session.title,
                "day": session.day,
                "starts_at": clock_of(session.starts_at),
                "ends_at": clock_of(session.ends_at),
                "half_days": str(session.half_days),
                "place": session.place,
                "remote_url": session.remote_url,
            }
        super().__init__(data, initial=initial)

    @property
    def written(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data
        return {
            "title": said["title"],
            "starts_at": timezone.make_aware(datetime.datetime.combine(said["day"], said["starts_at"])),
            "ends_at": timezone.make_aware(datetime.datetime.combine(said["day"], said["ends_at"])),
            "half_days": int(said["half_days"]),
            "place": said["place"],
            "remote_url": said["remote_url"],
        }


class ItemForm(PlainForm):
    """A moment of the agenda."""

    at = hour(gettext_lazy("Hour"))
    title = line(gettext_lazy("What happens at that hour"), gettext_lazy("Write what happens then."), most=TITLE_MAX)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of moment"),
        choices=ItemKind.choices,
        error_messages={"invalid_choice": gettext_lazy("Choose in the list.")},
    )
    words = text(gettext_lazy("In a few words"), rows=3, most=1000)


class CancelForm(PlainForm):
    """Why a session is cancelled."""

    because = text(
        gettext_lazy("Why it is cancelled"),
        gettext_lazy("Say why it is cancelled: members read it."),
        rows=4,
        most=1000,
        help_text=gettext_lazy("Members read it, and everybody on the page of the panel."),
    )
