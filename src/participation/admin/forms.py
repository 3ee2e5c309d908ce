"""Forms of the admin screens: they parse, and call one service."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from src.directory.admin.forms import AccountField, DeputyForm
from src.directory.enums import UnitKind
from src.directory.models import JobFamily, Unit
from src.foundations.several import SeveralField
from src.workflow.enums import ProcessStatus
from src.workflow.models import Process

from .. import activities, kinds
from ..enums import IdentityMode, PhaseVerb
from ..limits import limits_of
from ..models import HelpContact, NeutralPeriod, Phase, Space, SpaceMember, SpaceRoleGrant
from ..rail_lexicon import THEMES
from ..services import grant_space_role
from ..services.roles import SPACE_ROLES, name_space_deputy
from ..services.spaces import (
    FROZEN,
    anonymous_refusal,
    change_space,
    end_invitation,
    frozen_sentence,
    invite_member,
    limit_space,
    open_space,
    plan_phase,
)

OFFERED = [(mode.value, mode.label) for mode in IdentityMode]
HOW_PEOPLE_SIGN = _(
    "Each author chooses among these before sending. Frozen by the first contribution. “Anonymous” is written signed "
    "out, with the code of a place, at a kiosk or on paper: nothing of its author is kept."
)


LIMITS = ("limit_directions", "limit_sites", "limit_families")


def limit_fields() -> dict[str, forms.Field]:
    """Who may propose: directions, sites, job families; none ticked: everybody of the circle."""
    units = Unit.objects.filter(valid_until__isnull=True).order_by("name", "pk")
    return {
        "limit_directions": SeveralField(
            label=_("Only these directions propose"),
            queryset=units.filter(kind=UnitKind.DIRECTION),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None ticked: everybody who sees it. The others read, support and comment."),
        ),
        "limit_sites": SeveralField(
            label=_("Only these sites propose"),
            queryset=units.filter(kind=UnitKind.SITE),
            required=False,
            widget=forms.SelectMultiple(attrs={"size": 8}),
            help_text=_("Added to the directions ticked. None: no site in particular."),
        ),
        "limit_families": SeveralField(
            label=_("Only these job families propose"),
            queryset=JobFamily.objects.order_by("name"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("With directions or sites, both are asked."),
        ),
    }


class SpaceForm(WagtailAdminModelForm):
    """What a space is: its name, who sees it, how one signs and who proposes there, what runs in it."""

    activities = forms.MultipleChoiceField(label=_("activities"), widget=forms.CheckboxSelectMultiple)
    identity_modes = forms.MultipleChoiceField(
        label=_("How people sign"),
        choices=OFFERED,
        widget=forms.CheckboxSelectMultiple,
        help_text=HOW_PEOPLE_SIGN,
    )

    class Meta:
        model = Space
        fields = [
            "name",
            "slug",
            "summary",
            "introduction",
            "circle",
            "member_unit",
            "identity_modes",
            "activities",
            "process",
            "steering_unit",
            "support_threshold",
            "chosen_count",
            "cohort_seats",
            "direction_seats",
            "reports_hide",
            "on_home_page",
            "is_archive",
            "licence_note",
        ]
        help_texts = {
            "slug": _("Small letters and hyphens; it stands in addresses and doesn't change."),
            "circle": _("Frozen by the first contribution: choose with care, it is never widened."),
            "member_unit": _("For a space of members: everybody posted in this unit and below it."),
            "steering_unit": _("Receives what nobody else does."),
            "reports_hide": _(
                "Three reports from three units hide a text until a moderator has read it, within two working days."
            ),
            "is_archive": _("Shows imported material: nothing is owed and nothing opens."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activities"].choices = activities.choices()
        self.fields["process"].queryset = Process.objects.filter(status=ProcessStatus.ACTIVE).order_by("name")
        units = Unit.objects.filter(valid_until__isnull=True).order_by("name", "pk")
        for name in ("member_unit", "steering_unit"):
            self.fields[name].queryset = units
        self.fields |= limit_fields()
        self._keep_numbers_of_kind()

    def _keep_numbers_of_kind(self):
        """The numbers of the space's kind; those of other kinds mean nothing here."""
        kind = kinds.find(self.instance.kind)
        own = kind.numbers if kind else {}
        for name in kinds.number_names():
            if name not in own:
                del self.fields[name]
                continue
            self.fields[name].required = name not in kind.optional_numbers
            settled = kind.settled(self.instance) if kind.settled and self.instance.pk else ""
            if settled:
                self.fields[name].disabled, self.fields[name].help_text = True, settled

    def clean(self):
        data = super().clean()
        if not data.get("is_archive") and not self.fields["identity_modes"].disabled:
            refusal = anonymous_refusal(data.get("identity_modes", ()), data.get("circle"))
            if refusal:
                self.add_error("identity_modes", refusal)
        return data

    def set_limits(self, space):
        """Keep who may propose, as ticked."""
        data = self.cleaned_data
        units = [*data["limit_directions"], *data["limit_sites"]]
        return limit_space(space, units=units, job_families=data["limit_families"], actor=self.for_user)


