"""What a direction writes: what it asks, why it takes it back, what it did."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panels.forms.plain import PlainForm, day
from src.foundations.plain_fields import LineField, PlainTextField

from ..enums import ChangeOutcome, ReferralKind
from ..models.referral import TITLE_MAX


def words(label, missing, *, longest=8000, rows=6, **kwargs) -> PlainTextField:
    """A text of several lines; without ``missing``, the sentence for an empty one, it may be left out."""
    return PlainTextField(
        label=label,
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": gettext_lazy("Shorten it: it is longer than this page takes."),
        },
        **kwargs,
    )


class AskForm(PlainForm):
    """What every referral says; a form to try says more."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("In the name of"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose your direction."),
            "invalid_choice": gettext_lazy("Choose a unit you answer for."),
        },
    )
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=TITLE_MAX,
        help_text=gettext_lazy("In a few words, as it would be said aloud."),
        error_messages={
            "required": gettext_lazy("Write a title."),
            "max_length": gettext_lazy("Shorten the title to 140 characters."),
        },
    )
    question = words(
        gettext_lazy("What you ask the panel"),
        gettext_lazy("Write what you ask."),
        help_text=gettext_lazy("In plain words: what you want to know, and what you will do with the answer."),
    )
    tasks = words(
        gettext_lazy("Tasks to try"),
        gettext_lazy("Write one to eight tasks, one a line."),
        longest=2400,
        rows=8,
        help_text=gettext_lazy("One a line, from one to eight. For instance: fill in the part about your income."),
    )
    document = forms.FileField(
        label=gettext_lazy("The form, as a PDF"),
        required=False,
        help_text=gettext_lazy("8 MB and 100 pages at most. Who wrote it and when are erased when it arrives."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Or the address where it is filled in"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Shorten the address to 500 characters.")},
    )
    wanted_on = day(
        gettext_lazy("When you would like the answer"),
        required=False,
        help_text=gettext_lazy("You may leave it empty. The panel promises a day of its own."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, units, kind, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if kind != ReferralKind.FORM_TEST:
            for name in ("tasks", "document", "link"):
                del self.fields[name]
        if not self.is_bound:
            self.initial["token"] = uuid4()


class BecauseForm(PlainForm):
    """Why something is declined, or withdrawn."""

    because = words(gettext_lazy("Why"), gettext_lazy("Write why: the panel reads it."), longest=2000, rows=4)


class FollowForm(PlainForm):
    """What was done; of a form, for each thing to change."""

    def __init__(self, changes, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.changes = list(changes)
        for one in self.changes:
            self.fields[f"outcome_{one.position}"] = forms.ChoiceField(
                label=one.text,
                widget=forms.RadioSelect,
                choices=ChangeOutcome.choices,
                error_messages={
                    "required": gettext_lazy("Say whether it was done."),
                    "invalid_choice": gettext_lazy("Say whether it was done."),
                },
            )
            self.fields[f"because_{one.position}"] = words(
                _("If not, why (change %(n)d)") % {"n": one.position}, "", longest=2000, rows=2
            )
        self.fields["text"] = words(
            gettext_lazy("What was done of the answer"),
            gettext_lazy("Write what was done, or why it wasn’t."),
            help_text=gettext_lazy("Everybody reads it, and it doesn’t change afterwards."),
        )

    def outcomes(self) -> dict[int, tuple[str, str]]:
        """For each change, by its position: whether it was done, and if not why."""
        said = self.cleaned_data
        return {
            one.position: (said[f"outcome_{one.position}"], said[f"because_{one.position}"]) for one in self.changes
        }


class FilterForm(PlainForm):
    """Finding a referral among those of a panel."""

    etat = forms.ChoiceField(label=pgettext_lazy("filter", "State"), required=False)
    genre = forms.ChoiceField(label=pgettext_lazy("filter", "Kind"), required=False)
    retard = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, states, *args, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", pgettext_lazy("filter", "All"))]
        self.fields["etat"].choices = every + [(one.value, one.label) for one in states]
        self.fields["genre"].choices = every + list(ReferralKind.choices)
