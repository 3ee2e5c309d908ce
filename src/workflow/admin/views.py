"""Pages of the process editor: they parse, call one service or selector, and answer."""

from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from .. import process_cache, selectors, services
from ..enums import ProcessStatus
from ..exceptions import ProcessRefused
from ..graph_rules import check_graph
from ..models import Adoption, Process
from ..picture import draw
from ..sentences import why_not_changed, why_not_deleted
from ..services.adoption import cancel_adoption, only_in_use, suggest_mapping
from .forms import STAGE_LIST_ID, AdoptionForm, CopyForm


class ProcessIndexView(generic.IndexView):
    """Every version of every process: its state, and how many running items follow it."""

    add_item_label = gettext_lazy("New process")

    def get_base_queryset(self):
        return selectors.with_subject_counts(super().get_base_queryset())

    @cached_property
    def columns(self):
        return [
            self._get_title_column("name"),
            Column("version", label=gettext_lazy("Version")),
            Column("get_status_display", label=gettext_lazy("State")),
            Column("kind_label", label=gettext_lazy("Moves"), accessor=selectors.kind_label),
            Column("subject_count", label=gettext_lazy("In use by")),
            Column("activated_at", label=gettext_lazy("In use since")),
        ]


class ProcessCreateView(generic.CreateView):
    """A blank process; most people copy one instead, and the page says so."""

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "stage_list_id": STAGE_LIST_ID, "stage_slugs": []}

    def get_success_url(self):
        return self.get_edit_url()


class ProcessEditView(generic.EditView):
    """The editor of a draft; a frozen version is shown as it is, with the way to a new one."""

    actions = ["edit", "check", "activate"]

    def get_template_names(self):
        if self.object.is_frozen:
            return ["workflow/admin/frozen.html"]
        return super().get_template_names()

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.object.is_frozen:
            messages.error(request, why_not_changed(self.object, selectors.subject_count(self.object)))
            return redirect(self.get_edit_url())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            # Two rows that exchange their short names in one save pass through a moment where both have the same.
            form.add_error(None, _("Two lines exchange their short names: save one change, then the other."))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_url(self):
        viewset = _viewset()
        if self.action == "check":
            return viewset.reverse("check", self.object.pk)
        if self.action == "activate":
            return viewset.reverse("activate", self.object.pk)
        return self.get_edit_url()

    def get_success_buttons(self):
        return []

    @cached_property
    def can_delete(self):
        return self.object.is_draft and super().can_delete

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        stored = Process.objects.get(pk=self.object.pk)
        context |= _process_context(stored)
        context |= {
            "stage_list_id": STAGE_LIST_ID,
            "stage_slugs": [stage.slug for stage in stored.stages.all()],
            "refusals": check_graph(stored) if stored.is_draft else [],
        }
        return context


class ProcessDeleteView(generic.DeleteView):
    """Only a draft can be deleted; another version says what follows it and what to do."""

    def get(self, request, *args, **kwargs):
        return self._refused() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._refused() or super().post(request, *args, **kwargs)

    def _refused(self):
        if not self.object.is_frozen:
            return None
        messages.error(self.request, why_not_deleted(self.object, selectors.subject_count(self.object)))
        return redirect(_viewset().reverse("edit", self.object.pk))


class CopyProcessView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A copy under another name: the way most processes begin."""

    permission_policy = None
    permission_required = "add"
    header_icon = ""
    viewset = None
    template_name = "workflow/admin/copy.html"
    page_title = gettext_lazy("Copy")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Process, pk=unquote(str(kwargs["pk"])))
        self.form = CopyForm(request.POST or None, initial={"name": _("%(name)s (copy)") % {"name": self.object.name}})

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        return _crumbs(self)

    def post(self, request, *args, **kwargs):
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        made = services.copy_process(self.object, **self.form.cleaned_data, actor=request.user)
        messages.success(request, _("The copy is a draft: change it, check it, then activate it."))
        return redirect(self.viewset.reverse("edit", made.pk))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), **_furniture(), "process": self.object, "form": self.form}


class CheckView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The picture of a process and every reason that keeps it from being activated."""

    permission_policy = None
    permission_required = "change"
    header_icon = ""
    viewset = None
    template_name = "workflow/admin/check.html"
    page_title = gettext_lazy("Check")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Process, pk=unquote(str(kwargs["pk"])))
        self.refusals = check_graph(self.object) if self.object.is_draft else []

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        return _crumbs(self)

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            **_furniture(),
            **_process_context(self.object),
            "refusals": self.refusals,
            "is_confirmation": False,
        }


class ActivateView(CheckView):
    """The same page with the button that puts the version in use, and what that changes."""

    page_title = gettext_lazy("Activate")

    def post(self, request, *args, **kwargs):
        try:
            services.activate_process(self.object, request.user)
        except ProcessRefused as refused:
            self.refusals = refused.sentences
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("This version is now in use. It no longer changes."))
        return redirect(self.viewset.reverse("edit", self.object.pk))

    def get_context_data(self, **kwargs):
        former = Process.objects.filter(slug=self.object.slug, status=ProcessStatus.ACTIVE).first()
        return {
            **super().get_context_data(**kwargs),
            "is_confirmation": self.object.is_draft and not self.refusals,
            "former": former,
            "former_count": selectors.subject_count(former) if former else 0,
        }


