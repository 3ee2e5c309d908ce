"""In the administration: the addresses no mail leaves for."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from src.directory.enums import Role

from . import selectors


def may_read_stopped(viewer) -> bool:
    """Administrators of the site."""
    return viewer.has_role(Role.ADMINISTRATOR)


class StoppedAddressesView(WagtailAdminTemplateMixin, View):
    """Whose address is stopped, why, since which week and with what effect; never by which message."""

    template_name = "notices/admin/stopped.html"
    page_title = ""
    header_icon = "mail"

    def get(self, request):
        if not may_read_stopped(request.viewer):
            raise PermissionDenied
        return self.render_to_response(self.get_context_data(rows=selectors.stopped_addresses()))

    def get_page_title(self):
        return _("Stopped addresses")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, *, rows, **kwargs):
        columns = [
            Column("name", label=_("Name")),
            Column("address", label=_("E-mail")),
            Column("reason", label=_("Reason")),
            Column("since", label=_("Since")),
            Column("next", label=_("Their e-mails")),
        ]
        return {**super().get_context_data(**kwargs), "rows": rows, "table": Table(columns, rows)}
