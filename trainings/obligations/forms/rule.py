"""Of whom a rule asks, and from when it counts: three usual choices, or one question added to a tree."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.directory.models import JobFamily, Unit
from src.foundations.plain_fields import LineField
from theme.forms import ChoiceLabel

from ..enums import AnchorFact
from ..models.obligation import DAYS_MAX
from ..predicates import VALUES_MAX
from ..usual import EVERY, MANAGERS, PUBLIC, Usual, tree_of
from .plain import CHOOSE, PlainForm, day, directions, whole, whole_city


class WhoForm(PlainForm):
    """Three usual choices, each in the whole city or in one direction."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is concerned?"), widget=forms.RadioSelect, initial=EVERY, error_messages=CHOOSE
    )
    direction = forms.ChoiceField(label=gettext_lazy("Where?"), required=False, error_messages=CHOOSE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (EVERY, ChoiceLabel(_("Everybody"), _("Each agent who has a post."))),
            (PUBLIC, ChoiceLabel(_("Those in contact with the public"), _("As the staff file says of their post."))),
            (MANAGERS, ChoiceLabel(_("Managers"), _("Those who manage a team, as the staff file says."))),
        ]
        self.fields["direction"].choices = whole_city(directions())

    @property
    def predicate(self) -> dict:
        return tree_of(Usual(self.cleaned_data["who"], self.cleaned_data["direction"]))


