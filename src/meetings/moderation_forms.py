"""The forms of moderation: a report, an objection, what moderators decide."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.foundations.plain_fields import PlainTextField
from src.participation.enums import RemovalReason
from src.participation.services.moderation import REPORT_TEXT_MAX, TEXT_MAX

from .forms import PlainForm


class ReportForm(PlainForm):
    """Why a topic has no place here."""

    reason_code = forms.ChoiceField(
        label=_("Why do you report this topic?"),
        widget=forms.RadioSelect,
        choices=RemovalReason.choices,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    words = PlainTextField(
        label=_("A word for the moderators"),
        required=False,
        max_length=REPORT_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )


class ObjectionForm(PlainForm):
    """The author objects to a removal."""

    words = PlainTextField(
        label=_("Why this topic should be shown"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why in a whole sentence.")},
    )


class DecisionForm(PlainForm):
    """What a moderator decides of a reported topic."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("keep", _("Keep the topic")), ("remove", _("Remove the topic"))],
        error_messages={"required": _("Choose a decision."), "invalid_choice": _("Choose a decision.")},
    )
    reason_code = forms.ChoiceField(label=_("Reason, to remove the topic"), required=False)
    words = PlainTextField(
        label=_("What its author reads, if the topic is removed"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["reason_code"].choices = [("", gettext("Choose")), *RemovalReason.choices]


class ObjectionAnswerForm(PlainForm):
    """What somebody else answers to an objection."""

    restored = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("1", _("Show the topic again")), ("0", _("The removal stands"))],
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
    words = PlainTextField(
        label=_("What the author of the topic reads"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why in a whole sentence.")},
    )
