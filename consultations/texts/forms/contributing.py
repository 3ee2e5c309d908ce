"""Contributing to a unit, changing one's words, replying, reporting."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import PlainTextField
from src.participation.enums import IdentityMode, RemovalReason
from theme.forms import ChoiceLabel

from .. import rules
from ..enums import OFFERED, ContributionKind, UnitKind
from ..models import TextUnit
from ..services.contributing import checked
from .base import PlainForm

KINDS = {
    ContributionKind.SUPPORT: (
        gettext_lazy("I agree with this text"),
        gettext_lazy("You may say why; silence is fine too."),
    ),
    ContributionKind.AMEND: (
        gettext_lazy("I propose another wording"),
        gettext_lazy("Write it below, in the place of the text."),
    ),
    ContributionKind.QUESTION: (
        gettext_lazy("I ask a question"),
        gettext_lazy("The team that writes the text answers it."),
    ),
}


def consequence(mode: str) -> str:
    """What an identity entails here, in one sentence: the words are read by the circle, the name or not."""
    if mode == IdentityMode.NAMED:
        return _("Your colleagues see your first name and your job. They can answer you.")
    return _(
        "Your name is shown to nobody, neither your managers nor the team that studies. It stays under lock. Two "
        "people together can open it, only for a ground set by law or by the charter, and you would be told, "
        "unless a judge forbids it."
    )


def kind_choices() -> list:
    """The three gestures, as cards."""
    return [(str(kind), ChoiceLabel(*KINDS[kind])) for kind in OFFERED]


class _Words(PlainForm):
    """Two texts, read by the safe rail before anything is kept."""

    body = PlainTextField(label=gettext_lazy("Your words"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    proposal = PlainTextField(
        label=gettext_lazy("The wording you propose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Only for another wording. The whole article, as you would like to read it."),
    )

    def __init__(self, data=None, *, unit: TextUnit, kind: str = "", **kwargs):
        super().__init__(data, **kwargs)
        self.unit, self.kind = unit, kind

    def clean(self):
        cleaned = super().clean()
        kind = self.kind or cleaned.get("kind", "")
        if not kind or self.errors:
            return cleaned
        try:
            _kind, cleaned["body"], cleaned["proposal"] = checked(
                kind, cleaned.get("body", ""), cleaned.get("proposal", ""), self.unit
            )
        except ValidationError as refusal:
            for name, errors in refusal.error_dict.items():
                self.add_error(name, errors)
        return cleaned


class ContributeForm(_Words):
    """One contribution to one unit, and under which identity."""

    hide_optional = True
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you say of it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say what you want to do with this article."),
            "invalid_choice": gettext_lazy("Say what you want to do with this article."),
        },
    )
    identity = forms.ChoiceField(
        label=gettext_lazy("How do you contribute?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how you contribute."),
            "invalid_choice": gettext_lazy("Choose how you contribute."),
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["kind", "proposal", "body", "identity", "token"]

    def __init__(self, data=None, *, unit: TextUnit, text):
        super().__init__(data, unit=unit, initial={"token": uuid.uuid4(), "proposal": unit.body})
        self.fields["kind"].choices = kind_choices()
        self.modes = rules.modes_offered(text)
        if len(self.modes) == 1:
            del self.fields["identity"]
        else:
            self.fields["identity"].choices = [
                (mode, ChoiceLabel(IdentityMode(mode).label, consequence(mode))) for mode in self.modes
            ]

    @property
    def mode(self) -> str:
        return self.modes[0] if len(self.modes) == 1 else self.cleaned_data["identity"]

    @property
    def one_mode(self) -> str:
        """What the only identity means, said when there is no choice."""
        return consequence(self.modes[0]) if len(self.modes) == 1 else ""

    def clean_token(self):
        return self.cleaned_data["token"] or uuid.uuid4()


class ChangeForm(_Words):
    """Other words in the place of one's own."""

    hide_optional = True
    field_order = ["proposal", "body"]

    def __init__(self, data=None, *, contribution):
        super().__init__(
            data,
            unit=contribution.unit,
            kind=contribution.kind,
            initial={"body": contribution.body, "proposal": contribution.proposal},
        )
        if contribution.kind != ContributionKind.AMEND:
            del self.fields["proposal"]


class ReplyForm(PlainForm):
    """Answering a contribution."""

    hide_optional = True
    body = PlainTextField(
        label=gettext_lazy("Your reply"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write your reply before sending it.")},
    )
    identity = forms.ChoiceField(
        label=gettext_lazy("How do you reply?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how you reply."),
            "invalid_choice": gettext_lazy("Choose how you reply."),
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, text):
        super().__init__(data, initial={"token": uuid.uuid4()})
        self.modes = rules.modes_offered(text)
        if len(self.modes) == 1:
            del self.fields["identity"]
        else:
            self.fields["identity"].choices = [
                (mode, ChoiceLabel(IdentityMode(mode).label, consequence(mode))) for mode in self.modes
            ]

    @property
    def mode(self) -> str:
        return self.modes[0] if len(self.modes) == 1 else self.cleaned_data["identity"]

    def clean_token(self):
        return self.cleaned_data["token"] or uuid.uuid4()


class ReportForm(PlainForm):
    """Why a contribution has no place here."""

    reason_code = forms.ChoiceField(
        label=gettext_lazy("Why do you report it?"),
        widget=forms.RadioSelect,
        choices=RemovalReason.choices,
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    words = PlainTextField(
        label=gettext_lazy("A word for the moderators"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ObjectForm(PlainForm):
    """The author objects to a removal."""

    words = PlainTextField(
        label=gettext_lazy("Why it should be shown"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why in a whole sentence.")},
    )


class SheetForm(_Words):
    """One contribution as a sheet of paper asks it, and as it is typed back: its article is ticked."""

    hide_optional = True
    article = forms.ChoiceField(
        label=gettext_lazy("Which article?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Tick one article."),
            "invalid_choice": gettext_lazy("Tick one article."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you say of it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say what you want to do with this article."),
            "invalid_choice": gettext_lazy("Say what you want to do with this article."),
        },
    )
    field_order = ["article", "kind", "proposal", "body"]

    def __init__(self, text, units, data=None):
        super().__init__(data, unit=None)
        self.text = text
        self.units = {unit.key: unit for unit in units if unit.kind != UnitKind.HEADING}
        self.fields["article"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["kind"].choices = [(str(kind), KINDS[kind][0]) for kind in OFFERED]

    def clean(self):
        self.unit = self.units.get(self.data.get("article", ""))
        if self.unit is None:
            return forms.Form.clean(self)
        if not rules.is_open(self.text):
            self.add_error(None, _("This text takes no contribution any more: set the sheet aside."))
        return super().clean()
