"""Forms of the candidates' desk: finding tickets, deciding, a guardian's agreement, needs, reading a profile."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField
from src.participation.enums import Channel

from .. import consent_texts
from ..enums import CandidateState, Departure, Ineligibility, Need
from ..reaching import LONGEST
from ..services.candidates import LONGEST_REASON
from .plain import PlainForm

CHOOSE = {"required": gettext_lazy("Choose in the list."), "invalid_choice": gettext_lazy("Choose in the list.")}
WAITS = {
    "decision": pgettext_lazy("candidate waits for", "A decision on eligibility"),
    "guardian": pgettext_lazy("candidate waits for", "A parent or guardian"),
    "call": pgettext_lazy("candidate waits for", "A call"),
}


class FilterForm(PlainForm):
    """Which tickets are shown; a filter that isn't one shows them all."""

    hide_optional = True

    q = forms.CharField(label=gettext_lazy("Ticket"), required=False, max_length=16)
    etat = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    liste = forms.ChoiceField(label=gettext_lazy("Source list"), required=False)
    attend = forms.ChoiceField(label=gettext_lazy("What waits"), required=False)

    def __init__(self, data, *, lists):
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["etat"].choices = [*every, *CandidateState.choices]
        self.fields["liste"].choices = [*every, *((one.slug, one.label) for one in lists)]
        self.fields["attend"].choices = [*every, *WAITS.items()]

    @property
    def asked(self) -> dict[str, str]:
        """The filters that hold, as an address says them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DecideForm(PlainForm):
    """Whether somebody may be drawn and, when not, why: out of a closed list."""

    ELIGIBLE = "oui"

    decision = forms.ChoiceField(
        label=gettext_lazy("May this person be drawn?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an answer."),
            "invalid_choice": gettext_lazy("Choose an answer."),
        },
    )

    def __init__(self, data=None):
        super().__init__(data)
        refused = [(one.value, _("No: %(reason)s") % {"reason": one.label}) for one in Ineligibility]
        self.fields["decision"].choices = [(self.ELIGIBLE, _("Yes, they are eligible")), *refused]

    @property
    def decided(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data["decision"]
        return {"is_eligible": said == self.ELIGIBLE, "reason": "" if said == self.ELIGIBLE else said}


class GuardianForm(PlainForm):
    """The agreement of a parent or guardian, and how it came."""

    name = LineField(
        label=gettext_lazy("Parent or guardian: first name and last name"),
        max_length=LONGEST["name"],
        error_messages={"required": gettext_lazy("Write who agrees.")},
    )
    phone = LineField(label=gettext_lazy("Their telephone number"), required=False, max_length=LONGEST["phone"])
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they agree?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.PAPER)],
        error_messages=CHOOSE,
    )

    @property
    def words(self) -> str:
        """The words asked of a guardian today."""
        return str(consent_texts.GUARDIAN[consent_texts.guardian_version()])


class NeedsForm(PlainForm):
    """What somebody needs to come."""

    hide_optional = True

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What makes coming possible"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Need.choices,
        error_messages=CHOOSE,
    )


class WithdrawForm(PlainForm):
    """Why somebody goes, when they had a seat: it is told of the seat, not of them."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Departure.WITHDREW, Departure.DECLINED, Departure.UNREACHABLE)],
        error_messages=CHOOSE,
    )


class ReasonForm(PlainForm):
    """Why a profile is read."""

    reason = PlainTextField(
        label=gettext_lazy("Why do you read this profile?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The journal keeps it with your name. Write nothing of what the profile says."),
        error_messages={"required": gettext_lazy("Say why you read this profile: the journal keeps it.")},
    )


class ProofForm(PlainForm):
    """A ticket and its secret number."""

    ticket = forms.CharField(
        label=gettext_lazy("Your ticket"),
        help_text=gettext_lazy("For instance P-7KQ4M."),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type your ticket.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Your secret number"),
        help_text=gettext_lazy("26 letters and digits, on your receipt. Spaces and hyphens don’t count."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type your secret number.")},
    )
