"""The reports of ideas in the administration, on screen and as CSV."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from src.directory.enums import Role
from src.foundations import clock, exports

from .reports import REPORTS


def may_read_reports(viewer) -> bool:
    """Administrators of the site; nobody reads more in a report than on the screens."""
    return viewer.has_role(Role.ADMINISTRATOR)


class ReportView(WagtailAdminTemplateMixin, View):
    """One report. ``?export=csv`` answers the same rows as a file."""

    template_name = "ideas/admin/report.html"

    def get(self, request, name):
        report = REPORTS.get(name)
        if report is None:
            raise Http404
        if not may_read_reports(request.viewer):
            raise PermissionDenied
        self.report = report
        rows = report.rows(request.viewer)
        if request.GET.get("export") == "csv":
            file_name = f"{report.name}-{clock.today().isoformat()}.csv"
            return exports.csv_response(file_name, [str(column) for column in report.columns], rows)
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_page_title(self):
        return self.report.title

    def get_header_icon(self):
        return self.report.icon

    def get_header_buttons(self):
        url = f"{reverse('ideas_report', kwargs={'name': self.report.name})}?export=csv"
        return [HeaderButton(_("Download (CSV)"), url=url, icon_name="download")]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.report.title}]

    def get_context_data(self, *, rows, **kwargs):
        columns = [_RowColumn(str(index), label=label) for index, label in enumerate(self.report.columns)]
        return {
            **super().get_context_data(**kwargs),
            "report": self.report,
            "rows": rows,
            "table": Table(columns, rows),
        }


class _RowColumn(Column):
    """A cell of a row that is a plain list."""

    def get_value(self, instance):
        value = instance[int(self.name)]
        return "" if value is None else value
