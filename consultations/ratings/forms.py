"""What handlers write: answers, reasons, notes, visits, keys; and the questions of lists."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations.plain_fields import LineField, PlainTextField, plain_text

from .enums import PointKind, ReportState, SuggestionState
from .models.report import ANSWER

MOST_BYTES = 500_000


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class AnswerForm(PlainForm):
    """The answer to a problem report."""

    answer = PlainTextField(
        label=_("Your answer"),
        help_text=_("Say what happened, then what changes. Your name and your unit sign it."),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=ANSWER,
        error_messages={"required": _("Write an answer of at least one sentence.")},
    )


class IdeaForm(PlainForm):
    """The box a suggestion goes to; the usual one is chosen already."""

    box = forms.ChoiceField(label=_("Box"), error_messages={"required": _("Choose a box.")})

    def __init__(self, *args, boxes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["box"].choices = boxes
        if boxes:
            self.fields["box"].initial = boxes[0][0]


class AsideForm(PlainForm):
    """Why a suggestion is set aside."""

    reason = LineField(
        label=_("Reason"),
        help_text=_("For your colleagues: already there, said elsewhere, nothing one can act on."),
        max_length=200,
        error_messages={"required": _("Say in a few words why it is set aside.")},
    )


class NoteForm(PlainForm):
    """What an unusual series was."""

    note = LineField(
        label=_("What it was"),
        help_text=_("For instance: a group of visitors, an event, a test, stuffing. The ratings stay counted."),
        max_length=200,
        error_messages={"required": _("Say in a few words what it was.")},
    )


class VisitsForm(PlainForm):
    """Visits as a file, looked at first or sent."""

    file = forms.FileField(
        label=_("File of the visits"),
        help_text=_("CSV in UTF-8: point, contact, and langue if you like. At most 2,000 lines."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self):
        """Nothing larger than what 2,000 lines need."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: 2,000 lines at most."))
        return file


class KeyForm(PlainForm):
    """A new key for a program."""

    name = LineField(
        label=_("Name of the program"),
        help_text=_("For instance: appointments of the town halls."),
        max_length=80,
        error_messages={"required": _("Name the program.")},
    )


@dataclass(frozen=True)
class QualityFilters:
    """The public list's question, read from the address; a value nobody offers counts as not asked."""

    q: str = ""
    direction: str = ""
    kind: str = ""
    sort: str = ""

    SORTS = {"satisfaits": _("Most satisfied first"), "reponses": _("Most answers first")}

    @classmethod
    def read(cls, data) -> "QualityFilters":
        """Anything may be asked."""
        kind, sort = str(data.get("genre", ""))[:20], str(data.get("tri", ""))[:20]
        return cls(
            q=plain_text(str(data.get("q", ""))[:100], one_line=True),
            direction=plain_text(str(data.get("direction", ""))[:32], one_line=True),
            kind=kind if kind in PointKind.values else "",
            sort=sort if sort in cls.SORTS else "",
        )

    @property
    def asked(self) -> dict[str, str]:
        pairs = {"q": self.q, "direction": self.direction, "genre": self.kind, "tri": self.sort}
        return {name: value for name, value in pairs.items() if value}

    def query(self) -> str:
        return urlencode(self.asked)


class QualityFilterForm(PlainForm):
    """Draws what ``QualityFilters`` has read, and never refuses."""

    q = forms.CharField(label=_("Search a point"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    genre = forms.ChoiceField(label=_("Kind"), required=False)
    tri = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, filters: QualityFilters, *, directions):
        super().__init__(initial=filters.asked)
        self.fields["direction"].choices = [("", _("All directions")), *directions]
        self.fields["genre"].choices = [("", _("All kinds")), *PointKind.choices]
        self.fields["tri"].choices = [("", _("By name")), *QualityFilters.SORTS.items()]


@dataclass(frozen=True)
class QueueFilters:
    """The question of a queue: its state and words."""

    state: str = ""
    q: str = ""

    @classmethod
    def read(cls, data, states) -> "QueueFilters":
        """Anything may be asked."""
        state = str(data.get("etat", ""))[:20]
        return cls(state if state in states else "", plain_text(str(data.get("q", ""))[:100], one_line=True))

    @property
    def asked(self) -> dict[str, str]:
        return {name: value for name, value in (("etat", self.state), ("q", self.q)) if value}

    def query(self, **more: str) -> str:
        return urlencode({**self.asked, **{name: value for name, value in more.items() if value}})


class QueueFilterForm(PlainForm):
    """Draws what ``QueueFilters`` has read."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    etat = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, filters: QueueFilters, *, states):
        super().__init__(initial=filters.asked)
        self.fields["etat"].choices = [("", _("All states")), *states]


REPORT_STATES, SUGGESTION_STATES = ReportState, SuggestionState
