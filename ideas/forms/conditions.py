"""What could change an answer, each condition with its own kind and day."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import ConditionKind
from src.accountability.services.conditions import lines_of, terms_of, told_terms
from src.foundations import clock

from .fields import LineField
from .steps import DayField

# Those that have a kind and a day of their own, beside the first lines.
OTHERS = ("other_1", "other_2")
PARTS = ("words", "kind", "on")


def _words(label) -> LineField:
    return LineField(label=label, required=False, max_length=240)


def _kind(label) -> forms.ChoiceField:
    choices = [("", _("As the reason says")), *ConditionKind.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class ConditionFields(forms.Form):
    """Two more conditions beside the field for the first ones; ``join`` writes them as an answer keeps them."""

    other_1_words = _words(_("Second condition"))
    other_1_kind = _kind(_("What has to change, for the second condition"))
    other_1_on = DayField(label=_("To look at the second condition from"), required=False)
    other_2_words = _words(_("Third condition"))
    other_2_kind = _kind(_("What has to change, for the third condition"))
    other_2_on = DayField(label=_("To look at the third condition from"), required=False)

    @property
    def others(self) -> list:
        """The fields of each of them, in order."""
        return [[self[f"{name}_{part}"] for part in PARTS] for name in OTHERS]

    @property
    def has_others(self) -> bool:
        """Whether something is typed there: the page then shows them open."""
        return any(field.value() or field.errors for group in self.others for field in group)

    def unfold(self) -> None:
        """From what an answer keeps to the fields: the first lines of the same kind and day, then the others."""
        lines = lines_of(self.initial.get("reopening_conditions") or "")
        terms = terms_of(self.initial.pop("condition_terms", "") or "")
        if not terms or len(terms) != len(lines):
            return
        same = next((place for place, term in enumerate(terms) if term != terms[0]), len(terms))
        first = max(same, len(lines) - len(OTHERS))
        self.initial["reopening_conditions"] = "\n".join(lines[:first])
        self.initial["condition_kind"], self.initial["condition_on"] = terms[0]
        for name, words, (kind, day) in zip(OTHERS, lines[first:], terms[first:], strict=False):
            self.initial |= {f"{name}_words": words, f"{name}_kind": kind, f"{name}_on": day}

    def join(self, cleaned: dict) -> None:
        """From the fields to what an answer keeps. A kind or a day without its words is told beside the words."""
        found = []
        for name in OTHERS:
            words, kind, day = (cleaned.get(f"{name}_{part}") for part in PARTS)
            if day is not None and day <= clock.today():
                self.add_error(f"{name}_on", ValidationError(_("Choose a day to come, or leave it empty.")))
                day = None
            if words:
                found.append((words, (kind or "", day)))
            elif kind or day:
                self.add_error(f"{name}_words", ValidationError(_("Say what this condition is, or empty its line.")))
        cleaned["condition_terms"] = ""
        if not found:
            return
        shared = (cleaned.get("condition_kind") or "", cleaned.get("condition_on"))
        first = lines_of(cleaned.get("reopening_conditions") or "")
        cleaned["reopening_conditions"] = "\n".join([*first, *(words for words, _term in found)])
        cleaned["condition_terms"] = told_terms([*([shared] * len(first)), *(term for _words, term in found)])
