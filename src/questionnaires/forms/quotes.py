"""Reporting a quote, deciding, objecting; setting an answer aside."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import PlainTextField
from src.participation.enums import RemovalReason

from ..services.quotes import SET_ASIDE_FOR
from .answering import PlainForm

CHOOSE = dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a reason."))


def _words(label, *, rows=4, **kwargs) -> PlainTextField:
    return PlainTextField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReportForm(PlainForm):
    """Why a quote has no place here."""

    reason_code = forms.ChoiceField(
        label=gettext_lazy("Why do you report it?"),
        widget=forms.RadioSelect,
        choices=RemovalReason.choices,
        error_messages=CHOOSE,
    )
    words = _words(gettext_lazy("A word for the moderators"), rows=3, required=False, max_length=500)


class DecisionForm(PlainForm):
    """What a moderator decides of a reported quote."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[("keep", gettext_lazy("Keep it")), ("remove", gettext_lazy("Remove it"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a decision.")),
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("Reason, to remove it"), required=False, error_messages=CHOOSE)
    words = _words(gettext_lazy("What its author reads, if it is removed"), required=False)

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["reason_code"].choices = [("", _("Choose")), *RemovalReason.choices]


class ObjectionForm(PlainForm):
    """Whoever wrote an answer objects to the removal of the quote."""

    words = _words(
        gettext_lazy("Why it should be shown"),
        error_messages={"required": gettext_lazy("Say why in a whole sentence.")},
    )


class ObjectionAnswerForm(PlainForm):
    """What somebody else answers to an objection."""

    restored = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        choices=[("1", gettext_lazy("Show it again")), ("0", gettext_lazy("The removal stands"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose an answer.")),
    )
    words = _words(
        gettext_lazy("What its author reads"),
        error_messages={"required": gettext_lazy("Say why in a whole sentence.")},
    )


class SetAsideForm(PlainForm):
    """Why nobody should read an answer any more."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you set it aside?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in SET_ASIDE_FOR],
        error_messages=CHOOSE,
    )
