"""Forms of the paper desk: printing, the header of a batch, a sheet's number, who wrote it, and the secret code."""

import unicodedata

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock

from . import codes, registry
from .enums import WhyAside

SHEETS_AT_ONCE = 60
NAMED, TEAM, PROTECTED, ANONYMOUS = "named", "team", "protected", "anonymous"


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class CodeForm(PlainForm):
    """The secret code of a slip."""

    code = forms.CharField(
        label=_("Your secret code"),
        help_text=_("13 letters and digits, on the part of the sheet you kept. Spaces and hyphens don't count."),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code written on your slip.")},
    )


def plain(name: str) -> str:
    """A name as two people write it: no accent, no case, no hyphen."""
    folded = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in folded.casefold() if sign.isalnum())


class WhoForm(PlainForm):
    """Who wrote a sheet: an account when name and number go together, nobody's otherwise."""

    team = forms.CharField(
        label=_("Name of the team"),
        help_text=_("Only for “In the name of my team”."),
        max_length=80,
        required=False,
    )
    last_name = forms.CharField(
        label=_("Your last name"),
        help_text=_(
            "Needed for “With my name”. Otherwise optional: with your number, you find your text in your account."
        ),
        max_length=80,
        required=False,
    )
    number = forms.CharField(label=_("Your personnel number"), max_length=32, required=False)

    def __init__(self, *args, identity="", **kwargs):
        super().__init__(*args, **kwargs)
        self.identity = identity
        self.author = None

    def clean(self):
        """The account both the name and the number lead to: one mistyped digit signs for nobody else."""
        cleaned = super().clean()
        name, number = cleaned.get("last_name", "").strip(), cleaned.get("number", "").strip()
        if self.identity == TEAM and not cleaned.get("team", "").strip():
            self.add_error("team", _("Type the name of the team, as it is written on the sheet."))
        if self.identity == ANONYMOUS and (name or number):
            # The sheet says both: what its author chose holds, and a name is never typed beside it.
            self.add_error("number", _("This sheet is anonymous: leave the name and the number empty."))
        elif self.identity == NAMED and not (name and number):
            self.add_error("number", _("This sheet needs the last name and the personnel number."))
        elif bool(name) != bool(number):
            self.add_error("number", _("Type both the last name and the number, or neither."))
        elif number:
            found = User.objects.filter(personnel_number__iexact=number, is_active=True).first()
            if found is None or plain(found.last_name) != plain(name):
                self.add_error("number", _("This name and this number don't go together. Read the sheet again."))
            else:
                self.author = found
        return cleaned

    handle = None


class AccountForm(WhoForm):
    """Whose gesture it is, when it counts once for each account."""

    team = None
    last_name = forms.CharField(label=_("Your last name"), max_length=80, required=False)

    def __init__(self, *args, identity="", **kwargs):
        super().__init__(*args, identity=NAMED, **kwargs)


class ProofForm(PlainForm):
    """Whose contribution the sheet continues: proved by its code, or by the name and number of its account."""

    code = forms.CharField(
        label=_("Your secret code"), help_text=_("On the slip you kept."), max_length=64, required=False
    )
    last_name = forms.CharField(
        label=_("Or your last name"), max_length=80, required=False, help_text=_("If you have no code any more.")
    )
    number = forms.CharField(label=_("And your personnel number"), max_length=32, required=False)
    team = ""

    def __init__(self, *args, identity="", **kwargs):
        super().__init__(*args, **kwargs)
        self.author = self.handle = None

    def clean(self):
        cleaned = super().clean()
        code, name, number = (cleaned.get(key, "").strip() for key in ("code", "last_name", "number"))
        if code:
            found = codes.find(code)
            if found is None or found.handle is None:
                self.add_error("code", _("This code opens nothing. Read the sheet again."))
            else:
                self.handle = found.handle
        elif name and number:
            found = User.objects.filter(personnel_number__iexact=number, is_active=True).first()
            if found is None or plain(found.last_name) != plain(name):
                self.add_error("number", _("This name and this number don't go together. Read the sheet again."))
            else:
                self.author = found
        else:
            self.add_error("code", _("Type the code, or the last name and the number."))
        return cleaned


class NobodyForm(PlainForm):
    """A sheet that asks for no name: its author is nobody we know."""

    author = handle = None

    def __init__(self, *args, identity="", **kwargs):
        super().__init__(*args, **kwargs)


def who_form(paper: registry.PaperForm, data=None, *, identity: str = ""):
    """The part of a sheet that says who wrote it."""
    kinds = {registry.OF_AUTHOR: ProofForm, registry.ACCOUNT: AccountForm, registry.SIGNED: WhoForm}
    kinds[registry.NOBODY] = NobodyForm
    return kinds[paper.who](data, prefix="who", identity=identity)


class ReferenceForm(PlainForm):
    """Which contribution a sheet is about."""

    reference = forms.CharField(
        label=_("Reference of the idea"),
        help_text=_("Six letters and digits, written on its page."),
        max_length=16,
        error_messages={"required": _("Type the reference written on the sheet.")},
    )


class PlaceField(forms.ModelChoiceField):
    """A place where the facilitator works."""

    def label_from_instance(self, unit):
        return unit.name


class PrintForm(PlainForm):
    """What to print, for where, and how many."""

    kind = forms.ChoiceField(label=_("Which sheet?"), widget=forms.RadioSelect)
    unit = PlaceField(queryset=None, label=_("For which place?"), empty_label=_("Choose…"))
    count = forms.IntegerField(
        label=_("How many sheets?"),
        min_value=1,
        max_value=SHEETS_AT_ONCE,
        initial=10,
        help_text=_("Sixty at most at once. Each one has its own code."),
    )
    large = forms.BooleanField(label=_("In large print"), required=False)

    def __init__(self, *args, kinds, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["unit"].queryset = units


class BatchForm(PlainForm):
    """The header of a batch: typed once for all its sheets."""

    unit = PlaceField(queryset=None, label=_("Where do the sheets come from?"), empty_label=_("Choose…"))
    held_on = forms.DateField(
        label=_("Day they were gathered"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    announced = forms.IntegerField(label=_("How many sheets?"), min_value=1, max_value=200)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.initial.setdefault("held_on", clock.today())

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise ValidationError(_("This day hasn't come yet."))
        if (clock.today() - day).days > settings.TERRAIN_SHEET_DESTROY_DAYS:
            raise ValidationError(_("These sheets should already be destroyed. Ask an administrator."))
        return day


class SheetNumberForm(PlainForm):
    """The number printed on the sheet that stays; or the kind of a sheet that has none."""

    sheet = forms.CharField(
        label=_("Number of the sheet"),
        help_text=_("Six letters and digits, at the top right."),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    kind = forms.ChoiceField(label=_("No number on it? Say what it is"), required=False)

    # Sheets have questions of their own named "kind": the page's fields stand apart.
    prefix = "lot"

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("It has a number")), *kinds]


class AsideForm(PlainForm):
    """Why a sheet isn't sent."""

    why = forms.ChoiceField(
        label=_("Why is this sheet not sent?"),
        choices=WhyAside.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )


def places_of(viewer):
    """Units where the viewer is a facilitator today."""
    units = Unit.objects.current(clock.today())
    return units.filter(viewer.role_condition(Role.FACILITATOR, "path")).order_by("path")