class WhenForm(PlainForm):
    """From when days are counted, how many there are, and the notice one always has."""

    anchor = forms.ChoiceField(
        label=gettext_lazy("From when are the days counted?"),
        widget=forms.RadioSelect,
        initial=AnchorFact.RULE_ENTRY,
        error_messages=CHOOSE,
    )
    anchor_on = day(
        gettext_lazy("Fixed day before which it is to be done"),
        required=False,
        help_text=gettext_lazy("Only for a fixed day."),
    )
    offset_days = whole(
        gettext_lazy("How many days to do it"),
        most=DAYS_MAX,
        initial=180,
        help_text=gettext_lazy("Not used with a fixed day: the day is the day."),
    )
    min_notice_days = whole(
        gettext_lazy("How many days of notice at least"),
        least=1,
        most=DAYS_MAX,
        initial=60,
        help_text=gettext_lazy("Whatever the rule says, nobody has less than this after the day they were told."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [(one.value, ChoiceLabel(_anchors()[one], *_hint(one))) for one in AnchorFact]

    def clean(self):
        said = super().clean()
        if said.get("anchor") == AnchorFact.FIXED_DATE:
            if not said.get("anchor_on") and "anchor_on" not in self.errors:
                self.add_error("anchor_on", _("Choose the fixed day."))
            said["offset_days"] = 0
        elif "anchor_on" not in self.errors:
            said["anchor_on"] = None
        return said

    @property
    def when(self) -> dict:
        """What the service takes of a rule besides its tree."""
        said = self.cleaned_data
        return {
            "anchor": said["anchor"],
            "fixed_on": said["anchor_on"],
            "offset_days": said["offset_days"],
            "min_notice_days": said["min_notice_days"],
        }


def when_of(rule) -> dict:
    """What a form starts with."""
    return {
        "anchor": rule.anchor,
        "anchor_on": rule.fixed_on,
        "offset_days": rule.offset_days,
        "min_notice_days": rule.min_notice_days,
    }


def _anchors() -> dict:
    return {
        AnchorFact.RULE_ENTRY: _("The day somebody becomes concerned"),
        AnchorFact.HIRE_DATE: _("The first day in the city"),
        AnchorFact.JOB_START: _("The first day in the job"),
        AnchorFact.VERSION_PUBLISHED: _("The day the training was published"),
        AnchorFact.FIXED_DATE: _("A fixed day"),
    }


def _hint(one) -> list[str]:
    if one in (AnchorFact.HIRE_DATE, AnchorFact.JOB_START):
        return [_("Who has no such date in the staff file is counted from the day they become concerned.")]
    return []


class RuleForm(WhoForm, WhenForm):
    """A rule in one of the usual choices."""


# ---- one question of a tree

CONDITIONS = {
    "contact_public:yes": pgettext_lazy("rule", "meet the public"),
    "contact_public:no": pgettext_lazy("rule", "don’t meet the public"),
    "is_manager:yes": pgettext_lazy("rule", "manage a team"),
    "is_manager:no": pgettext_lazy("rule", "don’t manage a team"),
    "unit": pgettext_lazy("rule", "work in one of these units, or below"),
    "direction": pgettext_lazy("rule", "work in one of these directions"),
    "job_family": pgettext_lazy("rule", "have one of these jobs"),
    "hired_on": pgettext_lazy("rule", "came to the city from this day on"),
    "post_since": pgettext_lazy("rule", "have had their post from this day on"),
}


class QuestionForm(PlainForm):
    """One question to add. Only what the question needs is read."""

    condition = forms.ChoiceField(
        label=gettext_lazy("People who…"), choices=list(CONDITIONS.items()), error_messages=CHOOSE
    )
    units = LineField(
        label=gettext_lazy("Units"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Their codes, with commas between them: for instance SOL-NOR, ECO-12."),
    )
    directions = forms.MultipleChoiceField(
        label=gettext_lazy("Directions"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE
    )
    jobs = forms.MultipleChoiceField(
        label=gettext_lazy("Jobs"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE
    )
    since = day(gettext_lazy("From this day on"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["directions"].choices = directions()
        self.fields["jobs"].choices = list(JobFamily.objects.order_by("name", "pk").values_list("code", "name"))
        for name, condition in (("directions", "direction"), ("jobs", "job_family")):
            if not self.fields[name].choices:
                del self.fields[name]
                self.fields["condition"].choices = [
                    one for one in self.fields["condition"].choices if one[0] != condition
                ]

    def clean(self):
        said = super().clean()
        field = str(said.get("condition", "")).partition(":")[0]
        if field == "unit":
            said["codes"] = self._units(said.get("units") or "")
        needs = {"direction": "directions", "job_family": "jobs"}.get(field)
        if needs and not said.get(needs) and needs not in self.errors:
            self.add_error(needs, _("Choose at least one."))
        if field in ("hired_on", "post_since") and not said.get("since") and "since" not in self.errors:
            self.add_error("since", _("Choose a day."))
        return said

    def _units(self, text: str) -> list[str]:
        typed = [code.strip() for code in text.split(",") if code.strip()]
        if not typed or len(typed) > VALUES_MAX:
            self.add_error("units", _("Write the codes of %(count)d units at most.") % {"count": VALUES_MAX})
            return []
        known = {
            code.casefold(): code
            for code in Unit.objects.filter(code__in=self._spelt(typed)).values_list("code", flat=True)
        }
        unknown = [code for code in typed if code.casefold() not in known]
        if unknown:
            said = _("No unit has the code: %(codes)s. The list of units is in the staff file.")
            self.add_error("units", said % {"codes": ", ".join(unknown[:10])})
        return [known[code.casefold()] for code in typed if code.casefold() in known]

    @staticmethod
    def _spelt(typed: list[str]) -> set[str]:
        return {spelt for code in typed for spelt in (code, code.upper())}

    @property
    def leaf(self) -> dict:
        """The question as a tree holds it."""
        said = self.cleaned_data
        field, _colon, answer = said["condition"].partition(":")
        if answer:
            return {"field": field, "op": "=", "value": answer == "yes"}
        if field == "unit":
            return {"field": field, "op": "within", "value": said["codes"]}
        if field in ("direction", "job_family"):
            return {"field": field, "op": "in", "value": said["directions" if field == "direction" else "jobs"]}
        return {"field": field, "op": ">=", "value": said["since"].isoformat()}
