"""The form of the display page, and the label that gives a radio card its hint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from theme.display import CHOICES


class ChoiceLabel:
    """A choice's words with the sentences under them: `("named", ChoiceLabel(_("With my name"), _("…")))`."""

    def __init__(self, label, *hints):
        self.label = label
        self.hints = [hint for hint in hints if hint]

    def __str__(self):
        return str(self.label)

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))


class DisplayForm(forms.Form):
    """Light, dark, or as the device says; and whether a key of the keyboard searches."""

    use_required_attribute = False
    theme = forms.ChoiceField(
        label=_("Display"),
        widget=forms.RadioSelect,
        choices=list(
            zip(
                CHOICES,
                (
                    ChoiceLabel(_("Automatic"), _("Follows the setting of your device.")),
                    ChoiceLabel(_("Light"), _("Dark text on a light page.")),
                    ChoiceLabel(_("Dark"), _("Light text on a dark page, easier on the eyes at night.")),
                ),
                strict=True,
            )
        ),
        error_messages={"required": _("Choose a display."), "invalid_choice": _("Choose one of the three displays.")},
    )
    slash = forms.BooleanField(
        label=_("The / key leads to the search field"),
        required=False,
        help_text=_("From any page, outside the fields. Untick it if you dictate your text or use other shortcuts."),
    )
