"""Writing a text and its versions, giving outcomes: from the organisers' workshop."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField
from src.foundations.several import SeveralField
from src.participation.enums import RemovalReason

from .. import words
from ..cutting import FORMATS, read_file, read_paste
from ..enums import OFFERED, ContributionKind, OutcomeKind, UnitKind
from ..services.deciding import MOST_REASON, MOST_THEME
from .base import PlainForm


class TextForm(PlainForm):
    """The space of a text and the words around it."""

    space = forms.ModelChoiceField(
        label=gettext_lazy("Where"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose where people contribute."),
            "invalid_choice": gettext_lazy("Choose where people contribute."),
        },
    )
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages={"required": gettext_lazy("Give the text a title.")},
    )
    introduction = PlainTextField(
        label=gettext_lazy("Introduction"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What this text changes, for whom, and until when one can still change it."),
    )

    def __init__(self, data=None, *, spaces=None, initial=None):
        super().__init__(data, initial=initial)
        if spaces is None:
            del self.fields["space"]
        else:
            self.fields["space"].queryset = spaces


class BringForm(PlainForm):
    """A file, or a paste. Once valid, ``units`` are what was cut."""

    hide_optional = True
    file = forms.FileField(
        label=gettext_lazy("The file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("DOCX, ODT, HTML, Markdown or TXT, 8 MB at most. The file itself isn't kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in FORMATS)}),
    )
    paste = PlainTextField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("“Article 3”, “3.” or a # before a title tell where to cut. A blank line too."),
    )

    def __init__(self, data=None, files=None):
        super().__init__(data, files)
        self.units: list = []

    def clean(self):
        cleaned = super().clean()
        file, paste = cleaned.get("file"), cleaned.get("paste", "")
        if self.errors:
            return cleaned
        if bool(file) == bool(paste):
            self.add_error("file", _("Choose a file, or paste the text: one of the two."))
            return cleaned
        name = "file" if file else "paste"
        try:
            self.units = read_file(file) if file else read_paste(paste)
        except ValidationError as refusal:
            self.add_error(name, refusal.messages)
        return cleaned


class UnitForm(PlainForm):
    """One unit."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.RadioSelect, choices=UnitKind.choices)
    label = LineField(label=gettext_lazy("Number"), required=False, max_length=20)
    title = LineField(label=gettext_lazy("Title"), required=False, max_length=200)
    body = PlainTextField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 10}))


class SplitForm(PlainForm):
    """Where a unit is cut: the words of each side."""

    first = PlainTextField(
        label=gettext_lazy("What stays"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Leave words on both sides of the cut.")},
    )
    second = PlainTextField(
        label=gettext_lazy("What goes to a new unit"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Move the end of the text here, without changing its words."),
        error_messages={"required": gettext_lazy("Leave words on both sides of the cut.")},
    )
    label = LineField(label=gettext_lazy("Number of the new unit"), required=False, max_length=20)
    title = LineField(label=gettext_lazy("Title of the new unit"), required=False, max_length=200)


class NoteForm(PlainForm):
    """What changes in a version, and why."""

    note = PlainTextField(
        label=gettext_lazy("What changes in this version, in a few lines"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OutcomeForm(PlainForm):
    """What becomes of one contribution, or of several at once."""

    hide_optional = True
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a contribution", "Outcome"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an outcome."),
            "invalid_choice": gettext_lazy(
                "Choose an outcome that fits: a wording is taken, partly taken or set aside."
            ),
        },
    )
    spans = SeveralField(
        label=gettext_lazy("The changes that take it"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For “taken” and “partly taken”. Write the change in the next version first."),
        error_messages={"invalid_choice": gettext_lazy("This change isn't there any more: read this page again.")},
    )
    reason = PlainTextField(
        label=gettext_lazy("What the author reads"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed to set aside or to answer: a plain sentence that says why."),
        max_length=MOST_REASON,
    )
    theme = LineField(
        label=gettext_lazy("What they have in common"),
        required=False,
        max_length=MOST_THEME,
        help_text=gettext_lazy(
            "Each author reads that the same answer was given to several contributions about this."
        ),
    )

    def __init__(self, data=None, *, kinds, spans, names, many: bool, initial=None):
        super().__init__(data, initial=initial)
        self.fields["kind"].choices = [(str(kind), OutcomeKind(kind).label) for kind in kinds]
        field = self.fields["spans"]
        field.queryset = spans
        field.label_from_instance = lambda span: (
            _("%(unit)s: %(change)s")
            % {
                "unit": names.get(span.key, span.key),
                "change": words.change_words(span.kind, span.before, span.after)[:200],
            }
        )
        if not spans.exists():
            del self.fields["spans"]
        if not many:
            del self.fields["theme"]


class DecisionForm(PlainForm):
    """What a moderator decides of a reported contribution."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[("keep", gettext_lazy("Keep it")), ("remove", gettext_lazy("Remove it"))],
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("Reason, to remove it"), required=False)
    words = PlainTextField(
        label=gettext_lazy("What its author reads, if it is removed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["reason_code"].choices = [("", _("Choose")), *RemovalReason.choices]


class ObjectionAnswerForm(PlainForm):
    """What somebody else answers to an objection."""

    restored = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        choices=[("1", gettext_lazy("Show it again")), ("0", gettext_lazy("The removal stands"))],
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    words = PlainTextField(
        label=gettext_lazy("What its author reads"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why in a whole sentence.")},
    )


class FilterForm(PlainForm):
    """Searching contributions."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    article = forms.ChoiceField(label=gettext_lazy("Article"), required=False)
    genre = forms.ChoiceField(label=gettext_lazy("What is said"), required=False)
    suite = forms.ChoiceField(label=pgettext_lazy("of a contribution", "Outcome"), required=False)

    def __init__(self, asked, units):
        super().__init__(initial=asked.params)
        self.fields["article"].choices = [("", _("All articles")), *((u.key, u.name) for u in units)]
        self.fields["genre"].choices = [("", _("Everything")), *((k, ContributionKind(k).label) for k in OFFERED)]
        self.fields["suite"].choices = [("", _("All of them")), ("attente", _("Waiting")), *OutcomeKind.choices]
