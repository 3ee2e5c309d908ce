"""What many people answered, for those who write questions and scenarios. Nobody is shown, nor can be found."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from src.foundations import clock, exports
from trainings.admin.policy import WRITERS
from trainings.models import QuestionBank

from . import selectors


def may_read_totals(viewer) -> bool:
    """Who writes tracks and questions: editors and administrators."""
    return any(viewer.has_role(role, unit_path="") for role in WRITERS)


class TotalsView(WagtailAdminTemplateMixin, View):
    """Shared by the three pages."""

    page_title = gettext_lazy("Answers to trainings")
    header_icon = "list-ul"

    def dispatch(self, request, *args, **kwargs):
        """Editors and administrators alone."""
        if not may_read_totals(request.viewer):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        home = {"url": reverse("trainings_totals"), "label": self.page_title}
        return [*self.breadcrumbs_items, home, *({"url": "", "label": one} for one in filter(None, [self.subject()]))]

    def subject(self) -> str:
        """What a page is about, under the first one."""
        return ""


class IndexView(TotalsView):
    """Banks and scenarios to choose from."""

    template_name = "trainings_totals/index.html"

    def get(self, request):
        context = self.get_context_data(banks=selectors.banks(), stories=selectors.stories())
        return self.render_to_response(context)


class LinesView(TotalsView):
    """One bank, or the scenarios of one version. ``?export=csv`` answers the same as a file."""

    template_name = "trainings_totals/lines.html"

    def get(self, request, pk):
        """Its lines."""
        self.source = self.find(pk)
        lines = self.lines()
        if request.GET.get("export") == "csv":
            name = f"reponses-{pk}-{clock.today().isoformat()}.csv"
            return exports.csv_response(name, selectors.columns(), selectors.rows(lines))
        return self.render_to_response(self.get_context_data(lines=lines, title=self.subject()))

    def get_header_buttons(self):
        return [HeaderButton(_("Download (CSV)"), url=f"{self.request.path}?export=csv", icon_name="download")]


class BankView(LinesView):
    """The questions of a bank."""

    def find(self, pk):
        """The bank of an address."""
        found = QuestionBank.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def lines(self):
        """Its questions."""
        return selectors.questions_of(self.source)

    def subject(self) -> str:
        return self.source.title


class StoriesView(LinesView):
    """The scenarios of a version."""

    def find(self, pk):
        """The version of an address, if it has a scenario."""
        found = selectors.stories().filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def lines(self):
        """Its scenes."""
        return selectors.scenes_of(self.source)

    def subject(self) -> str:
        return str(self.source)
