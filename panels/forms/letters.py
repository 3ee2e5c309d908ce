"""Forms of letters: the file of people drawn, and the numbers that the post brought back."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import PlainTextField

from ..csv_lines import MOST_BYTES
from .plain import PlainForm

MOST_NUMBERS = 2_000
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


class AddressesForm(PlainForm):
    """From which list, and the file; once valid, ``content`` is what was sent."""

    source_list = forms.ModelChoiceField(
        label=gettext_lazy("Source list"),
        queryset=None,
        empty_label=gettext_lazy("Choose…"),
        error_messages={
            "required": gettext_lazy("Choose the list these people were drawn from."),
            "invalid_choice": gettext_lazy("Choose the list these people were drawn from."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("File of the people drawn"),
        help_text=gettext_lazy(
            "CSV with the columns name, address, complement (optional), postcode, city; 20,000 lines at most. Nothing "
            "else of the roll."
        ),
        widget=forms.FileInput(attrs={"accept": "text/csv,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    content = b""

    def __init__(self, data=None, files=None, *, lists):
        super().__init__(data, files)
        self.fields["source_list"].queryset = lists

    def clean_file(self):
        """Read no more than what is taken: a larger file is refused by the reader, in words."""
        file = self.cleaned_data["file"]
        self.content = file.read(MOST_BYTES + 1)
        return file


class ReturnedForm(PlainForm):
    """Which letters came back: numbers and spans, as one reads them on a pile."""

    numbers = PlainTextField(
        label=gettext_lazy("Numbers of the letters that came back"),
        help_text=gettext_lazy("At the bottom of each letter. For instance: 12, 40-45, 128."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Type the numbers that are at the bottom of the letters.")},
    )

    def __init__(self, data=None, *, batch):
        super().__init__(data)
        self.batch = batch

    def clean_numbers(self) -> list[int]:
        """The numbers, or every word that isn't one of this batch."""
        found: set[int] = set()
        wrong = []
        for word in re.split(r"[\s,;]+", self.cleaned_data["numbers"].strip(" ,;")):
            one = _RANGE.fullmatch(word.replace("–", "-"))
            first, last = (int(one[1]), int(one[2] or one[1])) if one else (0, 0)
            if not 1 <= first <= last <= self.batch.letters or len(found) + last - first > MOST_NUMBERS:
                wrong.append(word)
            else:
                found |= set(range(first, last + 1))
        if wrong:
            raise forms.ValidationError(
                _("These aren’t numbers of this batch, from 1 to %(most)d: %(words)s.")
                % {"most": self.batch.letters, "words": ", ".join(wrong[:20])}
            )
        return sorted(found)
