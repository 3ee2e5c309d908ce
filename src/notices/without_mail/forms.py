"""How somebody asks to be told without e-mail; the day letters left; what came of a call."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from theme.forms import ChoiceLabel

from ..enums import CallOutcome, Means
from ..models import Reach
from . import services, sms


class ReachForm(forms.Form):
    """How somebody without e-mail is told, and by which number."""

    use_required_attribute = False
    hide_optional = True

    means = forms.ChoiceField(
        label=_("How do you want to be told?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to be told.")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=20,
        help_text=_("For a call or a text message only. Nobody else reads it than the facilitators who call."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, viewer=None, **kwargs):
        """Without a viewer (a sheet), nothing is known of who fills it."""
        known = Reach.objects.filter(user_id=viewer.user_id).first() if viewer else None
        if viewer:
            kwargs.setdefault(
                "initial", {"means": known.means if known else Means.NONE, "phone": known.phone if known else ""}
            )
        super().__init__(*args, **kwargs)
        hints = {
            Means.LETTER: _("A facilitator prints it and has it brought to your place of work, in a closed envelope."),
            Means.SMS: _("A sentence and the address of Terrain, during the day."),
            Means.CALL: _("A facilitator calls you during the day and tells you what is new."),
            Means.NONE: _("Everything waits for you in My messages."),
        }
        offered = [means for means in Means if means != Means.SMS or sms.is_on() or (known and known.means == means)]
        self.fields["means"].choices = [(means.value, ChoiceLabel(means.label, hints[means])) for means in offered]

    def clean(self):
        cleaned = super().clean()
        if "means" in cleaned and "phone" in cleaned:
            try:
                cleaned["phone"] = services.number_for(cleaned["means"], cleaned["phone"])
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return cleaned

    def save(self, user) -> None:
        """Write the choice of ``user``, who reads that it is written; ValidationError when they have an address."""
        services.choose_reach(user, self.cleaned_data["means"], self.cleaned_data["phone"])


class PostedForm(forms.Form):
    """The day a batch of letters was handed to the post."""

    use_required_attribute = False

    on = forms.DateField(
        label=_("Handed to the post on"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day.")},
    )


class CallForm(forms.Form):
    """What came of a call."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        choices=CallOutcome.choices,
        error_messages={"required": _("Say what came of the call.")},
    )
