"""What the team writes: a round, the first statements, how one was read."""

from django import forms
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day
from src.foundations.plain_fields import LineField, PlainTextField

from ..models.round import QUESTION_MAX, TITLE_MAX


class RoundForm(PlainForm):
    """A question and its days."""

    title = LineField(
        label=gettext_lazy("Title"),
        max_length=TITLE_MAX,
        error_messages={
            "required": gettext_lazy("Write a title."),
            "max_length": gettext_lazy("Shorten the title to 140 characters."),
        },
    )
    question = PlainTextField(
        label=gettext_lazy("The question"),
        max_length=QUESTION_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What statements are about. It no longer changes once the round has begun."),
        error_messages={
            "required": gettext_lazy("Write the question."),
            "max_length": gettext_lazy("Shorten the question to 600 characters."),
        },
    )
    opens_on = day(gettext_lazy("First day"))
    closes_on = day(
        gettext_lazy("Last day"),
        help_text=gettext_lazy("Members answer until that evening. Sheets of paper are typed for a week more."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AddForm(PlainForm):
    """Statements of the team, or of sheets, one a line."""

    texts = PlainTextField(
        label=gettext_lazy("Statements, one a line"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "140 characters at most, one idea each, that somebody may agree with or not. For instance: "
            "the counter should open on Saturday."
        ),
        error_messages={
            "required": gettext_lazy("Write one statement a line."),
            "max_length": gettext_lazy("Shorten it: it is longer than this page takes."),
        },
    )


class AsideForm(PlainForm):
    """Why a statement isn't shown."""

    because = PlainTextField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever proposed it reads this. For instance: it says two things; propose two."),
        error_messages={
            "required": gettext_lazy("Write why: whoever proposed it reads it."),
            "max_length": gettext_lazy("Shorten it to 300 characters."),
        },
    )


class MergeForm(PlainForm):
    """Which statement says the same."""

    same_as = forms.ModelChoiceField(
        label=gettext_lazy("The statement that says the same"),
        queryset=None,
        empty_label=gettext_lazy("Choose"),
        error_messages={
            "required": gettext_lazy("Choose a statement that is shown."),
            "invalid_choice": gettext_lazy("Choose a statement that is shown."),
        },
    )

    def __init__(self, shown, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same_as"].queryset = shown
