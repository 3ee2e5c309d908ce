"""Forms of the sign-in door."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .backends import find_account
from .enums import UnitKind
from .models import Unit


class PlainForm(forms.Form):
    """A form whose errors the server tells, in the reader's language."""

    use_required_attribute = False


class SignInForm(PlainForm):
    """One name, one secret: whichever the person has."""

    identifier = forms.CharField(
        label=pgettext_lazy("sign in", "Identifier, e-mail or personnel number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type your identifier, e-mail or personnel number.")},
    )
    secret = forms.CharField(
        label=_("Password or personal code"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The personal code is on your letter: 13 letters and digits."),
        error_messages={"required": _("Type your password or your personal code.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Somebody who asks for a code by e-mail types no secret.
        self.fields["secret"].required = "mail" not in self.data


class OwnSecretForm(PlainForm):
    """The secret that replaces a printed code."""

    password = forms.CharField(
        label=_("Your new password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12 characters or more. Three words of your own are easy to remember."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ. Type them again."))
        return cleaned


class ReissueForm(PlainForm):
    """Who gets a new code, and which two colleagues vouch for them."""

    person = forms.CharField(label=_("Identifier or personnel number of the person"), max_length=64)
    first_witness = forms.CharField(label=_("Identifier or personnel number of the first witness"), max_length=64)
    second_witness = forms.CharField(label=_("Identifier or personnel number of the second witness"), max_length=64)
    seen = forms.BooleanField(
        label=_("I met the three of them, and both witnesses recognised the person."),
        error_messages={"required": _("Both witnesses must recognise the person in front of you.")},
    )

    def _account(self, name):
        account = find_account(self.cleaned_data[name])
        if account is None or not account.is_active:
            raise forms.ValidationError(_("No account found. Check what you typed."))
        return account

    def clean_person(self):
        return self._account("person")

    def clean_first_witness(self):
        return self._account("first_witness")

    def clean_second_witness(self):
        return self._account("second_witness")


class LettersForm(PlainForm):
    """For which site, and whether letters already sent are made again."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Unit.objects.none(), empty_label=_("Choose a site"))
    again = forms.BooleanField(
        label=_("Also make again the letters that nobody has used yet"),
        required=False,
        help_text=_("The codes of the former letters stop working."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = (
            Unit.objects.filter(valid_until__isnull=True)
            .exclude(kind__in=(UnitKind.CITY, UnitKind.DIRECTION))
            .order_by("name", "pk")
        )
