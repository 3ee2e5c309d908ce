"""What an editor asks to quote, and what the author answers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .enums import QuoteSignature


class AnswerForm(forms.Form):
    """How the author's words are signed; a name is offered under what is signed alone."""

    use_required_attribute = False
    signature = forms.ChoiceField(
        label=_("How are your words signed?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how your words are signed."),
            "invalid_choice": _("Choose one of the signatures of the list."),
        },
    )

    def __init__(self, data=None, *, offered, signature, **options):
        super().__init__(data, **options)
        words = {QuoteSignature.NAME: signature, QuoteSignature.AGENT: gettext("An agent of the City")}
        self.fields["signature"].choices = [(value, words[value]) for value in offered if words[value]]


class AskForm(forms.Form):
    """A passage of a contribution, and the page it is for."""

    use_required_attribute = False
    reference = forms.RegexField(
        regex=r"^[0-9A-Za-z]{6}$",
        label=_("Reference of the idea"),
        help_text=_("Its six letters and figures, at the end of its address."),
        error_messages={
            "required": _("Write the reference of the idea."),
            "invalid": _("A reference has six letters and figures, for instance 7K3F9Q."),
        },
    )
    words = forms.CharField(
        label=_("Words to quote"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Copied from the idea, without changing any."),
        error_messages={"required": _("Copy the words to quote.")},
    )
    purpose = forms.CharField(
        label=_("Where would they stand?"),
        max_length=200,
        help_text=_("The author reads it, for instance: the outcome of the trial, read by everybody on the internet."),
        error_messages={"required": _("Say where the words would stand: the author decides upon it.")},
    )

    def clean_reference(self):
        return self.cleaned_data["reference"].upper()


class PrepareForm(forms.Form):
    """The idea whose outcome page is prepared."""

    use_required_attribute = False
    reference = AskForm.base_fields["reference"]

    def clean_reference(self):
        return self.cleaned_data["reference"].upper()
