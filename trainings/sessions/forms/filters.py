"""What the lists of sessions may be asked."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..enums import SessionState
from .plain import PlainForm


class DeskFilter(PlainForm):
    """Which sessions organisers see."""

    formation = forms.ChoiceField(label=gettext_lazy("Training"), required=False)
    etat = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", pgettext_lazy("sessions", "All")), *SessionState.choices],
    )
    quand = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[
            ("", pgettext_lazy("sessions", "All")),
            ("venir", gettext_lazy("To come")),
            ("passees", gettext_lazy("Past")),
        ],
    )

    def __init__(self, tracks, data=None):
        super().__init__(data)
        self.fields["formation"].choices = [
            ("", pgettext_lazy("sessions", "All")),
            *((one.slug, one.title) for one in tracks),
        ]


class OpenFilter(PlainForm):
    """Of which training agents see sessions."""

    formation = forms.ChoiceField(label=gettext_lazy("Training"), required=False)

    def __init__(self, tracks, data=None):
        super().__init__(data)
        self.fields["formation"].choices = [
            ("", pgettext_lazy("sessions", "All")),
            *((one.slug, one.title) for one in tracks),
        ]
