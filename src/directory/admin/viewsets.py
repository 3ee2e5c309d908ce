"""The four screens and their menu."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Absence, RoleGrant, Unit, User
from ..services.roles import cancel_absence, end_role
from . import forms
from .policy import AdministratorPolicy


class RefusalMixin:
    """A service's refusal is an error of the form, never a broken page."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.form = form
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)


class CreateView(RefusalMixin, generic.CreateView):
    """Add through a service."""


class EditView(RefusalMixin, generic.EditView):
    """Change through a service."""


class ListView(generic.IndexView):
    """The list, with what its lines name of other rows read in the same statement."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)


class RemoveView(RefusalMixin, generic.DeleteView):
    """Take away through a service, which keeps what must stay."""

    removal = None

    def delete_action(self):
        self.removal(self.object, actor=self.request.user)


class EndRoleView(RemoveView):
    """A role is ended, never erased: what was done under it stays explained."""

    page_title = _("End a role")
    success_message = _("The role has ended.")


class DirectoryViewSet(ModelViewSet):
    """What administrators' screens share: fifty lines a page, no usage nor copy, each change through a service."""

    actions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    # The service that takes a row away: ``(row, *, actor)``.
    removal = None
    index_view_class = ListView
    add_view_class = CreateView
    edit_view_class = EditView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    list_filter = ()
    form_for_change = None
    form_for_creation = None

    @property
    def permission_policy(self):
        return AdministratorPolicy(self.model, self.actions)

    def get_form_class(self, for_update=False):
        return self.form_for_change if for_update else self.form_for_creation

    def get_permissions_to_register(self):
        return super().get_permissions_to_register().none()

    def get_common_view_kwargs(self, **kwargs):
        common = super().get_common_view_kwargs(**kwargs)
        common["usage_url_name"] = None
        return common

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(related=self.related, **kwargs)

    def get_delete_view_kwargs(self, **kwargs):
        if self.removal is not None:
            kwargs["removal"] = self.removal
        return super().get_delete_view_kwargs(**kwargs)

    def get_urlpatterns(self):
        unused = {"usage", "copy", *self.unused_pages}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in unused]

    unused_pages: frozenset = frozenset()


class UnitViewSet(DirectoryViewSet):
    """Open, rename, move and close units; a closed unit stays, with its successor."""

    model = Unit
    name = "unites"
    url_prefix = "annuaire/unites"
    icon = "folder-open-inverse"
    menu_label = _("Units")
    actions = ("add", "change", "view")
    unused_pages = frozenset({"delete"})
    related = ("direction",)
    form_for_creation = forms.OpenUnitForm
    form_for_change = forms.ChangeUnitForm
    form_fields = forms.OpenUnitForm.Meta.fields
    list_display = [
        "name",
        "code",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("direction", label=_("Direction"), accessor="direction"),
        Column("headcount", label=_("Head-count"), accessor="headcount"),
        Column("valid_until", label=_("Closed on"), accessor="valid_until"),
    ]
    search_fields = ["name", "code", "acronym"]
    ordering = ["path"]


class PersonView(generic.InspectView):
    """One person: where they work and worked, their roles, their absences."""

    template_name = "directory/admin/person.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["posts"] = self.object.affectations.select_related("unit", "job_family").order_by("-starts_on", "-pk")
        context["grants"] = self.object.rolegrants.select_related("unit", "deputy").order_by("-starts_on", "-pk")
        context["absences"] = self.object.absences.order_by("-starts_on")
        return context


class PersonViewSet(DirectoryViewSet):
    """Read people, their posts, roles and absences."""

    model = User
    name = "personnes"
    url_prefix = "annuaire/personnes"
    icon = "user"
    menu_label = _("People")
    actions = ("view",)
    unused_pages = frozenset({"add", "edit", "delete"})
    related = ("current_affectation__unit",)
    inspect_view_class = PersonView
    inspect_view_enabled = True
    inspect_view_fields = ["username", "personnel_number", "email", "first_name", "last_name", "is_active"]
    form_fields = ["first_name"]
    list_display = [
        Column("name", label=_("Name"), accessor="get_full_name"),
        "username",
        "personnel_number",
        Column("unit", label=_("Unit"), accessor="current_affectation.unit"),
        Column("is_active", label=_("Active"), accessor="is_active"),
    ]
    search_fields = ["last_name", "first_name", "username", "personnel_number", "email"]
    ordering = ["last_name", "first_name", "pk"]


class GrantViewSet(DirectoryViewSet):
    """Give roles, name deputies, end roles: what the screens share, wherever the roles are held."""

    icon = "key"
    actions = ("add", "change", "delete", "view")
    delete_view_class = EndRoleView
    delete_template_name = "directory/admin/end_role.html"
    place_label = _("Unit")
    ordering = ["-ends_on", "user__last_name", "pk"]

    @cached_property
    def list_display(self):
        return [
            Column("user", label=_("Person"), accessor="user.get_full_name"),
            Column("role", label=_("Role"), accessor="get_role_display"),
            Column("place", label=self.place_label, accessor="place"),
            Column("deputy", label=_("Deputy"), accessor="deputy.get_full_name"),
            Column("starts_on", label=_("From"), accessor="starts_on"),
            Column("ends_on", label=_("Until"), accessor="ends_on"),
        ]


class RoleViewSet(GrantViewSet):
    """Roles held for a unit or for the whole city."""

    model = RoleGrant
    name = "roles"
    url_prefix = "annuaire/roles"
    menu_label = _("Roles")
    related = ("user", "unit", "deputy")
    removal = staticmethod(end_role)
    form_for_creation = forms.GrantRoleForm
    form_for_change = forms.DeputyForm
    form_fields = forms.GrantRoleForm.Meta.fields
    search_fields = ["user__last_name", "user__first_name", "user__username", "unit__name"]


class AddAbsenceView(CreateView):
    """An absence isn't changed: it is taken away and written again."""

    def get_success_buttons(self):
        return []


class AbsenceViewSet(DirectoryViewSet):
    """Write absences and take them away."""

    model = Absence
    name = "absences"
    url_prefix = "annuaire/absences"
    icon = "date"
    menu_label = _("Absences")
    actions = ("add", "delete", "view")
    related = ("user",)
    removal = staticmethod(cancel_absence)
    add_view_class = AddAbsenceView
    delete_view_class = RemoveView
    form_for_creation = forms.AbsenceForm
    form_for_change = forms.AbsenceForm
    form_fields = forms.AbsenceForm.Meta.fields
    list_display = [
        Column("user", label=_("Person"), accessor="user.get_full_name"),
        "starts_on",
        "ends_on",
    ]
    search_fields = ["user__last_name", "user__first_name", "user__username"]
    ordering = ["-starts_on", "pk"]


class DirectoryGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 300
    items = (UnitViewSet, PersonViewSet, RoleViewSet, AbsenceViewSet)
