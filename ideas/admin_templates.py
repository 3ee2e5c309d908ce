"""The administration's screen of ready-made answers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column

from src.directory.admin.viewsets import DirectoryViewSet, RemoveView

from .forms.templates import AnswerTemplateForm
from .models import AnswerTemplate
from .services.templates import remove_answer_template


class AnswerTemplateViewSet(DirectoryViewSet):
    """Write what a direction often answers."""

    model = AnswerTemplate
    name = "modeles-de-reponse"
    url_prefix = "idees/modeles-de-reponse"
    icon = "copy"
    menu_label = _("Ready-made answers")
    menu_order = 330
    add_to_admin_menu = True
    actions = ("add", "change", "delete", "view")
    related = ("unit",)
    removal = staticmethod(remove_answer_template)
    delete_view_class = RemoveView
    form_for_creation = AnswerTemplateForm
    form_for_change = AnswerTemplateForm
    form_fields = AnswerTemplateForm.Meta.fields
    list_display = [
        "name",
        Column("unit", label=_("Unit"), accessor="unit"),
        Column("outcome", label=_("Answer"), accessor="get_outcome_display"),
        BooleanColumn("offered", label=_("Offered"), accessor="is_offered"),
    ]
    search_fields = ["name", "text"]
    ordering = ["name", "pk"]
