"""What every form of a step has: the idea, who acts, and what the service is told."""

from django import forms

from .fields import TermsForm

REASON_MAX = 1_000


def date_input(**attrs):
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class DayField(forms.DateField):
    """A day, picked or typed; the browser's own picker speaks ISO whatever the language."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", date_input())
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)


def text_area(rows: int = 5):
    return forms.Textarea(attrs={"rows": rows})


class StepForm(TermsForm):
    """A step with nothing to say: pressing the button is enough."""

    def __init__(self, *args, idea, viewer, to_kind="", **kwargs):
        super().__init__(*args, **kwargs)
        self.idea, self.viewer, self.to_kind = idea, viewer, to_kind
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the idea and on who acts."""

    def answers(self) -> dict:
        """What the service expects, once the form is valid."""
        return dict(self.cleaned_data)
