"""What comes from a file or from another questionnaire: the forms of the organiser's side."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.imports import Unreadable
from src.foundations.plain_fields import LineField

from .. import answer_file, document, likeness
from ..answer_lines import Meaning
from ..mapping import MOST_VALUES, distinct, propose_columns, propose_value, targets
from .answering import PlainForm
from .building import QuestionnaireForm

CHOSEN = {"required": gettext_lazy("Choose a file.")}


class SpaceForm(PlainForm):
    """In which space a questionnaire is begun."""

    space = forms.ModelChoiceField(
        label=gettext_lazy("Space"),
        queryset=None,
        empty_label=gettext_lazy("Choose a space"),
        help_text=QuestionnaireForm.base_fields["space"].help_text,
        error_messages=QuestionnaireForm.base_fields["space"].error_messages,
    )

    def __init__(self, *args, spaces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces


class QuestionsFileForm(SpaceForm):
    """A questionnaire in a file written by Terrain. Once valid, ``document`` is what it asks."""

    file = forms.FileField(
        label=gettext_lazy("File of the questionnaire"),
        help_text=gettext_lazy("The JSON file that “Take the questions away” gives, from here or from another city."),
        widget=forms.FileInput(attrs={"accept": "application/json,.json"}),
        error_messages=CHOSEN | {"empty": gettext_lazy("This file is empty.")},
    )
    document = None

    def clean_file(self):
        """Everything wrong in the file, at once."""
        file = self.cleaned_data["file"]
        try:
            self.document = document.read(file.read(document.MOST_BYTES + 1))
        except document.Refused as refusal:
            raise forms.ValidationError([str(fault) for fault in refusal.faults]) from None
        return file


class CopyForm(SpaceForm):
    """The questions of another questionnaire, under a title of their own."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Questions of"),
        queryset=None,
        empty_label=gettext_lazy("Choose a questionnaire"),
        help_text=gettext_lazy("Its questions come along, with their conditions; no answer does."),
        error_messages={
            "required": gettext_lazy("Choose the questionnaire whose questions you take."),
            "invalid_choice": gettext_lazy("Choose the questionnaire whose questions you take."),
        },
    )
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages={"required": gettext_lazy("Give it a title: people see it first.")},
    )
    field_order = ["source", "space", "title"]

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources


class AnswersFileForm(PlainForm):
    """Answers gathered elsewhere. Once valid, ``content`` is the file (``data`` is what was posted)."""

    source = LineField(
        label=gettext_lazy("Where do these answers come from?"),
        max_length=140,
        help_text=gettext_lazy("For instance: survey of the depots, October 2026."),
        error_messages={"required": gettext_lazy("Say where they come from: it is written in the journal.")},
    )
    file = forms.FileField(
        label=gettext_lazy("File of answers"),
        help_text=gettext_lazy(
            "CSV, one line an answer, the names of the columns first; 2,000 lines, 60 columns and 2 MB at most. Take "
            "out the columns that say who answered before sending it."
        ),
        widget=forms.FileInput(attrs={"accept": "text/csv,.csv,.txt,.tsv"}),
        error_messages=CHOSEN | {"empty": gettext_lazy("This file is empty.")},
    )
    content = b""

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.content = file.read(answer_file.MOST_BYTES + 1)
        try:
            answer_file.read(self.content)
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class ColumnsForm(PlainForm):
    """To which question each column answers; a column may answer none."""

    hide_optional = True

    def __init__(self, table, revision, data=None, *, columns=None):
        super().__init__(data)
        self.table, self.targets = table, {target.code: target for target in targets(revision)}
        chosen = {column: code for code, column in (columns or {}).items()} or propose_columns(table, revision)
        choices = [("", _("Leave this column out")), *((code, one.words) for code, one in self.targets.items())]
        for column, name in enumerate(table.columns):
            self.fields[f"column{column}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=chosen.get(column, ""),
                help_text=_sample(table, column),
                error_messages={"invalid_choice": _("Choose a question of the list.")},
            )

    def clean(self):
        """Each question is answered once: by its column, or by the columns of its lines."""
        cleaned = super().clean()
        taken: dict[str, str] = {}
        for name, code in list(cleaned.items()):
            if not code:
                continue
            key = code.partition(".")[0]
            if code in taken:
                self.add_error(name, _("Another column already answers this."))
            elif key in taken or "." not in code and any(other.startswith(f"{key}.") for other in taken):
                self.add_error(name, _("Another column already answers this question, whole or in part."))
            taken[code] = name
        if not taken and not self.errors:
            self.add_error(None, _("No column answers a question: choose one at least."))
        for code, name in taken.items():
            target = self.targets[code]
            if len(distinct(self.table, int(name.removeprefix("column")), target)) > MOST_VALUES:
                self.add_error(
                    name,
                    _("This column says more than %(n)d different things: is it really this question?")
                    % {"n": MOST_VALUES},
                )
        return cleaned

    @property
    def columns(self) -> dict[str, int]:
        """The column of each target, in the order of the file."""
        return {code: int(name.removeprefix("column")) for name, code in self.cleaned_data.items() if code}


def _sample(table, column: int) -> str:
    seen = list(dict.fromkeys(" ".join(value.split())[:60] for value in table.values(column)[:200]))[:3]
    if not seen:
        return _("Nothing is written in this column.")
    return _("For instance: %(values)s") % {"values": " · ".join(seen)}


class ValuesForm(PlainForm):
    """Which answer each word of the file is; one field a word, in the order of the columns."""

    hide_optional = True

    def __init__(self, table, revision, meaning: Meaning, data=None):
        super().__init__(data)
        known = {target.code: target for target in targets(revision)}
        self.asked, self.groups = {}, []
        for code, column in meaning.columns.items():
            if code not in known:
                continue
            target, names = known[code], []
            said = meaning.values.get(code, {})
            for place, value in enumerate(distinct(table, column, target)):
                name = f"value-{code.replace('.', '-')}-{place}"
                self.asked[name] = (code, likeness.fold(value) or value)
                self.fields[name] = forms.ChoiceField(
                    label=_("“%(value)s”") % {"value": value[:120]},
                    choices=[("", _("Choose an answer")), *target.offered],
                    required=False,
                    initial=said.get(self.asked[name][1]) or propose_value(value, target),
                    error_messages={"invalid_choice": _("Choose an answer of the list.")},
                )
                names.append(name)
            if names:
                self.groups.append({"title": target.words, "column": table.columns[column], "names": names})

    def clean(self):
        cleaned = super().clean()
        for name in self.asked:
            if name in cleaned and not cleaned[name]:
                self.add_error(name, _("Say which answer this is, or leave it blank."))
        return cleaned

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What each word means, by target."""
        found: dict[str, dict[str, str]] = {}
        for name, (code, word) in self.asked.items():
            found.setdefault(code, {})[word] = self.cleaned_data[name]
        return found
