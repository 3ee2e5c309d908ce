"""The quotas as they are typed: the whole table, a file, a looser protected quota, two values crossed."""

import base64
import binascii

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.imports import Unreadable
from src.foundations.plain_fields import PlainTextField

from ..csv_lines import MOST_BYTES
from ..models import CriterionValue
from .plain import PlainForm, whole

MOST_CARRIED = 400_000


def _bound(label, value=None) -> forms.IntegerField:
    return whole(label, gettext_lazy("Write a number of seats."), initial=value)


class QuotasForm(PlainForm):
    """Minimum, maximum and protection of each quota that may be changed here; locked ones have no field.

    ``offered`` are bounds to begin from, by the number of the quota.
    """

    hide_optional = True

    def __init__(self, panel, criteria, data=None, *, offered=None):
        super().__init__(data)
        self.panel, self.quotas = panel, {}
        for criterion in criteria:
            for value in criterion.values.all():
                quota = getattr(value, "quota", None)
                if quota is not None and (panel.is_draft or not quota.is_protected):
                    self._add(quota, f"{criterion.label}, {value.label}", (offered or {}).get(quota.pk))

    def _add(self, quota, name: str, offered) -> None:
        minimum, maximum = offered or (quota.minimum, quota.maximum)
        words = {"name": name}
        self.quotas[quota.pk] = quota
        self.fields[f"min_{quota.pk}"] = _bound(_("%(name)s: at least") % words, minimum)
        self.fields[f"max_{quota.pk}"] = _bound(_("%(name)s: at most") % words, maximum)
        self.fields[f"kept_{quota.pk}"] = forms.BooleanField(
            label=_("%(name)s: protected") % words, required=False, initial=quota.is_protected
        )

    def bounds_of(self, quota) -> dict:
        """The fields of one quota, for the table."""
        return {name: self[f"{name}_{quota.pk}"] for name in ("min", "max", "kept")}

    def clean(self):
        cleaned = super().clean()
        for pk, quota in self.quotas.items():
            minimum, maximum = cleaned.get(f"min_{pk}"), cleaned.get(f"max_{pk}")
            if minimum is None or maximum is None:
                continue
            name = {"name": f"{quota.value.criterion.label}, {quota.value.label}"}
            if minimum > maximum:
                self.add_error(f"min_{pk}", _("%(name)s: the minimum is above the maximum.") % name)
            elif minimum > self.panel.seats:
                self.add_error(f"min_{pk}", _("%(name)s: the minimum is above the number of seats.") % name)
        return cleaned

    @property
    def typed(self) -> dict[int, tuple[int, int]]:
        """The bounds as they are in the fields, to try."""
        return {pk: (self.cleaned_data[f"min_{pk}"], self.cleaned_data[f"max_{pk}"]) for pk in self.quotas}

    @property
    def bounds(self) -> dict[int, tuple[int, int, bool]]:
        """What the service writes."""
        return {pk: (*both, self.cleaned_data[f"kept_{pk}"]) for pk, both in self.typed.items()}


class QuotaFileForm(PlainForm):
    """A file of quotas, read before it is brought in; confirmed, the same bytes come back with the form."""

    file = forms.FileField(
        label=gettext_lazy("File of the quotas"),
        required=False,
        help_text=gettext_lazy("A CSV file, as any spreadsheet saves it."),
        widget=forms.FileInput(attrs={"accept": "text/csv,.csv"}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    carried = forms.CharField(required=False, max_length=MOST_CARRIED, widget=forms.HiddenInput)
    hide_optional = True

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        file = cleaned.get("file")
        if file:
            self.content = file.read(MOST_BYTES + 1)
        else:
            try:
                self.content = base64.b64decode(cleaned.get("carried", ""), validate=True)
            except (binascii.Error, ValueError):
                self.content = b""
        if not self.content:
            self.add_error("file", _("Choose a file."))
        elif len(self.content) > MOST_CARRIED // 2:
            self.add_error("file", _("This file is too large. Cut it."))
        return cleaned

    @property
    def again(self) -> str:
        """The bytes of the file, for the form that confirms."""
        return base64.b64encode(self.content).decode()

    def refuse(self, fault: Unreadable) -> None:
        """Say that the file isn't a table."""
        self.add_error("file", str(fault))


class RelaxForm(PlainForm):
    """A protected quota made looser, and why."""

    minimum = _bound(gettext_lazy("At least"))
    maximum = _bound(gettext_lazy("At most"))
    reason = PlainTextField(
        label=gettext_lazy("Why it must be looser"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads it with the panel."),
        error_messages={"required": gettext_lazy("Write why: everybody reads it.")},
    )

    def __init__(self, quota, data=None, *, offered=None):
        minimum, maximum = offered or (quota.minimum, quota.maximum)
        super().__init__(data, initial={"minimum": minimum, "maximum": maximum})
        self.quota = quota

    def clean(self):
        cleaned = super().clean()
        minimum, maximum = cleaned.get("minimum"), cleaned.get("maximum")
        if minimum is None or maximum is None:
            return cleaned
        if minimum > maximum:
            self.add_error("minimum", _("The minimum is above the maximum."))
        elif minimum >= self.quota.minimum and maximum <= self.quota.maximum:
            self.add_error("minimum", _("This is not looser than now: lower the minimum, or raise the maximum."))
        return cleaned


def _value(label) -> forms.ModelChoiceField:
    errors = {
        "required": gettext_lazy("Choose a value."),
        "invalid_choice": gettext_lazy("Choose a value of the list."),
    }
    return forms.ModelChoiceField(
        label=label, queryset=None, empty_label=pgettext_lazy("crossed quota", "Choose a value"), error_messages=errors
    )


class CrossForm(PlainForm):
    """Two values of two criteria, and how many members hold both."""

    one = _value(pgettext_lazy("crossed quota", "One value"))
    other = _value(pgettext_lazy("crossed quota", "And another value"))
    minimum = _bound(gettext_lazy("At least"))
    maximum = _bound(gettext_lazy("At most"))

    def __init__(self, panel, data=None):
        super().__init__(data)
        self.panel = panel
        values = CriterionValue.objects.filter(criterion__panel=panel).select_related("criterion__panel")
        for name in ("one", "other"):
            self.fields[name].queryset = values.order_by("criterion__position", "position")
            self.fields[name].label_from_instance = lambda value: f"{value.criterion.label} : {value.label}"

    def clean(self):
        cleaned = super().clean()
        one, other = cleaned.get("one"), cleaned.get("other")
        if one and other and one.criterion_id == other.criterion_id:
            self.add_error("other", _("Choose two values of two criteria."))
        minimum, maximum = cleaned.get("minimum"), cleaned.get("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            self.add_error("minimum", _("The minimum is above the maximum."))
        elif minimum is not None and minimum > self.panel.seats:
            self.add_error("minimum", _("The minimum is above the number of seats."))
        return cleaned
