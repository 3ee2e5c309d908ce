"""The text of a group: who signs, who speaks for it, and its document."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import GroupKind
from ..validators import TITLE_MAX
from .fields import LineField
from .propose import TextRules


class GroupProposalForm(TextRules):
    """The two fields of any idea, the group, and a PDF if it has one."""

    kind = forms.ChoiceField(
        label=_("Which group signs?"),
        choices=GroupKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of group it is.")},
    )
    name = LineField(
        label=_("Name of the group"),
        help_text=_("As it is known at work. It is shown as the signature."),
        min_length=3,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the name of the group."),
            "min_length": _("Write the name of the group in full."),
        },
    )
    document = forms.FileField(
        label=_("Its document, in PDF"),
        help_text=_(
            "8 MB and 100 pages at most. Its properties (author, software, dates) are erased when it arrives."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    document_title = LineField(
        label=_("Title of the document"),
        help_text=_("In one line: what it holds, for those who can't open it."),
        required=False,
        max_length=TITLE_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("The group agreed to this text, and I speak for it: my name and my job are shown beside its own."),
        error_messages={"required": _("Tick this box: a group’s text needs its agreement, and somebody who answers.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    draft = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ["kind", "name", "body", "title", "document", "document_title", "agreed", "token", "draft"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("document") and not cleaned.get("document_title") and "document_title" not in self.errors:
            self.add_error("document_title", _("Give the document a title, for those who can't open it."))
        return cleaned
