"""What coders fill: themes, the codes of an answer, filters, gestures on several answers, two readers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations.plain_fields import LineField, PlainTextField
from theme.forms import ChoiceLabel

from ..coding_reading import NO_THEME, READ, UNREAD
from .answering import PlainForm


class ThemeForm(PlainForm):
    """A theme: a name and one sentence."""

    name = LineField(
        label=pgettext_lazy("theme", "Name"), max_length=80, error_messages={"required": _("Name the theme.")}
    )
    definition = LineField(
        label=_("Definition, in one sentence"),
        max_length=300,
        help_text=_("What an answer must say to be in it, and what isn't in it. Two people should read it alike."),
        error_messages={"required": _("Say in one sentence what this theme holds.")},
    )


class MergeForm(PlainForm):
    """The theme that takes another one's answers."""

    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=None,
        empty_label=_("Choose a theme"),
        error_messages={
            "required": _("Choose the theme that takes its answers."),
            "invalid_choice": _("Choose the theme that takes its answers."),
        },
    )

    def __init__(self, data=None, *, theme):
        super().__init__(data)
        others = theme.codebook.themes.filter(merged_into__isnull=True).exclude(pk=theme.pk)
        self.fields["into"].queryset = others


class CodingForm(PlainForm):
    """The themes of one answer, or that it has none."""

    themes = forms.MultipleChoiceField(
        label=_("What does this answer speak of?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    none = forms.BooleanField(label=_("None of these themes"), required=False)
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, themes, given=None, version=0):
        initial = {"seen": version}
        if given is not None:
            initial |= {"themes": [theme.reference for theme in given], "none": not given}
        super().__init__(data, initial=initial)
        self.hide_optional = True
        self.by_reference = {theme.reference: theme for theme in themes}
        self.fields["themes"].choices = [
            (theme.reference, ChoiceLabel(f"{number}. {theme.name}", theme.definition))
            for number, theme in enumerate(themes, start=1)
        ]
        self.fields["themes"].error_messages["invalid_choice"] = _("This theme is gone: look at the list again.")

    def clean(self):
        cleaned = super().clean()
        if "themes" in self.errors:
            return cleaned
        if cleaned.get("none") and cleaned.get("themes"):
            self.add_error("none", _("Tick themes, or “None of these themes”, not both."))
        elif not cleaned.get("none") and not cleaned.get("themes"):
            self.add_error("themes", _("Tick a theme, or “None of these themes”."))
        return cleaned

    @property
    def chosen(self) -> list[int]:
        return [self.by_reference[reference].pk for reference in self.cleaned_data["themes"]]


class FilterForm(PlainForm):
    """Which answers are listed."""

    etat = forms.ChoiceField(
        label=_("Reading"),
        required=False,
        choices=[
            ("", _("All answers")),
            (UNREAD, _("To read")),
            (READ, _("Read")),
            (NO_THEME, _("Read, without a theme")),
        ],
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    mots = LineField(label=pgettext_lazy("filter", "Words"), required=False, max_length=100)

    def __init__(self, data=None, *, themes):
        super().__init__(data)
        self.by_reference = {theme.reference: theme for theme in themes}
        self.fields["theme"].choices = [("", _("All themes")), *((one.reference, one.name) for one in themes)]


ADD, REMOVE, NONE, EXAMPLE = "ajouter", "enlever", "aucun", "exemple"


class SeveralForm(PlainForm):
    """What is done to the answers ticked."""

    geste = forms.ChoiceField(
        label=_("With the answers ticked"),
        choices=[
            (ADD, _("Add this theme")),
            (REMOVE, _("Take this theme away")),
            (NONE, _("Say they have no theme")),
            (EXAMPLE, _("Make the one ticked the example of this theme")),
        ],
        error_messages={"required": _("Choose what to do."), "invalid_choice": _("Choose what to do.")},
    )
    vers = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, data=None, *, themes):
        super().__init__(data, initial={"geste": ADD})
        self.hide_optional = True
        self.by_reference = {theme.reference: theme for theme in themes}
        self.fields["vers"].choices = [("", _("Choose a theme")), *((one.reference, one.name) for one in themes)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("geste") not in (None, NONE) and not cleaned.get("vers") and "vers" not in self.errors:
            self.add_error("vers", _("Choose the theme."))
        return cleaned

    @property
    def theme(self):
        return self.by_reference.get(self.cleaned_data["vers"])


class DoubleForm(PlainForm):
    """Two people and how many answers are drawn for them."""

    first = forms.ModelChoiceField(
        label=_("First reader"), queryset=None, empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who reads."), "invalid_choice": _("Choose who reads.")},
    )  # fmt: skip
    second = forms.ModelChoiceField(
        label=_("Second reader"), queryset=None, empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who reads."), "invalid_choice": _("Choose who reads.")},
    )  # fmt: skip
    size = forms.IntegerField(
        label=_("How many answers"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Fifty are often enough; below thirty, a coefficient says little."),
        error_messages={"required": _("Say how many answers are drawn."), "invalid": _("Write a whole number.")},
    )

    def __init__(self, data=None, *, coders, initial=None):
        super().__init__(data, initial=initial)
        for name in ("first", "second"):
            self.fields[name].queryset = coders
            self.fields[name].label_from_instance = lambda user: user.get_full_name() or user.username


class SynthesisForm(PlainForm):
    """The title of a synthesis and its first words."""

    title = LineField(label=_("Title"), max_length=140, error_messages={"required": _("Give it a title.")})
    introduction = PlainTextField(
        label=_("Introduction"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ChapterForm(PlainForm):
    """The title of a chapter."""

    title = LineField(
        label=_("Title of the chapter"), max_length=140, error_messages={"required": _("Give the chapter a title.")}
    )


class ParagraphForm(PlainForm):
    """A paragraph and the figures under it."""

    text = PlainTextField(
        label=_("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you understood, in plain words. Figures come from the codes: tick them below."),
        error_messages={"required": _("Write the paragraph.")},
    )
    themes = forms.MultipleChoiceField(
        label=_("Figures shown under it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, themes, initial=None):
        super().__init__(data, initial=initial)
        self.by_reference = {theme.reference: theme for theme in themes}
        if not self.by_reference:
            del self.fields["themes"]
            return
        several = len({theme.codebook_id for theme in themes}) > 1
        self.fields["themes"].choices = [
            (one.reference, ChoiceLabel(one.name, one.definition, one.codebook.question.text if several else ""))
            for one in themes
        ]

    @property
    def chosen(self) -> list:
        return [self.by_reference[one] for one in self.cleaned_data.get("themes", [])]
