"""What an organiser writes of a ballot: its kind, its rules, its proposals, its key holders, why it is called off."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.directory.models import Unit
from src.foundations.plain_fields import LineField, PlainTextField
from theme.forms import ChoiceLabel

from .. import people, rules, words
from ..enums import Electorate, Majority, Method, Secrecy
from ..models.ballot import MOST_OPTIONS
from ..models.keys import HOLDERS
from .voting import PlainForm

FIELDS = ("opens", "closes")


def _whole(label, missing="", *, least=1, most=10**8, **kwargs) -> forms.IntegerField:
    """A whole number; without ``missing``, the sentence for an empty field, it may be left out."""
    return forms.IntegerField(
        label=label,
        required=bool(missing),
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": missing,
            "invalid": gettext_lazy("Write a whole number, for instance 12."),
            "min_value": gettext_lazy("Write %(limit_value)d or more."),
            "max_value": gettext_lazy("Write %(limit_value)d or less."),
        },
        **kwargs,
    )


def _day(label) -> forms.DateField:
    errors = {
        "required": gettext_lazy("Choose a day."),
        "invalid": gettext_lazy("Write a whole date: day, month and year."),
    }
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=errors)


def _hour(label) -> forms.TimeField:
    errors = {
        "required": gettext_lazy("Choose an hour."),
        "invalid": gettext_lazy("Write an hour, for instance 18:00."),
    }
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages=errors)


def _title() -> LineField:
    return LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        help_text=gettext_lazy("What people see in lists, for instance: Ce qu’on installe au dépôt."),
        error_messages={"required": gettext_lazy("Give it a title: people see it first.")},
    )


def _question() -> LineField:
    return LineField(
        label=gettext_lazy("Question"),
        max_length=300,
        help_text=gettext_lazy("One sentence, the same for all."),
        error_messages={"required": gettext_lazy("Write the question that people answer.")},
    )


def _method_choices():
    return [
        (
            Method.APPROVAL,
            ChoiceLabel(
                Method.APPROVAL.label,
                _("The usual one: each person ticks one proposal or several, the most chosen are retained."),
            ),
        ),
        (
            Method.YES_NO,
            ChoiceLabel(
                Method.YES_NO.label, _("One question, with a quorum when you wish."), words.example(Method.YES_NO)
            ),
        ),
        (
            Method.GRADES,
            ChoiceLabel(
                Method.GRADES.label,
                _("Each proposal is graded with one of seven words: what suits most people wins."),
                words.example(Method.GRADES),
            ),
        ),
        (
            Method.EQUAL_SHARES,
            ChoiceLabel(
                Method.EQUAL_SHARES.label,
                _("For projects that have a cost: each group of people weighs by its size."),
                words.example(Method.EQUAL_SHARES),
            ),
        ),
    ]


class CreateForm(PlainForm):
    """A ballot begun: where, what, simple or secret; another method when it is asked for."""

    secrecy = forms.ChoiceField(
        label=gettext_lazy("How do people vote?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a simple or a secret vote."),
            "invalid_choice": gettext_lazy("Choose a simple or a secret vote."),
        },
    )
    space = forms.ModelChoiceField(
        label=pgettext_lazy("ballot", "Where"),
        queryset=None,
        empty_label=gettext_lazy("Choose where people vote"),
        error_messages={
            "required": gettext_lazy("Choose where people vote."),
            "invalid_choice": gettext_lazy("Choose where people vote."),
        },
        help_text=gettext_lazy("Those who take part there are those who vote, unless you choose a unit later."),
    )
    title = _title()
    question = _question()
    method = forms.ChoiceField(
        label=gettext_lazy("How votes are counted"),
        widget=forms.RadioSelect,
        initial=Method.APPROVAL,
        error_messages={
            "required": gettext_lazy("Choose how votes are counted."),
            "invalid_choice": gettext_lazy("Choose how votes are counted."),
        },
    )
    budget = _whole(
        gettext_lazy("Budget to share, in euros"), help_text=gettext_lazy("For equal shares of a budget only.")
    )
    elects_representatives = forms.BooleanField(
        label=gettext_lazy("This vote chooses staff representatives, or who sits for them"), required=False
    )

    def __init__(self, data=None, *, spaces, initial=None):
        super().__init__(data, initial=initial)
        self.fields["space"].queryset = spaces
        self.fields["secrecy"].choices = [
            (
                Secrecy.SIMPLE,
                ChoiceLabel(
                    Secrecy.SIMPLE.label,
                    _("Ready in five minutes. Each person may change their vote until the closing."),
                    _("Choices are encrypted, only totals are told."),
                ),
            ),
            (
                Secrecy.SECRET,
                ChoiceLabel(
                    Secrecy.SECRET.label,
                    _("Nobody can read a vote. It can't be changed once sent, and a receipt finds it in the count."),
                    _("Needs three key holders, who make their keys before the opening, and twenty voters at least."),
                ),
            ),
        ]
        self.fields["method"].choices = _method_choices()

    @property
    def is_usual(self) -> bool:
        """Whether the other methods may stay folded."""
        asked = self["method"].value() or Method.APPROVAL
        return asked == Method.APPROVAL and not self["method"].errors and not self["budget"].errors

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("method") == Method.EQUAL_SHARES and not cleaned.get("budget") and "budget" not in self.errors:
            self.add_error("budget", _("Write the budget to share, in euros."))
        if cleaned.get("method") != Method.EQUAL_SHARES:
            cleaned["budget"] = None
        return cleaned


class RulesForm(PlainForm):
    """The rules of one ballot; the fields that its method needs, and no other."""

    title = _title()
    introduction = PlainTextField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Why people vote, and what will be done with the result."),
    )
    question = _question()
    minutes = _whole(gettext_lazy("Minutes it takes"), gettext_lazy("Say how many minutes it takes."), most=60)
    most_choices = _whole(
        gettext_lazy("How many proposals may one person choose?"),
        gettext_lazy("Say how many may be chosen."),
        most=MOST_OPTIONS,
    )
    seats = _whole(
        gettext_lazy("How many proposals are retained?"),
        gettext_lazy("Say how many are retained."),
        most=MOST_OPTIONS,
    )
    budget = _whole(gettext_lazy("Budget to share, in euros"), gettext_lazy("Write the budget to share, in euros."))
    majority = forms.ChoiceField(
        label=gettext_lazy("What does a proposal need to be retained?"),
        widget=forms.RadioSelect,
        choices=Majority.choices,
        error_messages={
            "required": gettext_lazy("Choose a majority."),
            "invalid_choice": gettext_lazy("Choose a majority."),
        },
    )
    quorum_percent = _whole(
        gettext_lazy("Quorum, in % of those who may vote"),
        most=100,
        help_text=gettext_lazy("Under it, nothing is retained. Leave it empty when there is none."),
    )
    electorate = forms.ChoiceField(
        label=gettext_lazy("Who votes?"),
        widget=forms.RadioSelect,
        choices=Electorate.choices,
        help_text=gettext_lazy("The list is made by this rule when the ballot opens, and no longer changes."),
        error_messages={
            "required": gettext_lazy("Choose who votes."),
            "invalid_choice": gettext_lazy("Choose who votes."),
        },
    )
    electorate_unit = forms.ModelChoiceField(
        label=gettext_lazy("Which unit?"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Only when the people of one unit vote."),
        error_messages={"invalid_choice": gettext_lazy("Choose a unit of the list.")},
    )
    prepares_decisions = forms.BooleanField(
        label=gettext_lazy("What the vote retains becomes prepared answers"),
        required=False,
        help_text=gettext_lazy("To the ideas put to the vote: a “yes” to those retained, all announced together."),
    )
    opens_day = _day(gettext_lazy("Opens: day"))
    opens_hour = _hour(gettext_lazy("Opens: hour"))
    closes_day = _day(gettext_lazy("Closes: day"))
    closes_hour = _hour(gettext_lazy("Closes: hour"))

    def __init__(self, ballot, data=None):
        super().__init__(data, initial=self._written(ballot))
        self.fields["electorate_unit"].queryset = Unit.objects.order_by("name")
        unneeded = {
            "most_choices": ballot.method != Method.APPROVAL,
            "seats": not rules.needs_seats(ballot.method),
            "budget": ballot.method != Method.EQUAL_SHARES,
            "majority": ballot.method == Method.EQUAL_SHARES,
            # Where a number of ideas is chosen and announced together.
            "prepares_decisions": ballot.space.chosen_count is None or not rules.needs_seats(ballot.method),
        }
        for name, is_unneeded in unneeded.items():
            if is_unneeded:
                del self.fields[name]

    @staticmethod
    def _written(ballot) -> dict:
        names = (
            "title", "introduction", "question", "minutes", "most_choices", "seats", "budget", "majority",
            "quorum_percent", "electorate", "electorate_unit", "prepares_decisions",
        )  # fmt: skip
        written = {name: getattr(ballot, name) for name in names}
        for name in FIELDS:
            moment = timezone.localtime(getattr(ballot, f"{name}_at"))
            written |= {f"{name}_day": moment.date(), f"{name}_hour": moment.time().replace(second=0, microsecond=0)}
        return written

    def clean(self):
        cleaned = super().clean()
        for name in FIELDS:
            day, hour = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_hour")
            if day is not None and hour is not None:
                cleaned[f"{name}_at"] = timezone.make_aware(datetime.combine(day, hour))
        if cleaned.get("electorate") == Electorate.SPACE:
            cleaned["electorate_unit"] = None
        return cleaned

    @property
    def written(self) -> dict:
        """What the service keeps."""
        parts = {f"{name}_{part}" for name in FIELDS for part in ("day", "hour")}
        return {name: value for name, value in self.cleaned_data.items() if name not in parts}


class OptionForm(PlainForm):
    """One proposal."""

    label = LineField(
        label=gettext_lazy("Proposal"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the proposal in a few words.")},
    )
    description = PlainTextField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it changes, for whom. The same length for all is fairer."),
    )
    cost = _whole(gettext_lazy("Cost, in euros"), gettext_lazy("Write what it costs, in euros."))

    def __init__(self, ballot, data=None, *, initial=None):
        super().__init__(data, initial=initial)
        if ballot.method != Method.EQUAL_SHARES:
            del self.fields["cost"]


class ImportForm(PlainForm):
    """Ideas and the like, ticked to become proposals."""

    chosen = forms.MultipleChoiceField(
        label="",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick what becomes a proposal."),
            "invalid_choice": gettext_lazy("One of these isn't offered any more: tick again."),
        },
    )

    def __init__(self, label, candidates, data=None, *, prefix: str):
        super().__init__(data, prefix=prefix)
        self.fields["chosen"].label = label
        self.fields["chosen"].choices = [(one.reference, one.title) for one in candidates]


class HoldersForm(PlainForm):
    """Three people, each named in a line; where several answer to a name, which one."""

    def __init__(self, ballot, held=(), data=None):
        super().__init__(data)
        self.ballot, self.people = ballot, []
        self.held = list(held)
        for number in range(1, HOLDERS + 1):
            holder = self.held[number - 1] if number <= len(self.held) else None
            self.fields[f"name_{number}"] = LineField(
                label=_("Key holder number %(n)d") % {"n": number},
                max_length=120,
                initial=people.words(holder) if holder else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                help_text=_("First and last name, e-mail address or personnel number.") if number == 1 else "",
                error_messages={"required": _("Name somebody.")},
            )
            if data is not None:
                self._offer(number)

    def _offer(self, number: int) -> None:
        """Which one, once a name answers to several people."""
        some = self._found(number)
        if not 1 < len(some) <= people.MOST:
            return
        self.fields[f"which_{number}"] = forms.ChoiceField(
            label=_("Which one is key holder number %(n)d?") % {"n": number},
            widget=forms.RadioSelect,
            choices=[(people.mark(self.ballot, one), people.words(one)) for one in some],
            error_messages={
                "required": _("Several people have this name: choose which one."),
                "invalid_choice": _("Several people have this name: choose which one."),
            },
        )
        self.order_fields([f"{part}_{n}" for n in range(1, HOLDERS + 1) for part in ("name", "which")])

    def _found(self, number: int) -> list:
        typed = str(self.data.get(f"name_{number}", "")).replace("\x00", "").strip()[:120]
        kept = [one for one in self.held if people.words(one) == typed]
        return kept or (people.named(typed) if typed else [])

    def clean(self):
        cleaned = super().clean()
        for number in range(1, HOLDERS + 1):
            name = f"name_{number}"
            if name in self.errors:
                continue
            some = self._found(number)
            if not some:
                self.add_error(name, _("Nobody of that name has an account: check how it is written."))
            elif len(some) > people.MOST:
                self.add_error(name, _("Too many people have this name: add the first name, or type a number."))
            elif len(some) == 1:
                self.people.append(some[0])
            else:
                marks = {people.mark(self.ballot, one): one for one in some}
                one = marks.get(cleaned.get(f"which_{number}", ""))
                if one is not None:
                    self.people.append(one)
        return cleaned


class CancelForm(PlainForm):
    """Why a ballot is called off."""

    because = PlainTextField(
        label=gettext_lazy("Why is it called off?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who sees the ballot reads it."),
        error_messages={"required": gettext_lazy("Say why: everybody reads it.")},
    )
