"""What somebody says when they register, on the web, by telephone, on paper: the same questions in the same words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField
from theme.forms import ChoiceLabel

from .. import consent_texts
from ..enums import WITHOUT_LETTER, ConsentPurpose, Need
from ..reaching import LONGEST
from ..services.registering import Origin, Registration
from ..vault import Contact, Guardian
from .plain import PlainForm

CRITERION = "criterion-"
CODE_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(PlainForm):
    """The code of a letter."""

    code = forms.CharField(
        label=gettext_lazy("The code of your letter"),
        help_text=gettext_lazy("13 letters and digits, beside the square. Spaces and hyphens don’t count."),
        max_length=64,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        error_messages={
            "required": gettext_lazy("Type the code of your letter."),
            "max_length": gettext_lazy("Type the code of your letter."),
        },
    )


def _line(label, name: str, *, required=False, hint="", **attrs):
    return LineField(
        label=label,
        max_length=LONGEST[name],
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": gettext_lazy("Write a name: we call you by it.")} if required else None,
    )


def add_contact(form, *, autocomplete: bool) -> None:
    """How somebody is reached: the same questions wherever they are asked."""
    auto = {name: {"autocomplete": value if autocomplete else "off"} for name, value in AUTOCOMPLETE.items()}
    form.fields["name"] = _line(_("First name and last name"), "name", required=True, **auto["name"])
    form.fields["phone"] = _line(
        _("Telephone number"), "phone", hint=_("We call you if you are drawn."), inputmode="tel", **auto["phone"]
    )
    form.fields["email"] = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=LONGEST["email"],
        widget=forms.EmailInput(attrs=auto["email"]),
        error_messages={"invalid": _("Check this address: name@example.org.")},
    )
    form.fields["address"] = _line(
        _("Number and street"), "address",
        hint=_("Two people of one home are not drawn together: this is what tells it."), **auto["address"],
    )  # fmt: skip
    form.fields["postcode"] = _line(_("Postcode"), "postcode", inputmode="numeric", **auto["postcode"])
    form.fields["town"] = _line(_("Town"), "town", **auto["town"])


class RegistrationForm(PlainForm):
    """Everything asked of one person: answers to the criteria, how to reach them, what they agree to, what they need.

    ``registration`` is what the services take, once it is valid.
    """

    def __init__(self, panel, data=None, *, of_minors: bool = False, criteria=None, autocomplete: bool = True):
        super().__init__(data)
        self.panel, self.of_minors = panel, of_minors
        self.criteria = list(criteria if criteria is not None else panel.criteria.prefetch_related("values"))
        self.auto = autocomplete
        self._add_conditions()
        self._add_criteria()
        add_contact(self, autocomplete=autocomplete)
        self._add_agreements()
        if of_minors:
            self._add_guardian()

    def _add_conditions(self) -> None:
        """What the person says of themselves; nothing of it is kept but that they registered."""
        self.fields["eligible"] = forms.BooleanField(
            label=_("All of this is true of me"),
            error_messages={"required": _("Tick it if all of it is true. If it is not, call the person named above.")},
        )

    def _add_criteria(self) -> None:
        for criterion in self.criteria:
            told = _("%(question)s: choose an answer.") % {"question": criterion.label}
            self.fields[f"{CRITERION}{criterion.key}"] = forms.ChoiceField(
                label=criterion.label,
                widget=forms.RadioSelect,
                choices=[(value.key, value.label) for value in criterion.values.all()],
                error_messages={"required": told, "invalid_choice": told},
            )

    def _add_agreements(self) -> None:
        self.fields["needs"] = forms.MultipleChoiceField(
            label=_("What would make coming possible for you?"),
            help_text=_("Kept apart, never used by the draw, read only by the people who prepare the sessions."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=Need.choices,
            error_messages={"invalid_choice": _("Choose in the list.")},
        )
        self.fields["consents"] = forms.MultipleChoiceField(
            label=_("What do you agree to?"),
            help_text=_("Only the first is needed. You may take each of them back at any moment."),
            widget=forms.CheckboxSelectMultiple,
            choices=[(one.value, ChoiceLabel(one.label, words_of(one))) for one in ConsentPurpose],
            error_messages={
                "required": _("Taking part in the draw needs your agreement."),
                "invalid_choice": _("Choose in the list."),
            },
        )

    def _add_guardian(self) -> None:
        self.fields["guardian_name"] = LineField(
            label=_("Parent or guardian: first name and last name"),
            required=False,
            max_length=LONGEST["name"],
            help_text=_("If they aren’t beside you, leave this empty: we call them before the draw."),
        )
        self.fields["guardian_phone"] = LineField(
            label=_("Their telephone number"), required=False, max_length=LONGEST["phone"]
        )
        self.fields["guardian_agrees"] = forms.BooleanField(
            label=consent_texts.GUARDIAN[consent_texts.guardian_version()], required=False
        )

    def clean_consents(self):
        given = self.cleaned_data["consents"]
        if ConsentPurpose.TAKE_PART not in given:
            raise ValidationError(_("Taking part in the draw needs your agreement."))
        return given

    def clean(self):
        """A way to reach the person; a guardian who is named also agrees, and the other way round."""
        cleaned = super().clean()
        told = ("phone", "email", "address")
        if not any(cleaned.get(name) for name in told) and not any(name in self.errors for name in told):
            self.add_error("phone", _("Give a telephone number, an e-mail or an address: we have to reach you."))
        if self.of_minors:
            named, agrees = cleaned.get("guardian_name"), cleaned.get("guardian_agrees")
            if named and not agrees:
                self.add_error("guardian_agrees", _("Tick it if this person agrees, or leave their name empty."))
            if agrees and not named:
                self.add_error("guardian_name", _("Write who agrees."))
        return cleaned

    @property
    def registration(self) -> Registration:
        """What the services take."""
        said = self.cleaned_data
        named = said.get("guardian_name")
        return Registration(
            contact=Contact(**{name: said[name] for name in LONGEST}),
            values={one.key: said[f"{CRITERION}{one.key}"] for one in self.criteria},
            consents=tuple(said["consents"]),
            needs=tuple(said["needs"]),
            guardian=Guardian(name=named, phone=said["guardian_phone"]) if named else None,
        )

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """The names of the fields, by heading, in the order of the page."""
        names = [name for name in self.fields if name.startswith(CRITERION)]
        found = [
            (_("Who can take part"), ["eligible"]),
            (_("What the draw balances"), names),
            (_("How to reach you"), list(LONGEST)),
            (_("What you need"), ["needs"]),
            (_("What you agree to"), ["consents"]),
        ]
        if self.of_minors:
            found.append((_("Parent or guardian"), ["guardian_name", "guardian_phone", "guardian_agrees"]))
        return found


AUTOCOMPLETE = {
    "name": "name", "phone": "tel", "email": "email", "address": "street-address", "postcode": "postal-code",
    "town": "address-level2",
}  # fmt: skip


def words_of(purpose: str) -> str:
    """The words asked today for a purpose."""
    return consent_texts.words(purpose, consent_texts.asked_version(purpose))


class EnteredForm(RegistrationForm):
    """The same, typed by a facilitator: where the person comes from is asked too, and a young person may be named."""

    def __init__(self, panel, data=None, *, criteria=None):
        self.lists = list(panel.source_lists.all())
        super().__init__(
            panel, data, criteria=criteria, autocomplete=False,
            of_minors=any(one.is_of_minors for one in self.lists),
        )  # fmt: skip
        self.fields["eligible"].label = _("The person says that all of this is true of them")
        self.fields["code"] = forms.CharField(
            label=_("Code of the letter"), required=False, max_length=64, widget=forms.TextInput(attrs=CODE_ATTRS)
        )
        self.met = [one for one in self.lists if one.kind in WITHOUT_LETTER]
        if self.met:
            self.fields["source_list"] = forms.ChoiceField(
                label=_("No letter? Where was the person met?"),
                required=False,
                choices=[("", _("They have a letter")), *((one.slug, one.label) for one in self.met)],
                error_messages={"invalid_choice": _("Choose in the list.")},
            )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("code") and not cleaned.get("source_list") and "code" not in self.errors:
            self.add_error("code", _("Type the code of the letter, or say where the person was met."))
        if cleaned.get("code") and cleaned.get("source_list"):
            self.add_error("source_list", _("A code and a place to be met: keep one of them."))
        return cleaned

    @property
    def origin(self) -> Origin:
        """Where the person comes from, as the services take it."""
        slug = self.cleaned_data.get("source_list")
        return Origin(
            code=self.cleaned_data["code"], source_list=next((one for one in self.met if one.slug == slug), None)
        )

    @property
    def parts(self):
        origin = [name for name in ("code", "source_list") if name in self.fields]
        return [(_("Where the person comes from"), origin), *super().parts]


class PhoneForm(EnteredForm):
    """By telephone: read back before it is kept."""

    def __init__(self, panel, data=None, **options):
        super().__init__(panel, data, **options)
        self.fields["token"] = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
        self.fields["read_back"] = forms.BooleanField(
            label=_("I read all of it back to the person, and they said yes"),
            error_messages={"required": _("Read the answers back to the person first.")},
        )

    @property
    def parts(self):
        return [*super().parts, (_("Before keeping it"), ["read_back"])]
