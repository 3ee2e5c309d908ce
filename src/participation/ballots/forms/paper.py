"""Forms of the papers of a ballot: who votes on paper, and the pile, one paper a line."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.models import Unit
from src.paper.forms import PlaceField

from .. import boxes
from ..enums import Grade, Method
from ..services.paper import MOST_PAPERS
from .voting import PlainForm

BLANK, VOID, YES, NO = ("blanc", "b"), ("nul", "n"), ("oui", "o"), ("non",)


class PlaceForm(PlainForm):
    """Where the papers are."""

    place = PlaceField(
        queryset=Unit.objects.none(), label=gettext_lazy("Where are you?"), empty_label=gettext_lazy("Choose…")
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places


class MarkForm(PlainForm):
    """Who votes on paper."""

    number = forms.CharField(
        label=gettext_lazy("Personnel number"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the number of the card.")},
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the name of the card.")},
    )


class PileForm(PlainForm):
    """The papers of a pile, in its order; once valid, ``votes`` holds them, None where a paper is void."""

    votes = forms.CharField(
        label=gettext_lazy("The papers, one a line"),
        max_length=MOST_PAPERS * 200,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type one paper a line.")},
    )

    def __init__(self, ballot, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.fields["votes"].help_text = how_to_type(ballot)

    def clean_votes(self):
        """Every line that can't be read is told at once, by its number."""
        lines = [line.strip() for line in self.cleaned_data["votes"].splitlines() if line.strip()]
        if len(lines) > MOST_PAPERS:
            raise ValidationError(_("Type %(most)d papers at most at once.") % {"most": MOST_PAPERS})
        votes, faults = [], []
        for place, line in enumerate(lines, 1):
            try:
                votes.append(vote_of(self.ballot, line))
            except ValidationError as refusal:
                faults.append(_("Paper %(place)d: %(why)s") % {"place": place, "why": " ".join(refusal.messages)})
        if faults:
            raise ValidationError(faults)
        return votes


def how_to_type(ballot) -> str:
    """How one paper is written on a line, for this method."""
    if ballot.method == Method.YES_NO:
        return _("“oui”, “non”, “blanc”, or “nul” for a paper that can't be counted.")
    if ballot.method == Method.GRADES:
        return _(
            "The grades in the order of the proposals, from 1 (excellent) to 7 (to reject), “-” where there is none: "
            "“1 3 - 7”. “blanc” for a blank paper, “nul” for one that can't be counted."
        )
    return _(
        "The numbers of the proposals chosen: “1 4”. “blanc” for a blank paper, “nul” for one that can't be counted."
    )


def vote_of(ballot, line: str) -> list[int] | None:
    """The vote of one line; None for a void paper; refuses with ValidationError what it can't read."""
    said = line.casefold()
    if said in VOID:
        return None
    if said in BLANK:
        return []
    if ballot.method == Method.YES_NO:
        if said not in (*YES, *NO):
            raise ValidationError(_("write “oui”, “non”, “blanc” or “nul”."))
        return [1 if said in YES else 0]
    parts = [part for part in re.split(r"[\s,;]+", said) if part]
    if not all(re.fullmatch(r"[0-9]{1,3}|-", part) for part in parts):
        raise ValidationError(_("write numbers, “blanc” or “nul”."))
    if ballot.method == Method.GRADES:
        given = [-1 if part == "-" else int(part) - 1 for part in parts]
        if any(one not in (-1, *Grade.values) for one in given):
            raise ValidationError(_("grades go from 1 to 7."))
        return boxes.checked(ballot, given)
    if "-" in parts:
        raise ValidationError(_("write numbers, “blanc” or “nul”."))
    if len(set(parts)) < len(parts):
        raise ValidationError(_("a proposal is written twice."))
    return boxes.checked(ballot, [int(part) - 1 for part in parts])
