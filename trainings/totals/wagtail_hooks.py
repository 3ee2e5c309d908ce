"""What the administration shows of totals."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views


@hooks.register("register_admin_urls")
def register_totals():
    return [
        path("formations/reponses/", views.IndexView.as_view(), name="trainings_totals"),
        path("formations/reponses/questions/<int:pk>/", views.BankView.as_view(), name="trainings_totals_bank"),
        path("formations/reponses/scenarios/<int:pk>/", views.StoriesView.as_view(), name="trainings_totals_stories"),
    ]


class TotalsMenuItem(MenuItem):
    """For those who write."""

    def is_shown(self, request):
        return views.may_read_totals(request.viewer)


@hooks.register("register_reports_menu_item")
def in_the_menu():
    return TotalsMenuItem(
        _("Answers to trainings"),
        reverse_lazy("trainings_totals"),
        name="trainings-totals",
        icon_name="list-ul",
        order=830,
    )
