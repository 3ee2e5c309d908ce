"""The form by which one chooses what to receive."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from . import selectors, services


class PreferencesForm(forms.Form):
    """Ticked: I receive these messages. Legal duties aren't offered."""

    use_required_attribute = False
    hide_optional = True

    received = forms.MultipleChoiceField(
        label=_("Messages I want to receive"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, viewer, **kwargs):
        self.viewer = viewer
        self.preferences = selectors.preferences(viewer)
        offered = [row for row in self.preferences if row["mutable"]]
        kwargs.setdefault("initial", {"received": [row["value"] for row in offered if not row["muted"]]})
        super().__init__(*args, **kwargs)
        self.fields["received"].choices = [(row["value"], row["label"]) for row in offered]

    @property
    def always(self) -> list[str]:
        """Labels of what always arrives."""
        return [row["label"] for row in self.preferences if not row["mutable"]]

    @transaction.atomic
    def save(self):
        """Write each choice."""
        wanted = set(self.cleaned_data["received"])
        for value, _label in self.fields["received"].choices:
            services.set_muted(self.viewer.user, value, value not in wanted)
