"""One question as a form, whatever its kind; the rules of ``asking`` say whether its answer can be taken."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from src.foundations.plain_fields import LineField, PlainTextField
from src.participation.enums import IdentityMode
from theme.forms import ChoiceLabel

from .. import asking, words
from ..enums import AnswerMode

ANSWER, DECLINED = "answer", "declined"
ROW, PLACE = "row_", "place_"


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class AnswerForm(PlainForm):
    """The form of one question. ``value`` is what was answered before; once valid, ``answer`` is what is kept."""

    def __init__(self, question, data=None, *, value=None):
        super().__init__(data)
        self.question, self.spec, self.answer = question, question.spec, None
        # « facultatif » is said of the questions that may be left blank.
        self.hide_optional = self.spec.required
        _BUILDERS[self.spec.kind](self, value)
        if self.spec.personal and DECLINED not in self.fields and self.spec.kind not in (asking.SINGLE, asking.SCALE):
            self.fields[DECLINED] = forms.BooleanField(
                label=words.declined(), required=False, initial=asking.is_declined(value)
            )
        if self.question.help and ANSWER in self.fields and not self.fields[ANSWER].help_text:
            self.fields[ANSWER].help_text = self.question.help

    @property
    def has_rows(self) -> bool:
        """Whether the question is several fields under one title."""
        return ANSWER not in self.fields

    @property
    def guarded(self) -> tuple[str, ...]:
        """Fields written in one's own words: read by the safe rail first."""
        return (ANSWER,) if self.spec.kind in asking.TEXTS else ()

    def clean(self):
        cleaned = super().clean()
        try:
            self.answer = asking.clean(self.spec, self._raw())
        except asking.Invalid as refusal:
            self.add_error(self._at_fault(refusal.problem), words.problem_sentence(refusal.problem))
        return cleaned

    def _raw(self):
        if self.data.get(DECLINED) and DECLINED in self.fields:
            return asking.DECLINED
        kind = self.spec.kind
        if kind == asking.MULTIPLE:
            return self.data.getlist(ANSWER) if hasattr(self.data, "getlist") else self.data.get(ANSWER)
        if kind in asking.WITH_ROWS:
            return {row: self.data.get(ROW + row, "") for row in self.spec.rows}
        if kind == asking.RANKING:
            return self._ranking()
        if kind in asking.TEXTS or kind in (asking.NUMBER, asking.DATE):
            return self.cleaned_data.get(ANSWER, "")
        value = self.data.get(ANSWER, "")
        return asking.DECLINED if value == DECLINED and self.spec.personal else value

    def _ranking(self):
        places = {choice: self.data.get(PLACE + choice, "") for choice in self.spec.choices}
        given = {choice: place for choice, place in places.items() if place}
        if not given:
            return None
        if len(set(given.values())) < len(given):
            raise asking.Invalid("ranked_twice")
        if len(given) < len(places):
            raise asking.Invalid("not_all_ranked")
        if set(given.values()) != {str(place) for place in range(1, len(places) + 1)}:
            raise asking.Invalid("not_offered")
        return sorted(given, key=lambda choice: int(given[choice]))

    def _at_fault(self, problem) -> str | None:
        """The field a link of the summary leads to."""
        if ANSWER in self.fields:
            return ANSWER
        if problem.code == "rows_missing":
            return ROW + problem.params["missing"][0]
        if self.spec.kind == asking.RANKING:
            places = [self.data.get(PLACE + choice, "") for choice in self.spec.choices]
            fault = next((n for n, place in enumerate(places) if not place or place in places[:n]), 0)
            return PLACE + self.spec.choices[fault]
        return next(iter(self.fields), None)


class ChoiceField(forms.ChoiceField):
    """A choice whose value ``asking`` checks."""

    def validate(self, value):
        """Nothing here: one sentence for one mistake."""


class ChoicesField(forms.MultipleChoiceField):
    """Several choices whose values ``asking`` checks."""

    def validate(self, value):
        """Nothing here: one sentence for one mistake."""


def _radios(form, value, choices):
    if form.spec.personal:
        choices = [*choices, (DECLINED, words.declined())]
        value = DECLINED if asking.is_declined(value) else value
    form.fields[ANSWER] = ChoiceField(
        label=form.question.text, choices=choices, widget=forms.RadioSelect, required=False, initial=value
    )


def _single(form, value):
    _radios(form, value, [(choice["key"], choice["label"]) for choice in form.question.choices])


def _scale(form, value):
    spec, ends = form.spec, form.question.settings
    choices = []
    for step in range(spec.least, spec.most + 1):
        label = {spec.least: ends.get("least_label"), spec.most: ends.get("most_label")}.get(step)
        choices.append((str(step), _("%(step)d: %(label)s") % {"step": step, "label": label} if label else str(step)))
    if spec.no_opinion:
        choices.append((asking.NO_OPINION, words.no_opinion()))
    _radios(form, None if value is None else value if asking.is_declined(value) else str(value), choices)


