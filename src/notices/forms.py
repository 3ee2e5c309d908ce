"""The form by which one chooses what to receive, and how."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations import clock
from theme.forms import ChoiceLabel

from . import selectors, services, sms
from .enums import CallOutcome, Channel, Means
from .models import Reach

NONE = "none"
EACH = "each"


class PreferencesForm(forms.Form):
    """Three usual choices in words; the category by category choice behind the third. Duties aren't offered."""

    use_required_attribute = False
    hide_optional = True

    usual = forms.ChoiceField(
        label=_("How do you want to be told?"),
        widget=forms.RadioSelect,
        choices=[
            (Channel.MAIL, ChoiceLabel(_("On Terrain and by e-mail"), _("Each message as soon as there is news."))),
            (
                Channel.DIGEST,
                ChoiceLabel(_("A summary on Tuesday"), _("One e-mail a week, at 8:00, only if there is news.")),
            ),
            (EACH, ChoiceLabel(_("Choose kind by kind"), _("Set each line below."))),
        ],
        error_messages={"required": _("Choose how you want to be told.")},
    )

    any_hour = forms.BooleanField(
        label=_("Write to me in the evening, at weekends and on public holidays too"),
        required=False,
        help_text=_(
            "Otherwise these e-mails wait for the next working day, at 8:00. "
            "What is expected of you, your account and your rights never wait."
        ),
    )

    def __init__(self, *args, viewer, **kwargs):
        self.viewer = viewer
        self.preferences = selectors.preferences(viewer)
        self.offered = [row for row in self.preferences if row["mutable"]]
        states = {row["value"]: NONE if row["muted"] else row["channel"] for row in self.offered}
        same = set(states.values())
        usual = same.pop() if len(same) == 1 and same <= {Channel.MAIL, Channel.DIGEST} else EACH
        any_hour = selectors.at_any_hour(viewer)
        kwargs.setdefault("initial", {"usual": usual, "any_hour": any_hour, **states})
        super().__init__(*args, **kwargs)
        choices = [*Channel.choices, (NONE, pgettext_lazy("channel", "Nothing at all"))]
        for row in self.offered:
            self.fields[row["value"]] = forms.ChoiceField(label=row["label"], choices=choices, required=False)

    @property
    def each_names(self) -> list[str]:
        """Names of the fields of the category by category choice."""
        return [row["value"] for row in self.offered]

    @property
    def always(self) -> list[str]:
        """Labels of what always arrives."""
        return [row["label"] for row in self.preferences if not row["mutable"]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("usual") == EACH:
            for name in self.each_names:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose one of the ways offered."))
        return cleaned

    @transaction.atomic
    def save(self):
        """Write each choice."""
        services.set_any_hour(self.viewer.user, self.cleaned_data["any_hour"])
        usual = self.cleaned_data["usual"]
        for name in self.each_names:
            channel = self.cleaned_data[name] if usual == EACH else usual
            if channel == NONE:
                services.set_muted(self.viewer.user, name, True)
            else:
                services.set_channel(self.viewer.user, name, channel)


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

    def __init__(self, *args, viewer, **kwargs):
        self.viewer = viewer
        known = Reach.objects.filter(user_id=viewer.user_id).first()
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

    def save(self):
        """Write the choice; ValidationError when a call is asked for without a number."""
        return services.set_reach(self.viewer.user, self.cleaned_data["means"], self.cleaned_data["phone"])


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
