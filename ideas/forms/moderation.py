"""Reporting a text, objecting to a removal, deciding, answering an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.participation.enums import RemovalReason
from src.participation.services.moderation import REPORT_TEXT_MAX, TEXT_MAX, TEXT_MIN
from theme.forms import ChoiceLabel

from ..selectors.moderation import KINDS, STATES, TO_READ
from .fields import PlainTextField, TermsForm, plain_text
from .steps import text_area

KEEP, REMOVE = "garder", "retirer"
UPHOLD, RESTORE = "maintenir", "remettre"


class StatedField(PlainTextField):
    """Words somebody will read: from a sentence to a thousand characters."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", text_area(4))
        super().__init__(min_length=TEXT_MIN, max_length=TEXT_MAX, **kwargs)


class ReportForm(TermsForm):
    """Why this text has no place here, with a word if one wishes."""

    reason_code = forms.ChoiceField(
        label=_("What is wrong with this text?"),
        choices=RemovalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    text = PlainTextField(
        label=_("A word for the moderators"),
        help_text=_("They read it without your name."),
        required=False,
        max_length=REPORT_TEXT_MAX,
        widget=text_area(3),
    )


class AppealForm(TermsForm):
    """Why the author thinks that the text may stay."""

    text = StatedField(
        label=_("Why should your text be shown again?"),
        help_text=_("Another person than the one who removed it reads this, with your text."),
        error_messages={"required": _("Say why your text should be shown again.")},
    )


class DecisionForm(TermsForm):
    """Keep or remove; a removal says why, to the author."""

    # What a removal asks is drawn apart, and shown with it.
    hide_optional = True

    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: keep or remove.")},
    )
    reason_code = forms.ChoiceField(
        label=_("Reason for the removal"),
        choices=RemovalReason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = StatedField(
        label=_("What you tell the author"),
        help_text=_("The author alone reads it, with your first name and how to object."),
        required=False,
    )
    decisions = forms.IntegerField(widget=forms.HiddenInput, required=False)
    remark = PlainTextField(
        label=_("A note between moderators"),
        help_text=_("Optional. Neither the author nor those who reported read it."),
        required=False,
        max_length=TEXT_MAX,
        widget=text_area(2),
    )

    def __init__(self, *args, may_keep: bool, was_hidden: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        kept = (
            _("The reports are set aside, and the text is shown again.")
            if was_hidden
            else _("The reports are set aside. Nothing changes for the readers.")
        )
        remove = (REMOVE, ChoiceLabel(_("Remove"), _("Its author and the moderators alone still read it.")))
        self.fields["decision"].choices = [(KEEP, ChoiceLabel(_("Keep"), kept)), remove] if may_keep else [remove]
        if not may_keep:
            self.initial.setdefault("decision", REMOVE)

    def clean(self):
        data = super().clean()
        if data.get("decision") == REMOVE:
            if not data.get("reason_code"):
                self.add_error("reason_code", _("Choose a reason: the author reads it."))
            if not data.get("text") and "text" not in self.errors:
                self.add_error("text", _("Tell the author why, in plain words."))
        return data


class AppealAnswerForm(TermsForm):
    """Uphold or show again, and say why to the author."""

    decision = forms.ChoiceField(
        label=_("Your answer to the objection"),
        choices=[
            (UPHOLD, ChoiceLabel(_("Uphold the removal"), _("The text stays hidden. This answer is final."))),
            (RESTORE, ChoiceLabel(_("Show the text again"), _("It comes back where it was, with its supports."))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: uphold, or show again.")},
    )
    text = StatedField(
        label=_("What you answer to the author"),
        help_text=_("The author reads it, with your first name."),
        error_messages={"required": _("Say why, in plain words: the author reads it.")},
    )


class QueueForm(TermsForm):
    """Which part of the moderators' queue somebody reads; it never refuses."""

    etat = forms.ChoiceField(label=_("State"), required=False, choices=list(STATES.items()))
    genre = forms.ChoiceField(label=_("What"), required=False)
    motif = forms.ChoiceField(label=_("Reason"), required=False)
    boite = forms.ChoiceField(label=_("Box"), required=False)

    def __init__(self, asked: dict, *, spaces):
        super().__init__(initial=asked)
        self.fields["genre"].choices = [("", _("Ideas and comments")), *KINDS.items()]
        self.fields["motif"].choices = [("", _("All reasons")), *RemovalReason.choices]
        self.fields["boite"].choices = [("", _("All boxes")), *spaces]

    @staticmethod
    def read(data) -> dict:
        """What was asked; a value nobody offers counts as not asked."""
        words = {
            name: plain_text(str(data.get(name, ""))).strip()[:64] for name in ("etat", "genre", "motif", "boite")
        }
        return {
            "etat": words["etat"] if words["etat"] in STATES else TO_READ,
            "genre": words["genre"] if words["genre"] in KINDS else "",
            "motif": words["motif"] if words["motif"] in RemovalReason.values else "",
            "boite": words["boite"],
        }
