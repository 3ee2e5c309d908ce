"""What the Wagtail admin shows of ideas: reports, ready-made answers, one bounded panel. Ideas are no pages."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from src.notices import todo

from .admin_templates import AnswerTemplateViewSet
from .admin_views import ReportView, may_read_reports
from .reports import REPORTS, next_promises

TASKS_SHOWN = 10


@hooks.register("register_admin_urls")
def register_report_addresses():
    return [path("rapports-idees/<slug:name>/", ReportView.as_view(), name="ideas_report")]


@hooks.register("register_admin_viewset")
def register_answer_templates():
    return AnswerTemplateViewSet()


class ReportMenuItem(MenuItem):
    """A report in the menu of those who may read it."""

    def is_shown(self, request):
        return may_read_reports(request.viewer)


def _menu_item(report, order: int) -> ReportMenuItem:
    return ReportMenuItem(
        report.title,
        reverse("ideas_report", kwargs={"name": report.name}),
        name=f"ideas-{report.name}",
        icon_name=report.icon,
        order=order,
    )


for position, each in enumerate(REPORTS.values()):
    hooks.register("register_reports_menu_item", lambda report=each, order=800 + position: _menu_item(report, order))


class NextTasksPanel(Component):
    """The next ten tasks of the person signed in: bounded, whatever waits behind.

    An administrator without any reads the ten answers promised soonest.
    """

    name = "ideas_next_tasks"
    template_name = "ideas/admin/next_tasks.html"
    order = 90

    def __init__(self, tasks):
        self.tasks = tasks

    def get_context_data(self, parent_context=None):
        return {"tasks": self.tasks}


@hooks.register("construct_homepage_panels")
def add_next_tasks(request, panels):
    tasks = todo.items(request.viewer)[:TASKS_SHOWN]
    if not tasks and may_read_reports(request.viewer):
        tasks = next_promises(request.viewer, TASKS_SHOWN)
    if tasks:
        panels.append(NextTasksPanel(tasks))
