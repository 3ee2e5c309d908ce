"""What these forms share: errors told by the server, whole numbers, days, directions."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.models import Unit
from src.foundations import clock

CHOOSE = {"required": gettext_lazy("Choose in the list."), "invalid_choice": gettext_lazy("Choose in the list.")}


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def whole(label, *, least=0, most=3660, required=True, **kwargs) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write a whole number, for instance 60."),
            "invalid": gettext_lazy("Write a whole number, for instance 60."),
            "min_value": gettext_lazy("Write %(limit_value)d or more."),
            "max_value": gettext_lazy("Write %(limit_value)d or less."),
        },
        **kwargs,
    )


def day(label, **kwargs) -> forms.DateField:
    """A day of the calendar."""
    errors = {
        "required": gettext_lazy("Choose a day."),
        "invalid": gettext_lazy("Write a whole date: day, month and year."),
    }
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=errors, **kwargs)


def directions() -> list[tuple[str, str]]:
    """Directions of today, by name."""
    found = Unit.objects.current(clock.today()).directions().order_by("name", "pk")
    return [(unit.code, unit.name) for unit in found]


def whole_city(offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same list after « in the whole city »."""
    return [("", _("in the whole city")), *offered]
