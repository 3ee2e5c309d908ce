"""The viewset: which pages the admin has for processes, and who may open them."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Process
from . import views
from .forms import ProcessForm, RowsPanel, StageForm, TransitionForm

STAGE_PANELS = [
    FieldRowPanel([FieldPanel("staff_label"), FieldPanel("staff_label_en")]),
    FieldRowPanel([FieldPanel("public_label"), FieldPanel("public_label_en")]),
    FieldRowPanel([FieldPanel("slug"), FieldPanel("kind"), FieldPanel("default_days")]),
    FieldRowPanel([FieldPanel("is_start"), FieldPanel("accepts_supports")]),
]
TRANSITION_PANELS = [
    FieldRowPanel([FieldPanel("label"), FieldPanel("label_en"), FieldPanel("slug")]),
    FieldRowPanel([FieldPanel("from_slug"), FieldPanel("to_slug")]),
    FieldPanel("who"),
    FieldRowPanel([FieldPanel("form"), FieldPanel("guard")]),
    FieldRowPanel([FieldPanel("clock"), FieldPanel("after_days")]),
    FieldPanel("may_go_back"),
]


class ProcessViewSet(ModelViewSet):
    """Processes: administrators only, by the permissions of the model."""

    model = Process
    icon = "tasks"
    name = "parcours"
    url_prefix = "parcours"
    menu_label = _("Processes")
    menu_order = 350
    add_to_admin_menu = True
    add_to_reference_index = False
    list_per_page = 50
    ordering = ["slug", "-version"]
    search_fields = None
    index_view_class = views.ProcessIndexView
    add_view_class = views.ProcessCreateView
    edit_view_class = views.ProcessEditView
    delete_view_class = views.ProcessDeleteView
    create_template_name = "workflow/admin/create.html"
    edit_template_name = "workflow/admin/edit.html"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("subject_kind")]),
                    FieldPanel("notes"),
                ],
                heading=_("Process"),
            ),
            RowsPanel(
                "stages", panels=STAGE_PANELS, row_form=StageForm, heading=_("Stages"), label=_("stage"), min_num=0
            ),
            RowsPanel(
                "transitions",
                panels=TRANSITION_PANELS,
                row_form=TransitionForm,
                heading=_("Transitions"),
                label=_("transition"),
                min_num=0,
            ),
        ],
        base_form_class=ProcessForm,
    )

    def get_common_view_kwargs(self, **kwargs):
        common = super().get_common_view_kwargs(**kwargs)
        common["usage_url_name"] = None
        return common

    def get_permissions_to_register(self):
        """Nothing to tick in a group's form: who may edit processes follows from the administrator's role."""
        return super().get_permissions_to_register().none()

    def reverse(self, name, *args):
        """The address of one of the pages."""
        return reverse(self.get_url_name(name), args=args)

    def _action(self, view_class):
        return self.construct_view(
            view_class,
            permission_policy=self.permission_policy,
            header_icon=self.icon,
            viewset=self,
        )

    def get_urlpatterns(self):
        own = {
            "copy/<int:pk>/": ("copy", views.CopyProcessView),
            "verifier/<int:pk>/": ("check", views.CheckView),
            "activer/<int:pk>/": ("activate", views.ActivateView),
            "nouvelle-version/<int:pk>/": ("new_version", views.NewVersionView),
            "adopter/<int:pk>/": ("adopt", views.AdoptView),
            "adoption/<int:pk>/": ("adoption", views.AdoptionView),
        }
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("usage", "copy")]
        return kept + [path(route, self._action(view), name=name) for route, (name, view) in own.items()]


process_viewset = ProcessViewSet()
