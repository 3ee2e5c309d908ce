"""Saying that a condition is met, answering whether to reopen, and filtering the conditions one watches."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import ConditionKind
from src.accountability.services.conditions import MET_MAX, MET_MIN
from theme.forms import ChoiceLabel

from ..models import Wish
from ..selectors.reopening import ASKED, MET, SOON_DUE, WATCHED
from .fields import PlainTextField, TermsForm, plain_text
from .steps import text_area

YES, NO = "oui", "non"
WISHES = {YES: Wish.YES, NO: Wish.NO}
WORDS = {wish: word for word, wish in WISHES.items()}
STATES = {
    "ouvertes": (_("Not met yet"), WATCHED),
    "bientot": (_("To look at now"), SOON_DUE),
    "demandees": (_("People are asked"), ASKED),
    "remplies": (_("Met"), MET),
}


class MeetForm(TermsForm):
    """Which condition is met, and what has changed: read by everybody who is asked."""

    condition = forms.ChoiceField(
        label=_("Which condition is met?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the condition that is met.")},
    )
    text = PlainTextField(
        label=_("What has changed"),
        help_text=_("A vote, a law, a tool, a date: say it in plain words. Everybody who sees the idea reads it."),
        min_length=MET_MIN,
        max_length=MET_MAX,
        widget=text_area(4),
        error_messages={"required": _("Say what has changed: those you ask decide on it.")},
    )

    def __init__(self, *args, conditions, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_place = {str(view.condition.position): view for view in conditions}
        self.fields["condition"].choices = [
            (place, ChoiceLabel(view.words, view.kind_label)) for place, view in self.by_place.items()
        ]
        if len(self.by_place) == 1:
            self.initial.setdefault("condition", next(iter(self.by_place)))

    def chosen(self):
        """The condition said to be met, as the page shows it."""
        return self.by_place[self.cleaned_data["condition"]]


class ReopenForm(TermsForm):
    """Whether to look at a refused idea again."""

    answer = forms.ChoiceField(
        label=_("Should this idea be looked at again?"),
        choices=[
            (YES, ChoiceLabel(_("Yes, look at it again"), _("Another person answers it within 30 days."))),
            (NO, ChoiceLabel(_("No, leave the answer as it is"), _("It stays readable, and nothing else changes."))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )

    def wish(self) -> str:
        return WISHES[self.cleaned_data["answer"]]


def _word(data, name: str, limit: int = 80) -> str:
    return plain_text(str(data.get(name, ""))).strip()[:limit]


@dataclass(frozen=True)
class ConditionFilters:
    """What one asks of the list of conditions; a value nobody offers counts as not asked."""

    q: str = ""
    state: str = "ouvertes"
    kind: str = ""
    direction: str = ""

    @classmethod
    def read(cls, data) -> "ConditionFilters":
        state, kind = _word(data, "etat"), _word(data, "genre")
        return cls(
            q=_word(data, "q", 200),
            state=state if state in STATES else "ouvertes",
            kind=kind if kind in ConditionKind.values else "",
            direction=_word(data, "direction", 32),
        )

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        state = "" if self.state == "ouvertes" else self.state
        pairs = {"q": self.q, "etat": state, "genre": self.kind, "direction": self.direction}
        return {name: value for name, value in pairs.items() if value}

    def query(self, **more) -> str:
        return urlencode({**self.asked, **more})


class ConditionFilterForm(TermsForm):
    """The filters, drawn as they were asked."""

    q = forms.CharField(label=_("A word of the idea or of the condition"), required=False)
    etat = forms.ChoiceField(
        label=_("State"), required=False, choices=[(word, label) for word, (label, _s) in STATES.items()]
    )
    genre = forms.ChoiceField(
        label=_("What has to change"), required=False, choices=[("", _("Anything")), *ConditionKind.choices]
    )
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, filters: ConditionFilters, *, directions):
        super().__init__(
            initial={
                "q": filters.q, "etat": filters.state, "genre": filters.kind, "direction": filters.direction
            }
        )  # fmt: skip
        self.fields["direction"].choices = [("", _("All directions")), *directions]
