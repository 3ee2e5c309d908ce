"""What the Wagtail admin shows of notices."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import StoppedAddressesView, may_read_stopped


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("adresses-arretees/", StoppedAddressesView.as_view(), name="notices_stopped")]


class StoppedMenuItem(MenuItem):
    """The list, in the menu of those who may read it."""

    def is_shown(self, request):
        return may_read_stopped(request.viewer)


@hooks.register("register_reports_menu_item")
def register_stopped():
    return StoppedMenuItem(
        _("Stopped addresses"), reverse("notices_stopped"), name="notices-stopped", icon_name="mail", order=850
    )
