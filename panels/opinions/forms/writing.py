"""Drafts, amendments, minority opinions."""

from django import forms
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, whole
from src.foundations.plain_fields import LineField, PlainTextField

from ..enums import AmendmentState
from ..models.drafting import MOST_REASON, MOST_TABLE, MOST_TEXT, MOST_TITLE
from ..models.opinion import MOST_NAME

SHORTER = gettext_lazy("Shorten it: it is too long.")


def words(label, most, *, missing, rows=6, help_text="", required=True):
    """A text of several lines."""
    return PlainTextField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": SHORTER},
    )


def line(label, most, *, missing="", help_text="", required=True, **attrs):
    """A text of one line."""
    return LineField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": missing, "max_length": SHORTER},
    )


class ForTable(PlainForm):
    """Words typed by the team say for whom; members write for themselves."""

    for_table = line(
        gettext_lazy("Typed for"),
        MOST_TABLE,
        missing=gettext_lazy("Write for whom you type: a table, a member."),
        help_text=gettext_lazy("A table, or somebody who asked: members read it."),
    )

    def __init__(self, *args, is_member: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_member:
            del self.fields["for_table"]


class DraftForm(ForTable):
    """A recommendation in its first words."""

    field_order = ("title", "text", "for_table")
    title = line(
        gettext_lazy("Title"), MOST_TITLE, missing=gettext_lazy("Write a title."),
        help_text=gettext_lazy("A few words that say what is asked."),
    )  # fmt: skip
    text = words(
        gettext_lazy("Recommendation"), MOST_TEXT, missing=gettext_lazy("Write the recommendation."), rows=8,
        help_text=gettext_lazy("What the panel asks of the city, so that one can see one day whether it is done."),
    )  # fmt: skip


class VersionForm(DraftForm):
    """Other words, and what changes in them."""

    field_order = ("title", "text", "note", "for_table")
    note = line(
        gettext_lazy("What changes, and why"), 300, missing=gettext_lazy("Say what changes, and why."),
        help_text=gettext_lazy("One sentence: it stays beside the version."),
    )  # fmt: skip
    on = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AmendmentForm(ForTable):
    """The text as it would become, and why."""

    field_order = ("text", "why", "for_table")
    text = words(
        gettext_lazy("The text as it would become"), MOST_TEXT, missing=gettext_lazy("Write the text."), rows=8,
        help_text=gettext_lazy("Change the words right here: what changes is shown to all."),
    )  # fmt: skip
    why = words(gettext_lazy("Why"), MOST_REASON, missing=gettext_lazy("Write why."), rows=3)


class DecideForm(PlainForm):
    """What the panel decided of an amendment."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        widget=forms.RadioSelect,
        choices=[
            (AmendmentState.ACCEPTED, gettext_lazy("Accepted: its words are the new version")),
            (AmendmentState.MERGED, gettext_lazy("Merged: the words below are the new version")),
            (AmendmentState.REJECTED, gettext_lazy("Rejected: the text stays")),
        ],
        error_messages={
            "required": gettext_lazy("Choose what becomes of it."),
            "invalid_choice": gettext_lazy("Choose what becomes of it."),
        },
    )
    text = words(
        gettext_lazy("The text, if it is merged"), MOST_TEXT, missing="", rows=8, required=False,
        help_text=gettext_lazy("Only when it is merged with other words."),
    )  # fmt: skip
    reason = words(
        gettext_lazy("Why"), MOST_REASON, missing=gettext_lazy("Write why: whoever proposed it reads it."), rows=3
    )


class ReasonForm(PlainForm):
    """Why something is withdrawn or called off."""

    reason = words(gettext_lazy("Why"), 300, missing=gettext_lazy("Write why."), rows=3)


class MinorityForm(PlainForm):
    """A minority opinion, and how its author signs it."""

    recommendation = forms.TypedChoiceField(
        label=gettext_lazy("What it is about"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose a recommendation of this panel.")},
    )
    text = words(
        gettext_lazy("Minority opinion"), 4000, missing=gettext_lazy("Write the opinion."), rows=8,
        help_text=gettext_lazy("It stands beside the opinion of the panel. Nobody else changes it or takes it away."),
    )  # fmt: skip
    name = line(
        gettext_lazy("Your name, if you sign by name"), MOST_NAME, required=False, autocomplete="name",
        help_text=gettext_lazy("Everybody reads it. Left empty, you are counted without a name."),
    )  # fmt: skip

    def __init__(self, *args, recommendations, **kwargs):
        super().__init__(*args, **kwargs)
        whole = [("", gettext_lazy("The opinion as a whole"))]
        self.fields["recommendation"].choices = whole + [
            (one.number, f"{one.number}. {one.current.title}") for one in recommendations
        ]


class SignForm(PlainForm):
    """How somebody signs a minority opinion."""

    name = line(
        gettext_lazy("Your name, if you sign by name"), MOST_NAME, required=False, autocomplete="name",
        help_text=gettext_lazy("Everybody reads it. Left empty, you are counted without a name."),
    )  # fmt: skip


class PaperMinorityForm(MinorityForm):
    """The same, typed from the paper of a member."""

    field_order = ("member", "recommendation", "text", "name")
    member = whole(
        gettext_lazy("Number of the member who wrote it"), gettext_lazy("Write the number on the paper."), least=1,
        help_text=gettext_lazy("It is printed on their letter and on their badge."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = gettext_lazy("Word for word, as it is on the paper: nothing is put right.")
        on_paper(self.fields["name"])


class PaperSignForm(SignForm):
    """A signature that came on paper."""

    field_order = ("member", "name")
    member = whole(
        gettext_lazy("Number of the member who signs"), gettext_lazy("Write the number on the paper."), least=1,
        help_text=gettext_lazy("It is printed on their letter and on their badge."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        on_paper(self.fields["name"])


def on_paper(field) -> None:
    """Ask for somebody else's name: only if they wrote that everybody may read it."""
    field.label = gettext_lazy("Their name, if they sign by name")
    field.help_text = gettext_lazy("Only if the paper says so: everybody reads it. Left empty, they are counted.")
    field.widget.attrs["autocomplete"] = "off"
