"""What an obligation asks, in plain words: the training, the decision, how long it holds, and of whom."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.plain_fields import LineField
from src.foundations.several import SeveralField
from theme.forms import ChoiceLabel
from trainings.models import Track

from ..deadlines import RenewalBase, Validity
from ..enums import RenewalFrom
from ..models.obligation import DAYS_MAX, DECISION_MAX, MONTHS_MAX
from .plain import CHOOSE, PlainForm, day, whole
from .rule import WhenForm, WhoForm

TERMS = (
    "track", "decision", "validity_months", "window_days", "grace_days", "renewal_base", "fixed_on",
    "min_active_days", "renewal_track", "on_working_days",
)  # fmt: skip


class TermsForm(PlainForm):
    """The terms of an obligation; every fault is told at once."""

    track = forms.ModelChoiceField(
        label=pgettext_lazy("obligation", "Training"),
        queryset=Track.objects.none(),
        empty_label=gettext_lazy("Choose a training"),
        error_messages=CHOOSE,
        help_text=gettext_lazy("Those that have a published version."),
    )
    decision = LineField(
        label=gettext_lazy("Decision of the employer"),
        max_length=DECISION_MAX,
        help_text=gettext_lazy(
            "Who decided it and when, for instance “Note of the general direction of 3 March 2026”. It is quoted to "
            "everybody concerned."
        ),
        error_messages={
            "required": gettext_lazy("Quote the decision: nobody is asked anything without it."),
            "max_length": gettext_lazy("Write %(limit_value)d characters at most."),
        },
    )
    validity_months = whole(
        gettext_lazy("How many months it holds"),
        least=1,
        most=MONTHS_MAX,
        required=False,
        initial=36,
        help_text=gettext_lazy("Leave it empty if it is done once and for all."),
    )
    window_days = whole(
        gettext_lazy("How many days before its end it may be renewed"),
        most=DAYS_MAX,
        initial=180,
        help_text=gettext_lazy("Done sooner, it is kept, and counts only if you say so for that person."),
    )
    renewal_base = forms.ChoiceField(
        label=gettext_lazy("From when the next end is counted"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    fixed_on = day(
        gettext_lazy("Fixed day"),
        required=False,
        help_text=gettext_lazy("Only for an end on a fixed day: one of these days, the others follow from it."),
    )
    min_active_days = whole(
        gettext_lazy("How many days it holds at least"),
        required=False,
        initial=0,
        help_text=gettext_lazy("Only for an end on a fixed day: done too near the day, it holds until the next one."),
    )
    grace_days = whole(gettext_lazy("How many days after its day it is said to be late"), most=DAYS_MAX, initial=0)
    on_working_days = forms.BooleanField(
        label=gettext_lazy("Move the day to a working day"), required=False, initial=True
    )
    renewal_track = forms.ModelChoiceField(
        label=gettext_lazy("Shorter training to renew it"),
        queryset=Track.objects.none(),
        required=False,
        empty_label=gettext_lazy("The same training"),
        error_messages=CHOOSE,
    )
    equivalences = SeveralField(
        label=gettext_lazy("Trainings that count as this one"),
        queryset=Track.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def __init__(self, data=None, *, initial=None, **kwargs):
        super().__init__(data, initial=initial, **kwargs)
        offered = Track.objects.filter(versions__isnull=False).distinct().order_by("title", "pk")
        for name in ("track", "renewal_track", "equivalences"):
            self.fields[name].queryset = offered
            self.fields[name].label_from_instance = lambda one: one.title
        self.fields["renewal_base"].choices = bases_with_examples(*self._typed())
        self.fields["renewal_base"].initial = RenewalFrom.PREVIOUS_EXPIRY

    def _typed(self) -> tuple[int, int]:
        """Months and days as they stand in the form, or the usual ones when they can't be read."""
        said = []
        for name, usual in (("validity_months", 36), ("window_days", 180)):
            try:
                value = self.fields[name].clean(self[name].value())
            except forms.ValidationError:
                value = None
            said.append(usual if value is None else value)
        return said[0], said[1]

    def clean(self):
        said = super().clean()
        months, base = said.get("validity_months"), said.get("renewal_base")
        if months and "window_days" in said and said["window_days"] >= months * 28:
            self.add_error("window_days", _("Write fewer days than it holds: it can’t be renewed before it is done."))
        if base == RenewalFrom.FIXED_CALENDAR:
            if not said.get("fixed_on") and "fixed_on" not in self.errors:
                self.add_error("fixed_on", _("Choose the fixed day."))
            if not months and "validity_months" not in self.errors:
                self.add_error("validity_months", _("Write how many months lie between two fixed days."))
        elif "fixed_on" not in self.errors:
            said["fixed_on"] = None
        if said.get("min_active_days") is None:
            said["min_active_days"] = 0
        same = said.get("track")
        if same is not None:
            if same in (said.get("equivalences") or ()):
                self.add_error("equivalences", _("The training counts as itself: choose others only."))
            if same == said.get("renewal_track"):
                said["renewal_track"] = None
        return said

    @property
    def terms(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in TERMS} | {"equivalences": self.cleaned_data["equivalences"]}


def terms_of(obligation) -> dict:
    """What a form starts with."""
    return {name: getattr(obligation, name) for name in TERMS} | {"equivalences": obligation.equivalences.all()}


class PrepareForm(TermsForm, WhoForm, WhenForm):
    """A new obligation: its terms, and one of the usual rules."""


# ---- what a base means, on days one can check


def bases_with_examples(months: int, window: int) -> list[tuple[str, ChoiceLabel]]:
    """Each base with what it gives on two days: done in the window, done late."""
    return [
        (base.value, ChoiceLabel(base.label, *_examples(RenewalBase(base.value), months, window)))
        for base in RenewalFrom
    ]


def _examples(base: RenewalBase, months: int, window: int) -> list[str]:
    fixed = date(2026, 12, 31)
    validity = Validity(months, base, window, fixed if base == RenewalBase.FIXED_CALENDAR else None)
    if base == RenewalBase.FIXED_CALENDAR:
        done = date(2027, 4, 15)
        said = _("Example, fixed day 31 December 2026: done on %(done)s, it holds until %(until)s.")
        return [said % {"done": _told(done), "until": _told(validity.after(done).expires_on)}]
    ends = date(2027, 5, 3)
    said = _("Example, end on %(ends)s: done again on %(done)s, it holds until %(until)s.")
    days = [date(2027, 4, 15), date(2027, 6, 1)] if window >= 18 else [date(2027, 5, 3), date(2027, 6, 1)]
    return [
        said % {"ends": _told(ends), "done": _told(done), "until": _told(validity.after(done, ends).expires_on)}
        for done in days
    ]


def _told(day: date) -> str:
    return date_format(day, "j F Y")
