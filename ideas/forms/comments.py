"""A comment, and the question or answer that goes with it."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from src.participation.enums import IdentityMode

from .fields import PlainTextField, TermsForm
from .propose import NAMED, PROTECTED

COMMENT_MAX = 1_500


class CommentForm(TermsForm):
    """What somebody answers to an idea or to a comment, and how they appear.

    ``official`` is offered to those who study or decide: their word then carries the badge of their role.
    ``only_official``: somebody who reads by their role alone has no other word.
    """

    text = PlainTextField(
        label=_("Your comment"),
        max_length=COMMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write your comment before publishing it."),
            "max_length": ngettext_lazy(
                "Shorten your comment to %(limit_value)d character: it has %(show_value)d.",
                "Shorten your comment to %(limit_value)d characters: it has %(show_value)d.",
                "limit_value",
            ),
        },
    )
    identity = forms.ChoiceField(label=_("How do you want to appear?"))
    official = forms.BooleanField(label=_("Speak for the study team"), required=False)
    parent = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args, modes=(IdentityMode.NAMED,), official_role="", official_label="", only_official=False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        choices = []
        if IdentityMode.NAMED in modes:
            choices.append((NAMED, _("With my name")))
        if IdentityMode.PROTECTED in modes:
            choices.append((PROTECTED, _("Protected name")))
        if len(choices) > 1 and not only_official:
            self.fields["identity"].choices = choices
            self.initial.setdefault("identity", choices[0][0])
        else:
            del self.fields["identity"]
        self.only_choice = choices[0][0] if choices else NAMED
        self.official_role = official_role
        self.only_official = only_official and bool(official_role)
        if self.only_official:
            self.fields["text"].label = _("Your word, under the badge of your role")
            self.fields["text"].help_text = _("You read this idea by your role: what you write here is official.")
        if official_role and not only_official:
            self.fields["official"].label = official_label
        else:
            del self.fields["official"]
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4())

    @property
    def identity_mode(self) -> str:
        """A word said in the name of a role is always signed; otherwise the author chose."""
        if self.speaks_for:
            return IdentityMode.NAMED
        chosen = self.cleaned_data.get("identity", self.only_choice)
        return IdentityMode.PROTECTED if chosen == PROTECTED else IdentityMode.NAMED

    @property
    def speaks_for(self) -> str:
        """The role in whose name the comment is said, empty for a person's own word."""
        return self.official_role if self.only_official or self.cleaned_data.get("official") else ""
