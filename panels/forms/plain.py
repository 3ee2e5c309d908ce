"""What the forms of panels share: errors told by the server, whole numbers, days."""

from django import forms
from django.utils.translation import gettext_lazy


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def hide(self, *more):
        """The same values, unseen, with those of ``more``: for the page that asks whether this is what was meant."""
        for name in more:
            self.fields[name] = forms.CharField()
        for one in self.fields.values():
            one.widget = one.hidden_widget()
        return self


def whole(label, missing="", *, least=0, most=1000, **kwargs) -> forms.IntegerField:
    """A whole number; without ``missing``, the sentence for an empty field, it may be left out."""
    return forms.IntegerField(
        label=label,
        required=bool(missing),
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": missing,
            "invalid": gettext_lazy("Write a whole number, for instance 12."),
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
