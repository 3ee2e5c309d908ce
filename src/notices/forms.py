"""The form by which one chooses what to receive, and how."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from theme.forms import ChoiceLabel

from . import selectors, services
from .enums import Channel

NONE = "none"
EACH = "each"
# What the same two ways are called for whoever has no address.
WITHOUT_MAIL = [
    (Channel.MAIL, pgettext_lazy("channel", "On Terrain, and by the way I chose")),
    (Channel.PRODUCT, Channel.PRODUCT.label),
]


class PreferencesForm(forms.Form):
    """The usual choices in words; the category by category choice behind the last. Duties aren't offered."""

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
        states = {row["value"]: NONE if row["muted"] else self._known(row["channel"]) for row in self.offered}
        same = set(states.values())
        usual = same.pop() if len(same) == 1 and same <= {Channel.MAIL, Channel.DIGEST} else EACH
        any_hour = selectors.at_any_hour(viewer)
        kwargs.setdefault("initial", {"usual": usual, "any_hour": any_hour, **states})
        super().__init__(*args, **kwargs)
        ways = Channel.choices if self.by_mail else WITHOUT_MAIL
        choices = [*ways, (NONE, pgettext_lazy("channel", "Nothing at all"))]
        for row in self.offered:
            self.fields[row["value"]] = forms.ChoiceField(label=row["label"], choices=choices, required=False)
        if not self.by_mail:
            del self.fields["any_hour"]
            asked = ChoiceLabel(WITHOUT_MAIL[0][1], _("A letter, a text message or a call, if you asked for one."))
            self.fields["usual"].choices = [(Channel.MAIL, asked), self.fields["usual"].choices[-1]]

    @property
    def by_mail(self) -> bool:
        """Whether there is an address to write to; otherwise no summary leaves, and nothing waits for the morning."""
        return bool(self.viewer.user.email)

    def _known(self, channel: str) -> str:
        return Channel.PRODUCT if channel == Channel.DIGEST and not self.by_mail else channel

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
        if self.by_mail:
            services.set_any_hour(self.viewer.user, self.cleaned_data["any_hour"])
        usual = self.cleaned_data["usual"]
        for name in self.each_names:
            channel = self.cleaned_data[name] if usual == EACH else usual
            if channel == NONE:
                services.set_muted(self.viewer.user, name, True)
            else:
                services.set_channel(self.viewer.user, name, channel)
