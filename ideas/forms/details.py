"""What is asked after sending, all optional: kind of idea, where, words, a photo."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import IdeaKind
from ..validators import clean_tags
from .fields import LineField, PlainTextField, TermsForm


class DetailsForm(TermsForm):
    """Completes an idea that was received; nothing here is required."""

    kind = forms.ChoiceField(
        label=_("Is it…"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (IdeaKind.IDEA, _("An idea: I say how to do better")),
            (IdeaKind.PAIN_POINT, _("A pain point: a daily problem, without a solution")),
        ],
    )
    direction = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Which direction does it concern?"),
        empty_label=_("I don't know, or several"),
    )
    tags = LineField(
        label=_("Words to find it again"),
        help_text=_("Five at most, separated by commas. For example: uniforms, night, cold."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args, directions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["direction"].queryset = directions

    def clean_tags(self):
        """The words as a list, each once."""
        return clean_tags(self.cleaned_data["tags"].split(","))

    @property
    def changes(self) -> dict:
        """What the service is asked to keep."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"] or IdeaKind.IDEA,
            "direction": cleaned["direction"],
            "tags": cleaned["tags"],
        }


class PhotoForm(TermsForm):
    """One photo, and what it shows for those who can't see it."""

    photo = forms.FileField(
        label=_("A photo"),
        help_text=_("JPEG, PNG or WebP, 8 MB at most. Its place and its device are erased when it arrives."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choose a photo first.")},
    )
    alt = PlainTextField(
        label=_("What does it show?"),
        help_text=_("In one sentence, for people who can't see it. No face, no name."),
        max_length=240,
        widget=forms.TextInput,
        error_messages={"required": _("Say in one sentence what the photo shows.")},
    )


class FileForm(TermsForm):
    """One picture or document, and what it shows or holds. ``pictures_only``: the idea isn't signed."""

    file = forms.FileField(
        label=_("A picture or a document"),
        error_messages={"required": _("Choose a file first.")},
    )
    alt = PlainTextField(
        label=_("What does it show or hold?"),
        help_text=_("In one sentence, for people who can't see it, and to choose whether to open it. No name."),
        max_length=200,
        widget=forms.TextInput,
        error_messages={"required": _("Say in one sentence what the file shows or holds.")},
    )

    def __init__(self, *args, pictures_only=False, **kwargs):
        super().__init__(*args, **kwargs)
        field, accepted = self.fields["file"], "image/jpeg,image/png,image/webp"
        if pictures_only:
            field.label = _("A picture")
            field.help_text = _(
                "JPEG, PNG or WebP, 8 MB at most. Its place and its device are erased. No document: it often holds "
                "the name of who wrote it."
            )
        else:
            accepted += ",.pdf,.odt,.docx"
            field.help_text = _(
                "JPEG, PNG, WebP, PDF, ODT or DOCX, 8 MB at most. The place and the device of a picture are erased; "
                "a document is kept as it is, with the name it may hold."
            )
        field.widget = forms.FileInput(attrs={"accept": accepted})
