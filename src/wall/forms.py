"""What one asks of the list, and the day a sheet was put up."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations import clock

from .enums import State

WEEKS = 26
# Value in the address → state.
STATES = {"a-imprimer": State.TO_PRINT, "imprimee": State.PRINTED, "affichee": State.POSTED}
SHEETS_AT_ONCE = 60


@dataclass(frozen=True)
class SheetFilters:
    """The list's question, read from the address. A value nobody offers counts as not asked."""

    q: str = ""
    direction: str = ""
    state: str = ""
    week: datetime.date | None = None

    @classmethod
    def read(cls, data) -> "SheetFilters":
        state = str(data.get("etat", ""))[:20]
        return cls(
            q="".join(sign for sign in str(data.get("q", ""))[:100] if sign.isprintable()).strip(),
            direction="".join(sign for sign in str(data.get("direction", ""))[:32] if sign.isprintable()),
            state=state if state in STATES else "",
            week=_monday(str(data.get("semaine", ""))[:10]),
        )

    @property
    def monday(self) -> datetime.date:
        return self.week or clock.week_of()

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        week = self.week.isoformat() if self.week and self.week != clock.week_of() else ""
        pairs = {"q": self.q, "direction": self.direction, "etat": self.state, "semaine": week}
        return {name: value for name, value in pairs.items() if value}

    def query(self, **more: str) -> str:
        return urlencode({**self.asked, **{key: value for key, value in more.items() if value}})


def _monday(text: str) -> datetime.date | None:
    try:
        return clock.week_of(datetime.date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class SheetFilterForm(PlainForm):
    """The list's question as a form: it only draws what ``SheetFilters`` has read, and never refuses."""

    q = forms.CharField(label=_("Search a place"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    etat = forms.ChoiceField(label=_("State"), required=False)
    semaine = forms.ChoiceField(label=_("Week"), required=False)

    def __init__(self, filters: SheetFilters, *, directions, week_words):
        this_week = clock.week_of()
        super().__init__(initial={**filters.asked, "semaine": filters.asked.get("semaine", "")})
        self.fields["direction"].choices = [("", _("All directions")), *directions]
        self.fields["etat"].choices = [("", _("All states")), *((key, state.label) for key, state in STATES.items())]
        past = [this_week - datetime.timedelta(weeks=ago) for ago in range(1, WEEKS)]
        if filters.monday not in {this_week, *past}:
            past.append(filters.monday)
        self.fields["semaine"].choices = [
            ("", _("This week")),
            *((monday.isoformat(), week_words(monday)) for monday in past),
        ]


class PostedForm(PlainForm):
    """Since when a sheet hangs."""

    day = forms.DateField(
        label=_("On the wall since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which day the sheet was put up.")},
    )

    def __init__(self, data=None, *, sheet):
        super().__init__(data, initial={"day": clock.today()})
        self.fields["day"].widget.attrs |= {"min": sheet.week.isoformat(), "max": clock.today().isoformat()}
