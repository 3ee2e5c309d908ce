"""Forms of the admin screens: they parse, and call one service."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from ..backends import find_account
from ..models import Absence, RoleGrant, Unit
from ..services import close_unit, declare_absence, grant_role, move_unit, open_unit
from ..services.roles import set_deputy


class AccountField(forms.CharField):
    """Somebody, by identifier, e-mail or personnel number: 53,000 people don't fit a list."""

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        account = find_account(typed)
        if account is None or not account.is_active:
            raise ValidationError(_("No account found. Check what you typed."))
        return account


def _open_units():
    return Unit.objects.filter(valid_until__isnull=True).order_by("name", "pk")


class OpenUnitForm(WagtailAdminModelForm):
    """Open a unit."""

    class Meta:
        model = Unit
        fields = ["code", "name", "acronym", "kind", "parent", "valid_from"]
        widgets = {"valid_from": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = _open_units()

    def save(self, commit=True):
        data = self.cleaned_data
        return open_unit(**{name: data[name] for name in self.Meta.fields})


class ChangeUnitForm(WagtailAdminModelForm):
    """Rename, move or close a unit."""

    class Meta:
        model = Unit
        fields = ["name", "acronym", "parent", "valid_until", "successor"]
        widgets = {"valid_until": AdminDateInput}
        help_texts = {
            "valid_until": _("Fill it in to close the unit: people and answers owed go to the successor."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = _open_units().exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others
        self.fields["successor"].queryset = others
        if self.instance.valid_until is not None:
            for name in ("parent", "valid_until", "successor"):
                self.fields[name].disabled = True

    def save(self, commit=True):
        data, unit = self.cleaned_data, Unit.objects.get(pk=self.instance.pk)
        unit.name, unit.acronym = data["name"], data["acronym"]
        unit.save(update_fields=["name", "acronym"])
        if unit.valid_until is not None:
            return unit
        parent = data["parent"]
        if (parent.pk if parent else None) != unit.parent_id:
            unit = move_unit(unit, parent=parent, actor=self.for_user)
        if data["valid_until"] is not None:
            unit = close_unit(unit, successor=data["successor"], on=data["valid_until"], actor=self.for_user)
        return unit


class GrantRoleForm(WagtailAdminModelForm):
    """Give a role."""

    person = AccountField(label=_("Person"), help_text=_("Identifier, e-mail or personnel number"))
    deputy_name = AccountField(
        label=_("Deputy"), required=False, help_text=_("Acts while the person is absent. Identifier, e-mail or number")
    )
    field_order = ["person", "role", "unit", "deputy_name", "ends_on"]

    class Meta:
        model = RoleGrant
        fields = ["role", "unit", "ends_on"]
        widgets = {"ends_on": AdminDateInput}
        labels = {"unit": _("Unit")}
        help_texts = {"unit": _("Nothing chosen: the whole city.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _open_units()

    def save(self, commit=True):
        data = self.cleaned_data
        return grant_role(
            user=data["person"],
            role=data["role"],
            unit=data["unit"],
            deputy=data["deputy_name"],
            ends_on=data["ends_on"],
            actor=self.for_user,
        )


class DeputyForm(WagtailAdminModelForm):
    """Name another deputy for a role; ``name_deputy`` is the service that does it, ``(grant, *, deputy, actor)``."""

    name_deputy = staticmethod(set_deputy)

    deputy_name = AccountField(label=_("Deputy"), required=False, help_text=_("Nothing typed: nobody."))

    class Meta:
        model = RoleGrant
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.deputy_id:
            self.initial["deputy_name"] = self.instance.deputy.username

    def save(self, commit=True):
        return self.name_deputy(self.instance, deputy=self.cleaned_data["deputy_name"], actor=self.for_user)


class AbsenceForm(WagtailAdminModelForm):
    """Write an absence; its reason is nobody's business."""

    person = AccountField(label=_("Person"), help_text=_("Identifier, e-mail or personnel number"))
    field_order = ["person", "starts_on", "ends_on"]

    class Meta:
        model = Absence
        fields = ["starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def save(self, commit=True):
        data = self.cleaned_data
        return declare_absence(
            data["person"], starts_on=data["starts_on"], ends_on=data["ends_on"], actor=self.for_user
        )