def _several(form, value):
    spec = form.spec
    form.fields[ANSWER] = ChoicesField(
        label=form.question.text,
        choices=[(choice["key"], choice["label"]) for choice in form.question.choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[] if asking.is_declined(value) else value or [],
        help_text=" ".join(part for part in (form.question.help, _how_many(spec)) if part),
    )


def _how_many(spec) -> str:
    if spec.least and spec.most and spec.least == spec.most:
        return ngettext("Tick %(n)d answer.", "Tick %(n)d answers.", spec.most) % {"n": spec.most}
    if spec.least and spec.least > 1 and spec.most:
        return _("Tick from %(least)d to %(most)d answers.") % {"least": spec.least, "most": spec.most}
    if spec.most and spec.most < len(spec.choices):
        return ngettext("%(n)d answer at most.", "%(n)d answers at most.", spec.most) % {"n": spec.most}
    if spec.least and spec.least > 1:
        return ngettext("%(n)d answer at least.", "%(n)d answers at least.", spec.least) % {"n": spec.least}
    return _("Tick all that apply.")


def _rows(form, value):
    given = value if isinstance(value, dict) and not asking.is_declined(value) else {}
    choices = [(choice["key"], choice["label"]) for choice in form.question.choices]
    for row in form.question.rows:
        form.fields[ROW + row["key"]] = ChoiceField(
            label=row["label"],
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            initial=given.get(row["key"]),
        )


def _ranking(form, value):
    order = value if isinstance(value, list) else []
    places = [("", _("Choose its place")), *((str(n), str(n)) for n in range(1, len(form.spec.choices) + 1))]
    for choice in form.question.choices:
        form.fields[PLACE + choice["key"]] = ChoiceField(
            label=choice["label"],
            choices=places,
            widget=forms.Select,
            required=False,
            initial=str(order.index(choice["key"]) + 1) if choice["key"] in order else "",
        )


def _line(attrs):
    def build(form, value):
        form.fields[ANSWER] = forms.CharField(
            label=form.question.text,
            required=False,
            widget=forms.TextInput(attrs=attrs),
            initial=value if isinstance(value, str) else "",
        )

    return build


def _number(form, value):
    _line({"inputmode": "decimal", "autocomplete": "off"})(form, value)
    spec, unit = form.spec, form.question.settings.get("unit", "")
    bounds = _("A number from %(least)d to %(most)d.") % {"least": spec.least, "most": spec.most}
    form.fields[ANSWER].help_text = " ".join(part for part in (form.question.help, bounds, unit) if part)


def _text(rows, default):
    def build(form, value):
        most = form.spec.most or default
        form.fields[ANSWER] = PlainTextField(
            label=form.question.text,
            required=False,
            widget=forms.Textarea(attrs={"rows": rows}),
            initial=value if isinstance(value, str) else "",
            help_text=" ".join(
                part
                for part in (form.question.help, _("%(n)d characters at most. Name nobody.") % {"n": most})
                if part
            ),
        )

    return build


def _nothing(form, value):
    """An information block: nothing to fill in."""


_BUILDERS = {
    asking.SINGLE: _single,
    asking.MULTIPLE: _several,
    asking.SCALE: _scale,
    asking.GRID: _rows,
    asking.GRADES: _rows,
    asking.RANKING: _ranking,
    asking.NUMBER: _number,
    asking.DATE: _line({"type": "date"}),
    asking.SHORT_TEXT: _text(3, asking.SHORT_MOST),
    asking.LONG_TEXT: _text(8, asking.LONG_MOST),
    asking.INFORMATION: _nothing,
}


class SendForm(PlainForm):
    """Under what identity the answers are sent, among those the space offers; no question when there is one."""

    identity = forms.ChoiceField(
        label="",
        widget=forms.RadioSelect,
        error_messages={"required": "", "invalid_choice": ""},
    )

    def __init__(self, modes, data=None):
        super().__init__(data)
        self.modes = tuple(modes)
        field = self.fields["identity"]
        field.label = _("How do you answer?")
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _("Choose how you answer.")
        if len(self.modes) == 1:
            del self.fields["identity"]
            return
        field.choices = [(mode, ChoiceLabel(IdentityMode(mode).label, consequence(mode))) for mode in self.modes]

    @property
    def mode(self) -> str:
        """The identity chosen, or the only one."""
        return self.modes[0] if len(self.modes) == 1 else self.cleaned_data["identity"]


class OpenForm(SendForm):
    """Sending by the open link: a field nobody sees, which robots fill."""

    site = forms.CharField(required=False, label=gettext_lazy("Leave this field empty"))

    def clean_site(self):
        if self.cleaned_data["site"]:
            raise forms.ValidationError(_("Leave the hidden field empty: it is there for robots. Then send again."))
        return ""


class CodeForm(PlainForm):
    """The spoken code of what was begun."""

    code = LineField(
        label=gettext_lazy("Your code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("A word, two figures, a word: for instance POMME 47 RIVE."),
        error_messages={"required": gettext_lazy("Type your code."), "max_length": gettext_lazy("Type your code.")},
    )


def consequence(mode: str) -> str:
    """What an identity entails, in one sentence."""
    if mode == AnswerMode.SECRET:
        return words.secret()
    if mode == AnswerMode.OPEN:
        return words.open_link()
    if mode == IdentityMode.NAMED:
        return _("Your answers are kept with your name. The results only tell totals.")
    return _("Your answers are kept without your name: nobody reads who answered what, and the results tell totals.")
