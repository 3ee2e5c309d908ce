"""Points and evaluations in the administration: made and changed by administrators, never deleted once used."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets import AdminDateInput

from src.directory.admin.viewsets import DirectoryViewSet
from src.directory.models import Unit

from .enums import Result
from .models import IndependentEvaluation, RatingPoint
from .services.making import save_evaluation, save_point


class PointForm(WagtailAdminModelForm):
    """Make or change a point; its short link stays."""

    class Meta:
        model = RatingPoint
        fields = ["name", "kind", "unit", "opened_on", "closed_on"]
        widgets = {"opened_on": AdminDateInput, "closed_on": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(valid_until__isnull=True).order_by("name", "pk")
        self.fields["closed_on"].help_text = _("From that day it takes nothing any more; its results stay.")

    def clean(self):
        data = super().clean()
        if data.get("opened_on") and data.get("closed_on") and data["closed_on"] < data["opened_on"]:
            raise ValidationError({"closed_on": _now("It closes after it opens.")})
        return data

    def save(self, commit=True):
        return save_point(point=super().save(commit=False), actor=self.for_user)


class EvaluationForm(WagtailAdminModelForm):
    """An evaluation, its criteria and its label."""

    def clean(self):
        data = super().clean()
        refused = data.get("result") == Result.REFUSED
        if refused and (data.get("label") or data.get("valid_until")):
            raise ValidationError({"label": _now("Not obtained: there is no label and no last day.")})
        if data.get("result") and not refused and not (data.get("label") and data.get("valid_until")):
            raise ValidationError({"label": _now("Name the label and the last day it is valid.")})
        if data.get("evaluated_on") and data.get("valid_until") and data["valid_until"] < data["evaluated_on"]:
            raise ValidationError({"valid_until": _now("A label is valid after its evaluation.")})
        return data

    def save(self, commit=True):
        saved = super().save(commit=commit)
        save_evaluation(evaluation=saved, actor=self.for_user)
        return saved


class PointViewSet(DirectoryViewSet):
    """Rating points."""

    model = RatingPoint
    name = "rating_points"
    url_prefix = "qualite/points"
    icon = "pick"
    menu_label = _("Rating points")
    actions = ("add", "change", "view")
    unused_pages = frozenset({"delete"})
    related = ("unit",)
    form_for_creation = PointForm
    form_for_change = PointForm
    form_fields = PointForm.Meta.fields
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("unit", label=_("Unit"), accessor="unit"),
        Column("reference", label=_("Short link"), accessor="short_url"),
        Column("closed_on", label=pgettext_lazy("rating point", "Closed on"), accessor="closed_on"),
    ]
    search_fields = ["name", "reference"]
    ordering = ["name", "pk"]


class EvaluationViewSet(DirectoryViewSet):
    """Independent evaluations."""

    model = IndependentEvaluation
    name = "rating_evaluations"
    url_prefix = "qualite/evaluations"
    icon = "clipboard-list"
    menu_label = _("Independent evaluations")
    actions = ("add", "change", "delete", "view")
    related = ("point",)
    panels = [
        FieldPanel("point"),
        FieldRowPanel([FieldPanel("evaluator"), FieldPanel("grid")]),
        FieldRowPanel([FieldPanel("evaluated_on"), FieldPanel("result")]),
        FieldRowPanel([FieldPanel("label"), FieldPanel("valid_until")]),
        FieldPanel("summary"),
        InlinePanel("criteria", heading=_("Criteria"), label=_("Criterion")),
        FieldPanel("is_published"),
    ]
    list_display = [
        Column("point", label=_("Rating point"), accessor="point"),
        "evaluator",
        Column("evaluated_on", label=_("Evaluated on"), accessor="evaluated_on"),
        Column("result", label=_("Result"), accessor="get_result_display"),
        Column("valid_until", label=_("Label valid until"), accessor="valid_until"),
    ]
    search_fields = ["evaluator", "label"]
    ordering = ["-evaluated_on", "-pk"]

    def get_form_class(self, for_update=False):
        return self._edit_handler.get_form_class()


IndependentEvaluation.base_form_class = EvaluationForm


class QualityGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Quality of services")
    menu_icon = "pick"
    menu_order = 320
    items = (PointViewSet, EvaluationViewSet)