class OpenSpaceForm(SpaceForm):
    """A new space, open from a day if one says so."""

    starts_at = forms.DateTimeField(
        label=_("opens"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Everything opens at that moment. Empty: plan the calendar afterwards."),
    )
    ends_at = forms.DateTimeField(
        label=_("closes"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: a permanent box.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("activities", [code for code, _label in activities.choices()])

    def clean(self):
        data = super().clean()
        if data.get("ends_at") and not data.get("starts_at"):
            self.add_error("starts_at", _("Say when it opens too."))
        return data

    def save(self, commit=True):
        names = [name for name in (*self.Meta.fields, "starts_at", "ends_at") if name in self.fields]
        space = open_space(actor=self.for_user, **{name: self.cleaned_data[name] for name in names})
        return self.set_limits(space)


class ChangeSpaceForm(SpaceForm):
    """Change a space; what its first contribution froze is shown and explained."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = True
        self._show_limits()
        if self.instance.process_id:
            current = Process.objects.filter(pk=self.instance.process_id)
            self.fields["process"].queryset = (self.fields["process"].queryset | current).order_by("name", "version")
        if self.instance.first_contribution_at is not None:
            self._freeze()

    def _show_limits(self):
        """What is ticked already; a unit that is neither a direction nor a site any more stays in its list."""
        limits = limits_of(self.instance)
        units = [limit.unit for limit in limits if limit.unit_id is not None]
        directions = [unit.pk for unit in units if unit.kind == UnitKind.DIRECTION]
        others = [unit.pk for unit in units if unit.kind != UnitKind.DIRECTION]
        for name, kept in (("limit_directions", directions), ("limit_sites", others)):
            self.initial[name] = kept
            offered = self.fields[name].queryset | Unit.objects.filter(pk__in=kept)
            self.fields[name].queryset = offered.order_by("name", "pk")
        self.initial["limit_families"] = [limit.job_family_id for limit in limits if limit.job_family_id is not None]

    def _freeze(self):
        for name in FROZEN:
            self.fields[name].disabled = True
            self.fields[name].help_text = frozen_sentence()
        unit = self.instance.member_unit
        if unit is None:
            return
        self.fields["member_unit"].queryset = Unit.objects.filter(pk__in=[unit.pk, unit.successor_id])
        if unit.successor_id is not None:
            self.fields["member_unit"].disabled = False
            self.fields["member_unit"].help_text = _("This unit is closed: its successor may take its place.")

    def save(self, commit=True):
        shown = [name for name in self.Meta.fields if name in self.fields and not self.fields[name].disabled]
        fields = {name: self.cleaned_data[name] for name in shown}
        return self.set_limits(change_space(self.instance, actor=self.for_user, **fields))


class PhaseForm(WagtailAdminModelForm):
    """Between two moments, what is open."""

    verbs = forms.MultipleChoiceField(
        label=_("what it opens"), choices=PhaseVerb.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Phase
        fields = ["space", "name", "verbs", "starts_at", "ends_at"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}
        help_texts = {"ends_at": _("Empty: no end is planned.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.filter(is_archive=False).order_by("name")
        if self.instance.pk:
            self.fields["space"].disabled = True

    def save(self, commit=True):
        phase = Phase.objects.get(pk=self.instance.pk) if self.instance.pk else None
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return plan_phase(phase=phase, actor=self.for_user, **fields)


class HelpContactForm(WagtailAdminModelForm):
    """Somebody or a service who can help, and with what."""

    themes = forms.MultipleChoiceField(
        label=_("what they help with"),
        choices=THEMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those concerned are shown first. None ticked: whatever was told."),
    )

    url = forms.URLField(label=_("page"), required=False, assume_scheme="https")

    class Meta:
        model = HelpContact
        fields = ["name", "detail", "phone", "email", "url", "themes", "position", "is_shown"]

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("phone", "email", "url")):
            raise forms.ValidationError(_("Give a telephone, an e-mail address or a page: one way to reach them."))
        return cleaned


class NeutralPeriodForm(WagtailAdminModelForm):
    """A pre-electoral period: which election, from when, until when."""

    class Meta:
        model = NeutralPeriod
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}
        help_texts = {
            "name": _("As everybody will read it, for example: municipal elections of March 2027."),
            "starts_on": _("The law holds praise back from the first day of the sixth month before the election."),
            "ends_on": _("The day of the last round. Outcomes come out the day after."),
        }

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The period ends after it begins: choose a later day."))
        return cleaned


class InviteForm(WagtailAdminModelForm):
    """Invite somebody by name."""

    person = AccountField(label=_("Person"), help_text=_("Identifier, e-mail or personnel number"))
    field_order = ["space", "person", "until"]

    class Meta:
        model = SpaceMember
        fields = ["space", "until"]
        widgets = {"until": AdminDateInput}
        labels = {"space": _("Space"), "until": _("Until")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.filter(circle="members").order_by("name")

    def save(self, commit=True):
        data = self.cleaned_data
        return invite_member(space=data["space"], user=data["person"], until=data["until"], actor=self.for_user)


class InvitationEndForm(WagtailAdminModelForm):
    """Say until when somebody is invited."""

    class Meta:
        model = SpaceMember
        fields = ["until"]
        widgets = {"until": AdminDateInput}
        labels = {"until": _("Until")}

    def save(self, commit=True):
        return end_invitation(self.instance, until=self.cleaned_data["until"], actor=self.for_user)


class GrantSpaceRoleForm(WagtailAdminModelForm):
    """Give a role in one space."""

    person = AccountField(label=_("Person"), help_text=_("Identifier, e-mail or personnel number"))
    deputy_name = AccountField(
        label=_("Deputy"), required=False, help_text=_("Acts while the person is absent. Identifier, e-mail or number")
    )
    field_order = ["space", "person", "role", "deputy_name", "ends_on"]

    class Meta:
        model = SpaceRoleGrant
        fields = ["space", "role", "ends_on"]
        widgets = {"ends_on": AdminDateInput}
        labels = {"space": _("Space")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in sorted(SPACE_ROLES)]

    def save(self, commit=True):
        data = self.cleaned_data
        return grant_space_role(
            user=data["person"],
            role=data["role"],
            space=data["space"],
            deputy=data["deputy_name"],
            ends_on=data["ends_on"],
            actor=self.for_user,
        )


class SpaceDeputyForm(DeputyForm):
    """Name another deputy for a role in a space."""

    name_deputy = staticmethod(name_space_deputy)

    class Meta(DeputyForm.Meta):
        model = SpaceRoleGrant
