"""Forms of evidence."""

from django import forms
from django.utils.translation import gettext_lazy

from trainings.obligations.models import Obligation


class OfObligation(forms.ModelChoiceField):
    """Obligations by their training and their reference."""

    def label_from_instance(self, one):
        return f"{one.track.title} ({one.reference})"


class PackForm(forms.Form):
    """Of what, at which day."""

    use_required_attribute = False
    obligation = OfObligation(
        label=gettext_lazy("Mandatory training"),
        queryset=Obligation.objects.none(),
        empty_label=gettext_lazy("Choose a mandatory training"),
        error_messages={
            "required": gettext_lazy("Choose a mandatory training."),
            "invalid_choice": gettext_lazy("This mandatory training isn’t in the list."),
        },
    )
    day = forms.DateField(
        label=gettext_lazy("At the day"),
        help_text=gettext_lazy("How everybody stood when that day ended."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day as 31/12/2026."),
        },
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["obligation"].queryset = Obligation.objects.filter(activated_at__isnull=False).select_related(
            "track", "renewal_track"
        )
