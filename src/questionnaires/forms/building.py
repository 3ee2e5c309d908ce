"""What an organiser writes: the words of a questionnaire, and one question of each kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations import uploads
from src.foundations.plain_fields import LineField, PlainTextField
from theme.forms import ChoiceLabel

from .. import asking
from ..enums import AnswerMode, AxisCode
from ..models.questionnaire import IMAGE_ALT_MAX
from ..services.building import no_words
from .answering import PlainForm

LINES = {"rows": 6}
MOST_LINES, MOST_LABEL = 30, 160


class QuestionnaireForm(PlainForm):
    """The words around the questions; the space is chosen once, when it is begun."""

    space = forms.ModelChoiceField(
        label=_("Space"),
        queryset=None,
        empty_label=_("Choose a space"),
        help_text=_("Its circle reads the questionnaire and its results; its calendar opens and closes it."),
        error_messages={"required": _("Choose the space it is asked in."), "invalid_choice": _("Choose a space.")},
    )
    title = LineField(
        label=_("Title"), max_length=140, error_messages={"required": _("Give it a title: people see it first.")}
    )
    introduction = PlainTextField(
        label=_("Introduction"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why you ask, what will be done with the answers, and when people will know."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"),
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Try it yourself and count. Above five minutes, many people give up."),
        error_messages={
            "required": _("Say how many minutes it takes."),
            "invalid": _("Write a number of minutes, for instance 4."),
        },
    )

    answer_mode = forms.ChoiceField(
        label=_("How do people answer?"),
        widget=forms.RadioSelect,
        initial=AnswerMode.IDENTITY,
        help_text=_("It no longer changes once the questions are published."),
        choices=[
            (
                AnswerMode.IDENTITY,
                ChoiceLabel(
                    AnswerMode.IDENTITY.label, _("As the space offers. They may change their answers until it closes.")
                ),
            ),
            (
                AnswerMode.SECRET,
                ChoiceLabel(
                    AnswerMode.SECRET.label,
                    _("Once a person, and nobody can tell who said what: neither you nor whoever runs the database."),
                    _("Answers sent don't change any more, nor do the questions. Fewer than eleven are never opened."),
                ),
            ),
            (
                AnswerMode.OPEN,
                ChoiceLabel(
                    AnswerMode.OPEN.label,
                    _("For residents, in a space that everyone sees. Nothing says who answers, nor how many times."),
                    _("“Voluntary answers: they do not stand for the whole city” is written on all its results."),
                ),
            ),
        ],
        error_messages={
            "required": _("Choose how people answer."),
            "invalid_choice": _("Choose how people answer."),
        },
    )
    first_axis = forms.ChoiceField(
        label=_("Results told by"),
        required=False,
        help_text=_(
            "Chosen before the questions are published; it doesn’t change afterwards. Where fewer than eleven people "
            "answered, categories are put together."
        ),
    )
    second_axis = forms.ChoiceField(
        label=_("And, inside each, by"),
        required=False,
        help_text=_("Ask for two when hundreds of people answer: fewer figures hold."),
    )

    def __init__(self, data=None, *, spaces=None, initial=None, is_published=False):
        super().__init__(data, initial=initial)
        if is_published:
            del self.fields["answer_mode"]
        if spaces is None:
            del self.fields["space"]
        else:
            self.fields["space"].queryset = spaces
        for name, empty in (("first_axis", _("Everybody together")), ("second_axis", _("Nothing else"))):
            if is_published:
                del self.fields[name]
            else:
                self.fields[name].choices = [("", empty), *AxisCode.choices]


class QuestionForm(PlainForm):
    """One question: the fields that its kind needs, and no other."""

    text = LineField(
        label=_("Question"),
        max_length=400,
        error_messages={"required": _("Write the question.")},
    )
    help = PlainTextField(label=_("Help"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    image = forms.FileField(
        label=_("An image, if it helps"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, 8 MB at most: a map, a drawing, a place. Nobody recognisable."),
        error_messages={"empty": _("This file is empty: choose another one.")},
    )
    image_alt = LineField(
        label=_("What does the image show?"),
        required=False,
        max_length=IMAGE_ALT_MAX,
        help_text=_("In one sentence, for people who can't see it: what they need to answer."),
    )
    no_image = forms.BooleanField(label=_("Take the image away"), required=False)
    choices = PlainTextField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("One a line, in their order. “I do not wish to answer” is added by itself to personal questions."),
    )
    rows = PlainTextField(
        label=_("Lines"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("What is answered about, one a line."),
    )
    least = forms.IntegerField(
        label=_("At least"), required=False, error_messages={"invalid": _("Write a whole number.")}
    )
    least_label = LineField(label=_("Words of the lowest step"), required=False, max_length=60)
    most = forms.IntegerField(
        label=_("At most"), required=False, error_messages={"invalid": _("Write a whole number.")}
    )
    most_label = LineField(label=_("Words of the highest step"), required=False, max_length=60)
    no_opinion = forms.BooleanField(label=_("Offer “No opinion”"), required=False)
    is_required = forms.BooleanField(label=_("An answer is needed to go on"), required=False)
    is_personal = forms.BooleanField(
        label=_("Personal question: “I do not wish to answer” is offered"),
        required=False,
        help_text=_("Health, family, age, pay, opinions about a manager."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Discrimination or harassment: counts are told from twenty answers up"), required=False
    )
    condition = forms.MultipleChoiceField(
        label=_("Ask it only of those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing to ask everybody. The answers ticked belong to one earlier question."),
    )

    def __init__(self, kind: str, data=None, files=None, *, earlier=(), question=None):
        super().__init__(data, files, initial=_initial(question) if question else _defaults(kind))
        self.kind, self.earlier, self.question = kind, list(earlier), question
        for name in set(self.fields) - _fields_of(kind):
            del self.fields[name]
        if question is None or not question.image:
            del self.fields["no_image"]
        else:
            self.fields["image"].label = _("Another image in its place")
        for name in ("least", "most"):
            if name in self.fields:
                self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric"})
                self.fields[name].label = _BOUNDS[kind][name]
        readable = [
            (f"{one.key}:{value}", f"{one.text} {label}") for one in self.earlier for value, label in _answers_of(one)
        ]
        if readable:
            self.fields["condition"].choices = readable
        else:
            del self.fields["condition"]

    def clean_image(self):
        upload = self.cleaned_data["image"]
        return uploads.safe_image(upload) if upload else None

    def clean(self):
        cleaned = super().clean()
        if self.shows_image and not cleaned.get("image_alt") and "image_alt" not in self.errors:
            self.add_error("image_alt", no_words())
        is_alone = cleaned.get("image_alt") and not self.shows_image and not cleaned.get("no_image")
        if is_alone and "image" not in self.errors:
            # A page that comes back refused has lost the file, never the words.
            self.add_error("image", _("Choose the image again, or empty what it shows."))
        return cleaned

    @property
    def shows_image(self) -> bool:
        """Whether the question has an image once saved: a new one, or its own unless it is taken away."""
        cleaned = self.cleaned_data
        kept = "no_image" in self.fields and not cleaned.get("no_image")
        return bool(cleaned.get("image")) or kept

    def clean_choices(self):
        return _lines(self.cleaned_data["choices"], _kept_lines(self.question, "choices"), "c")

    def clean_rows(self):
        return _lines(self.cleaned_data["rows"], _kept_lines(self.question, "rows"), "r")

    def clean_condition(self):
        ticked = [value.split(":", 1) for value in self.cleaned_data["condition"]]
        if len({key for key, _value in ticked}) > 1:
            raise forms.ValidationError(_("Tick answers of one question only."))
        return {"question": ticked[0][0], "values": [value for _key, value in ticked]} if ticked else None

    @property
    def changes(self) -> dict:
        """The columns of the question."""
        cleaned = self.cleaned_data
        settings = {
            name: cleaned[name]
            for name in ("choices", "rows", "least", "most", "least_label", "most_label", "no_opinion")
            if cleaned.get(name) not in (None, "", [], False)
        }
        return {
            "kind": self.kind,
            "text": cleaned["text"],
            "help": cleaned["help"],
            "is_required": cleaned.get("is_required", False),
            "is_personal": cleaned.get("is_personal", False),
            "is_sensitive": cleaned.get("is_sensitive", False),
            "settings": settings,
            "condition": cleaned.get("condition"),
            **self._image_changes,
        }

    @property
    def _image_changes(self) -> dict:
        if not self.shows_image:
            return {"image": "", "image_alt": ""}
        words = {"image_alt": self.cleaned_data["image_alt"]}
        return words | ({"image": self.cleaned_data["image"]} if self.cleaned_data.get("image") else {})


_BOUNDS = {
    asking.MULTIPLE: {"least": _("Ticks at least"), "most": _("Ticks at most")},
    asking.SCALE: {"least": _("Lowest step"), "most": _("Highest step")},
    asking.NUMBER: {"least": _("Smallest number"), "most": _("Greatest number")},
    asking.SHORT_TEXT: {"most": _("Characters at most")},
    asking.LONG_TEXT: {"most": _("Characters at most")},
}


def _fields_of(kind: str) -> set[str]:
    names = {"text", "help", "image", "image_alt", "no_image", "condition"}
    if kind != asking.INFORMATION:
        names |= {"is_required", "is_personal", "is_sensitive"}
    if kind in asking.WITH_CHOICES:
        names.add("choices")
    if kind in asking.WITH_ROWS:
        names.add("rows")
    if kind == asking.SCALE:
        names |= {"least_label", "most_label", "no_opinion"}
    return names | set(_BOUNDS.get(kind, ()))


def _defaults(kind: str) -> dict:
    if kind == asking.SCALE:
        return {"least": 1, "most": 5, "no_opinion": True}
    return {"most": asking.SHORT_MOST} if kind == asking.SHORT_TEXT else {}


def _initial(question) -> dict:
    condition = question.condition
    return {
        **question.settings,
        "text": question.text,
        "help": question.help,
        "image_alt": question.image_alt,
        "choices": "\n".join(choice["label"] for choice in question.choices),
        "rows": "\n".join(row["label"] for row in question.rows),
        "is_required": question.is_required,
        "is_personal": question.is_personal,
        "is_sensitive": question.is_sensitive,
        "condition": [f"{condition['question']}:{value}" for value in condition["values"]] if condition else [],
    }


def _answers_of(question) -> list[tuple[str, str]]:
    """The answers to a question that a condition may name, with their words."""
    from ..words import no_opinion  # words are read when the form is drawn, in the reader's language

    if question.spec.kind not in asking.CONDITIONS_READ:
        return []
    return [
        (value, str(no_opinion()) if value == asking.NO_OPINION else question.label_of(value))
        for value in question.spec.readable
    ]


def _kept_lines(question, name: str) -> list[dict]:
    return question.settings.get(name, []) if question is not None else []


def _lines(text: str, before: list[dict], letter: str) -> list[dict]:
    """Each line with its key: the same words keep theirs from one version to the next."""
    labels = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    if len(labels) > MOST_LINES:
        raise forms.ValidationError(_("Keep %(n)d lines at most.") % {"n": MOST_LINES})
    if any(len(label) > MOST_LABEL for label in labels):
        raise forms.ValidationError(_("Keep each line under %(n)d characters.") % {"n": MOST_LABEL})
    known = {line["label"]: line["key"] for line in before}
    numbers = [int(key[1:]) for key in known.values() if key[1:].isdigit()]
    following = max(numbers, default=0)
    found = []
    for label in labels:
        if label not in known:
            following += 1
        found.append({"key": known.get(label, f"{letter}{following}"), "label": label})
    return found
