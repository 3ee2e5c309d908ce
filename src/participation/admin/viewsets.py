"""Spaces, their calendar, the people invited and the roles held there: four screens, for administrators."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from src.directory.admin.viewsets import DirectoryViewSet, EditView, GrantViewSet, ListView, RemoveView

from ..models import HelpContact, NeutralPeriod, Phase, Space, SpaceMember, SpaceRoleGrant
from ..services import end_space_role
from ..services.spaces import remove_member, remove_phase
from . import forms, wizard


class SpaceListView(ListView):
    """The spaces; a new one most often begins from a template."""

    add_item_label = _("Empty space")

    @cached_property
    def header_buttons(self):
        if not self.add_url:
            return super().header_buttons
        button = HeaderButton(_("New space from a template"), url=reverse("espaces:kinds"), icon_name="plus")
        return [button, *super().header_buttons]


class SpaceEditView(EditView):
    """Change a space; one in preparation shows the way to open it."""

    @cached_property
    def header_buttons(self):
        if not self.object.is_draft:
            return super().header_buttons
        url = reverse("espaces:open", args=[self.object.pk])
        return [HeaderButton(_("Open this space"), url=url, icon_name="check"), *super().header_buttons]


class SpaceViewSet(DirectoryViewSet):
    """Open and change spaces; a space with contributions stays."""

    model = Space
    name = "espaces"
    url_prefix = "espaces/boites"
    icon = "folder-open-inverse"
    menu_label = _("Boxes and calls")
    actions = ("add", "change", "view")
    unused_pages = frozenset({"delete"})
    index_view_class = SpaceListView
    edit_view_class = SpaceEditView
    form_for_creation = forms.OpenSpaceForm
    form_for_change = forms.ChangeSpaceForm
    form_fields = forms.SpaceForm.Meta.fields
    list_display = [
        "name",
        "slug",
        Column("circle", label=_("Who sees it"), accessor="get_circle_display"),
        BooleanColumn("draft", label=_("In preparation"), accessor="is_draft"),
        BooleanColumn("archive", label=_("Archive"), accessor="is_archive"),
        Column("frozen", label=_("First contribution"), accessor="first_contribution_at"),
    ]
    search_fields = ["name", "slug", "summary"]
    ordering = ["name", "pk"]

    def reverse(self, name, *args):
        """The address of one of the pages."""
        return reverse(self.get_url_name(name), args=args)

    def get_urlpatterns(self):
        own = {
            "modeles/": ("kinds", wizard.ChooseKindView),
            "modeles/<slug:code>/": ("from_kind", wizard.FromKindView),
            "ouvrir/<int:pk>/": ("open", wizard.OpenDraftView),
        }
        common = {"permission_policy": self.permission_policy, "header_icon": self.icon, "viewset": self}
        return super().get_urlpatterns() + [
            path(route, self.construct_view(view, **common), name=name) for route, (name, view) in own.items()
        ]


class PhaseViewSet(DirectoryViewSet):
    """Plan what is open, and when."""

    model = Phase
    name = "calendrier"
    url_prefix = "espaces/calendrier"
    icon = "calendar-alt"
    menu_label = _("Calendar")
    actions = ("add", "change", "delete", "view")
    related = ("space",)
    removal = staticmethod(remove_phase)
    delete_view_class = RemoveView
    form_for_creation = forms.PhaseForm
    form_for_change = forms.PhaseForm
    form_fields = forms.PhaseForm.Meta.fields
    list_display = [
        Column("name", label=_("Name"), accessor="name"),
        Column("space", label=_("Space"), accessor="space.name"),
        Column("verbs", label=_("What it opens"), accessor="opened_words"),
        Column("starts_at", label=_("From"), accessor="starts_at"),
        Column("ends_at", label=_("Until"), accessor="ends_at"),
    ]
    search_fields = ["name", "space__name"]
    ordering = ["space__name", "starts_at", "pk"]


class MemberViewSet(DirectoryViewSet):
    """Invite people into spaces of members."""

    model = SpaceMember
    name = "membres"
    url_prefix = "espaces/membres"
    icon = "user"
    menu_label = _("Members invited")
    actions = ("add", "change", "delete", "view")
    related = ("space", "user")
    removal = staticmethod(remove_member)
    delete_view_class = RemoveView
    form_for_creation = forms.InviteForm
    form_for_change = forms.InvitationEndForm
    form_fields = forms.InviteForm.Meta.fields
    list_display = [
        Column("user", label=_("Person"), accessor="user.get_full_name"),
        Column("space", label=_("Space"), accessor="space.name"),
        Column("since", label=_("From"), accessor="since"),
        Column("until", label=_("Until"), accessor="until"),
    ]
    search_fields = ["user__last_name", "user__first_name", "user__username", "space__name"]
    ordering = ["space__name", "user__last_name", "pk"]


class SpaceRoleViewSet(GrantViewSet):
    """Roles held in one space."""

    model = SpaceRoleGrant
    name = "roles-espaces"
    url_prefix = "espaces/roles"
    menu_label = _("Roles in a space")
    place_label = _("Space")
    related = ("user", "space", "deputy")
    removal = staticmethod(end_space_role)
    form_for_creation = forms.GrantSpaceRoleForm
    form_for_change = forms.SpaceDeputyForm
    form_fields = forms.GrantSpaceRoleForm.Meta.fields
    search_fields = ["user__last_name", "user__first_name", "user__username", "space__name"]


class HelpContactViewSet(DirectoryViewSet):
    """Who the safe rail shows to somebody whose text is a testimony."""

    model = HelpContact
    name = "aides"
    url_prefix = "espaces/aides"
    icon = "help"
    menu_label = _("Who can help")
    actions = ("add", "change", "delete", "view")
    form_for_creation = forms.HelpContactForm
    form_for_change = forms.HelpContactForm
    form_fields = forms.HelpContactForm.Meta.fields
    list_display = [
        Column("name", label=_("Name"), accessor="name"),
        Column("phone", label=_("Telephone"), accessor="phone"),
        Column("themes", label=_("What they help with"), accessor="theme_words"),
        BooleanColumn("shown", label=_("Shown"), accessor="is_shown"),
    ]
    search_fields = ["name", "detail"]
    ordering = ["position", "name", "pk"]


class NeutralPeriodViewSet(DirectoryViewSet):
    """When what promotes the City is held: outcomes, thanks, the words of yearly reports."""

    model = NeutralPeriod
    name = "reserve"
    url_prefix = "espaces/reserve"
    icon = "history"
    menu_label = _("Pre-electoral periods")
    actions = ("add", "change", "delete", "view")
    form_for_creation = forms.NeutralPeriodForm
    form_for_change = forms.NeutralPeriodForm
    form_fields = forms.NeutralPeriodForm.Meta.fields
    list_display = [
        Column("name", label=_("Which election"), accessor="name"),
        Column("starts_on", label=_("From"), accessor="starts_on"),
        Column("ends_on", label=_("Until"), accessor="ends_on"),
    ]
    search_fields = ["name"]
    ordering = ["-starts_on", "pk"]


class SpacesGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Spaces")
    menu_icon = "folder-open-inverse"
    menu_order = 310
    items = (SpaceViewSet, PhaseViewSet, MemberViewSet, SpaceRoleViewSet, HelpContactViewSet, NeutralPeriodViewSet)
