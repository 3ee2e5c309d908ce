"""Proposing an idea: one screen, two required fields, one choice; the rest is asked after sending."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from src.participation.enums import IdentityMode, Signature
from src.participation.prompts import LONGEST
from theme.forms import ChoiceLabel

from ..validators import BODY_MAX, BODY_MIN, TITLE_MAX, TITLE_MIN, title_from
from .fields import LineField, PlainTextField, TermsForm

NAMED, TEAM, PROTECTED, ANONYMOUS = "named", "team", "protected", "anonymous"

SMALL_TEAM = _("If you describe your team or your place, your colleagues could recognise you.")

FROM_ELSEWHERE = _(
    "Others find your idea beside those that answer the same question. Untick it if you would rather not say where "
    "yours comes from."
)

# The exact sentences of the glossary: what others will know, told before sending.
IDENTITY_CHOICES = {
    NAMED: (_("With my name"), _("Your colleagues see your first name and your job. They can answer you.")),
    TEAM: (
        _("In the name of my team"),
        _("Only the name of your team is shown. Your colleagues can answer you."),
    ),
    PROTECTED: (
        _("Protected name"),
        _(
            "Your name is shown to nobody, neither your managers nor the team that studies. It stays under lock. "
            "Two people together can open it, only for a ground set by law or by the charter, and you would be "
            "told, unless a judge forbids it."
        ),
    ),
    ANONYMOUS: (
        pgettext_lazy("identity", "Anonymous"),
        _(
            "We don't record who you are. Keep the secret code: it is the only way to read the answer. Nobody will be "
            "able to give it to you again."
        ),
    ),
}


def here_help(site: str) -> str:
    """What asking one's own site means, before one ticks the box."""
    return _(
        "%(site)s answers within ten days. Without an answer, your idea goes up to your direction, with its date. "
        "Only with your name or your team’s."
    ) % {"site": site}


class TextRules(TermsForm):
    """The two required fields, shared by proposing and editing."""

    body = PlainTextField(
        label=_("What could be better, and how?"),
        help_text=_("Two or three sentences are enough. You will be able to complete it later."),
        min_length=BODY_MIN,
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={
            "required": _("Write what could be better, and how."),
            "min_length": ngettext_lazy(
                "Say a little more: at least %(limit_value)d character, you wrote %(show_value)d.",
                "Say a little more: at least %(limit_value)d characters, you wrote %(show_value)d.",
                "limit_value",
            ),
            "max_length": ngettext_lazy(
                "Shorten your text to %(limit_value)d character: you wrote %(show_value)d.",
                "Shorten your text to %(limit_value)d characters: you wrote %(show_value)d.",
                "limit_value",
            ),
        },
    )
    title = LineField(
        label=_("A short title"),
        help_text=_("Taken from your first sentence. You can change it."),
        min_length=TITLE_MIN,
        max_length=TITLE_MAX,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "autocomplete": "off",
                "class": "one",
                "data-title-from": "id_body",
                "data-title-max": 80,
            }
        ),
        error_messages={
            "required": _("Write a short title."),
            "min_length": _("Write a title of at least ten characters, so that others understand it."),
            "max_length": ngettext_lazy(
                "Shorten the title to %(limit_value)d character: it has %(show_value)d.",
                "Shorten the title to %(limit_value)d characters: it has %(show_value)d.",
                "limit_value",
            ),
        },
    )

    def __init__(self, data=None, *args, **kwargs):
        """Without JavaScript nobody fills the title from the first line: it is done here, before it is checked."""
        if data is not None and not data.get("title", "").strip() and data.get("body", "").strip():
            data = data.copy()
            data["title"] = title_from(data["body"])
        super().__init__(data, *args, **kwargs)


class ProposalForm(TextRules):
    """Text, title, and how to appear. ``modes`` are those the space allows, frozen at its first contribution.

    ``signed_out``: for who isn't signed in, on paper or at a kiosk, where the space takes anonymous texts.
    """

    identity = forms.ChoiceField(
        label=_("How do you want to appear?"),
        widget=forms.RadioSelect,
        help_text=_("It is chosen before sending and doesn't change afterwards."),
        error_messages={"required": _("Choose how you want to appear.")},
    )
    here = forms.BooleanField(label=_("To settle here, at my site"), required=False)
    labelled = forms.BooleanField(required=False)
    origin = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    draft = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ["body", "title", "identity", "here", "labelled", "origin", "token", "draft"]

    def __init__(
        self,
        *args,
        modes=(IdentityMode.NAMED, IdentityMode.PROTECTED),
        team="",
        site="",
        signed_out=False,
        prompt=None,
        preferred="",
        **kwargs,
    ):
        """``preferred``: the choice offered first.

        ``site``: the name of the author's site, when it can settle ideas itself; ``prompt``: what it answers.
        """
        super().__init__(*args, **kwargs)
        self.prompt = prompt
        if prompt is not None:
            tags = ", ".join(f"« {tag} »" for tag in prompt.tags)
            self.fields["labelled"].label = _("File it under %(tags)s") % {"tags": tags}
            self.fields["labelled"].help_text = FROM_ELSEWHERE
            self.initial |= {"origin": prompt.code}
            self.initial.setdefault("labelled", True)
        else:
            del self.fields["labelled"], self.fields["origin"]
        if site:
            self.fields["here"].help_text = here_help(site)
        else:
            del self.fields["here"]
        allowed = []
        if IdentityMode.NAMED in modes:
            allowed.append(NAMED)
            if team:
                allowed.append(TEAM)
        if IdentityMode.PROTECTED in modes:
            allowed.append(PROTECTED)
        if signed_out:
            allowed.append(ANONYMOUS)
        self.fields["identity"].choices = [(key, self._card(key, team)) for key in allowed]
        if not self.is_bound:
            if preferred in allowed:
                self.initial.setdefault("identity", preferred)
            self.initial.setdefault("token", uuid.uuid4())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("here") and cleaned.get("identity") in (PROTECTED, ANONYMOUS):
            self.add_error(
                "here",
                _(
                    "Your site would have to know whom it answers. Choose your name or your team’s, or leave this box "
                    "empty: the direction answers."
                ),
            )
        return cleaned

    @staticmethod
    def _card(key: str, team: str):
        """The word of a choice, with the sentence that says what follows."""
        label, sentence = IDENTITY_CHOICES[key]
        if key == TEAM:
            return ChoiceLabel(label, _("Signed “%(team)s”.") % {"team": team}, sentence)
        return ChoiceLabel(label, sentence, SMALL_TEAM if key in (PROTECTED, ANONYMOUS) else "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Those its author left on it."""
        return self.prompt.tags if self.prompt is not None and self.cleaned_data.get("labelled") else ()

    @property
    def identity_mode(self) -> str:
        """What the database keeps of the choice."""
        chosen = self.cleaned_data["identity"]
        return IdentityMode(chosen) if chosen in (PROTECTED, ANONYMOUS) else IdentityMode.NAMED

    @property
    def signature(self) -> str:
        return Signature.TEAM if self.cleaned_data["identity"] == TEAM else Signature.PERSON


class AnonymousForm(TextRules):
    """The same two fields, written signed out: nothing to choose, nothing to say of oneself."""

    field_order = ["body", "title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Nobody comes back to complete it.
        self.fields["body"].help_text = _("Two or three sentences are enough.")
