"""How tables are set, who sits with whom, and without whom they are made."""

from django import forms
from django.utils.translation import gettext_lazy

from panels.enums import Need
from panels.forms.plain import PlainForm, whole

from ..enums import HalfDay, PairRule
from ..models import TablePlan
from ..models.tables import MOST_ROUNDS, MOST_SEATS_A_TABLE, MOST_TABLES
from ..services.tables import TABLE_NEEDS
from .planning import choice


class TablesForm(PlainForm):
    """Rounds, seats, and how many tables offer each need."""

    rounds = whole(gettext_lazy("Rounds"), gettext_lazy("Say how many rounds there are."), least=1, most=MOST_ROUNDS)
    seats = whole(
        gettext_lazy("Seats at a table"),
        gettext_lazy("Say how many seats a table has."),
        least=2,
        most=MOST_SEATS_A_TABLE,
    )

    def __init__(self, data=None, *, plan: TablePlan | None = None):
        tables = list(plan.tables.all()) if plan else []
        initial = {"rounds": plan.rounds if plan else 3, "seats": tables[0].seats if tables else 8}
        super().__init__(data)
        for need in TABLE_NEEDS:
            self.fields[str(need)] = whole(
                gettext_lazy("Tables with: %(need)s") % {"need": Need(need).label}, least=0, most=MOST_TABLES
            )
            initial[str(need)] = sum(str(need) in one.offers for one in tables)
        self.initial = initial

    @property
    def written(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data
        offers = {str(need): said[str(need)] or 0 for need in TABLE_NEEDS}
        return {"rounds": said["rounds"], "seats": said["seats"], "offers": offers}


def _member(label) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=None,
        empty_label=gettext_lazy("Choose a member"),
        error_messages={
            "required": gettext_lazy("Choose a member."),
            "invalid_choice": gettext_lazy("Choose in the list."),
        },
    )


class PairForm(PlainForm):
    """Two members, together or apart."""

    kind = choice(gettext_lazy("What you ask"), gettext_lazy("Choose what you ask."), PairRule.choices)
    one = _member(gettext_lazy("First member"))
    other = _member(gettext_lazy("Second member"))

    def __init__(self, members, data=None):
        super().__init__(data)
        self.fields["one"].queryset = self.fields["other"].queryset = members


class PlaceForm(PlainForm):
    """A member held at a table."""

    member = _member(gettext_lazy("Member"))
    table = forms.ModelChoiceField(
        label=gettext_lazy("Table"),
        queryset=None,
        empty_label=gettext_lazy("Choose a table"),
        error_messages={
            "required": gettext_lazy("Choose a table."),
            "invalid_choice": gettext_lazy("Choose in the list."),
        },
    )

    def __init__(self, members, tables, data=None):
        super().__init__(data)
        self.fields["member"].queryset = members
        self.fields["table"].queryset = tables


class MakeForm(PlainForm):
    """Without whom, and from which round."""

    without = choice(
        gettext_lazy("Who has a place"),
        gettext_lazy("Choose who has a place."),
        [
            ("", gettext_lazy("Everybody")),
            (str(HalfDay.FIRST.value), gettext_lazy("Those written as present in the morning")),
            (str(HalfDay.SECOND.value), gettext_lazy("Those written as present in the afternoon")),
        ],
        required=False,
    )
    from_round = whole(
        gettext_lazy("Made again from round"),
        gettext_lazy("Say from which round; 1 makes all of them again."),
        least=1,
        most=MOST_ROUNDS,
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"without": "", "from_round": 1})

    @property
    def written(self) -> dict:
        """What the service takes."""
        said = self.cleaned_data
        return {"without_half": int(said["without"]) if said["without"] else None, "from_round": said["from_round"]}
