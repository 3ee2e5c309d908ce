"""What human resources send to set a target, and what one asks of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.directory.models import Unit

EVERYBODY = ("", _("The whole city"))


class TargetForm(forms.Form):
    """A share, a day, and for whom."""

    use_required_attribute = False
    hide_optional = True
    direction = forms.ChoiceField(label=_("For"), required=False)
    percent = forms.IntegerField(
        label=_("Up to date, in a hundred"),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Of the agents who are asked; those who are exempt, or away for long, don’t count."),
    )
    by_on = forms.DateField(label=_("By which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.directions = {unit.code: unit for unit in Unit.objects.directions().order_by("name")}
        self.fields["direction"].choices = [EVERYBODY, *((code, unit.name) for code, unit in self.directions.items())]

    @property
    def chosen(self) -> Unit | None:
        return self.directions.get(self.cleaned_data["direction"])


class TeamForm(forms.Form):
    """Which of a team are shown."""

    use_required_attribute = False
    hide_optional = True
    lieu = forms.ChoiceField(label=_("Place"), required=False)
    etat = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Everybody")), ("a-planifier", _("To plan"))],
    )

    def __init__(self, places, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["lieu"].choices = [("", _("All places")), *places]

    @property
    def asked(self) -> dict:
        """What is asked; nothing of what isn't a choice."""
        return getattr(self, "cleaned_data", {}) if self.is_valid() else {}