class NewVersionView(CheckView):
    """Makes the next version as a draft; a page asks first, because addresses opened by mistake change nothing."""

    permission_required = "add"
    template_name = "workflow/admin/new_version.html"
    page_title = gettext_lazy("New version")

    def post(self, request, *args, **kwargs):
        try:
            made = services.new_version(self.object, request.user)
        except ProcessRefused as refused:
            self.refusals = refused.sentences
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("The new version is a draft: the one in use goes on until you activate this one."))
        return redirect(self.viewset.reverse("edit", made.pk))


class AdoptView(CheckView):
    """Running items of another version pass to this one: map, preview with counts, then confirmation."""

    template_name = "workflow/admin/adopt.html"
    page_title = gettext_lazy("Adopt")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.refusals = [] if self.object.is_active else [only_in_use()]
        self.sources = selectors.adoptable_versions(self.object) if self.object.is_active else []
        chosen = request.POST.get("source") or request.GET.get("source") or ""
        self.source = next((source for source in self.sources if str(source.pk) == chosen), None)
        self.preview = None
        self.form = self._form(request) if self.source else None

    def _form(self, request):
        stages = process_cache.graph(self.source.pk).stages
        initial = suggest_mapping(self.source, self.object)
        return AdoptionForm(
            request.POST or None,
            initial={f"map-{old}": new for old, new in initial.items()},
            from_stages=stages,
            to_stages=process_cache.graph(self.object.pk).stages,
        )

    def post(self, request, *args, **kwargs):
        if self.form is None or not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        mapping = self.form.mapping()
        self.preview = services.preview_adoption(self.source, self.object, mapping)
        self.refusals = self.preview.refusals
        if self.refusals or "confirm" not in request.POST:
            return self.render_to_response(self.get_context_data())
        try:
            adoption = services.start_adoption(self.source, self.object, mapping, request.user)
        except ProcessRefused as refused:
            self.refusals = refused.sentences
            return self.render_to_response(self.get_context_data())
        return redirect(self.viewset.reverse("adoption", adoption.pk))

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "sources": self.sources,
            "source": self.source,
            "form": self.form,
            "rows": self._rows(),
            "preview": self.preview,
            "refusals": self.refusals,
        }

    def _rows(self):
        if self.form is None:
            return []
        counts = selectors.counts_by_stage(self.source)
        return [
            {"stage": stage, "count": counts.get(stage.pk, 0), "field": self.form[f"map-{stage.slug}"]}
            for stage in process_cache.graph(self.source.pk).stages
        ]


class AdoptionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The progress of an adoption, which can be interrupted, or taken up again."""

    permission_policy = None
    permission_required = "change"
    header_icon = ""
    viewset = None
    template_name = "workflow/admin/adoption.html"
    page_title = gettext_lazy("Adoption")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.adoption = get_object_or_404(
            Adoption.objects.select_related("from_process", "to_process"), pk=kwargs["pk"]
        )
        self.object = self.adoption.to_process

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        return _crumbs(self)

    def post(self, request, *args, **kwargs):
        cancel_adoption(self.adoption, request.user)
        messages.success(request, _("The adoption is interrupted: what had moved stays on the new version."))
        return redirect(self.viewset.reverse("adoption", self.adoption.pk))

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            **_furniture(),
            "adoption": self.adoption,
            "version_url": _viewset().reverse("edit", self.object.pk),
        }


def _viewset():
    from .viewset import process_viewset  # the viewset imports these views

    return process_viewset


def _furniture() -> dict:
    """Names Wagtail's base page asks for on every page."""
    return {
        "side_panels": None,
        "history_url": None,
        "index_results_url": None,
        "search_form": None,
        "filters": None,
        "viewset": _viewset(),
    }


def _crumbs(view) -> list[dict]:
    viewset = _viewset()
    return [
        *view.breadcrumbs_items,
        {"url": viewset.reverse("index"), "label": _("Processes")},
        {"url": viewset.reverse("edit", view.object.pk), "label": str(view.object)},
        {"url": "", "label": view.get_page_title()},
    ]


def _process_context(process: Process) -> dict:
    """What the picture, its table and the actions need."""
    viewset = _viewset()
    return {
        "process": process,
        "picture": draw(process),
        "rows_of_stages": selectors.stages_with_ways(process),
        "subject_count": selectors.subject_count(process),
        "edit_url": viewset.reverse("edit", process.pk),
        "check_url": viewset.reverse("check", process.pk),
        "activate_url": viewset.reverse("activate", process.pk),
        "new_version_url": viewset.reverse("new_version", process.pk),
        "adopt_url": viewset.reverse("adopt", process.pk),
        "copy_process_url": viewset.reverse("copy", process.pk),
        "history_page_url": viewset.reverse("history", process.pk),
    }
