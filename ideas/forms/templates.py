"""The administration's form of a ready-made answer."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from src.directory.models import Unit
from src.foundations import clock

from ..models import AnswerTemplate
from ..services.templates import save_answer_template


class AnswerTemplateForm(WagtailAdminModelForm):
    """What a direction often answers, to start from."""

    class Meta:
        model = AnswerTemplate
        fields = ["name", "unit", "outcome", "text", "reason", "reopening_conditions", "is_offered"]
        help_texts = {
            "unit": _("Nothing chosen: the whole city. A unit: it and what is below it."),
            "text": _("Whoever answers completes it: leave what changes from one idea to the next to them."),
            "is_offered": _("Unticked: kept, and no longer offered."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.current(clock.today()).order_by("path", "pk")

    def save(self, commit=True):
        known = AnswerTemplate.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_answer_template(template=known, actor=self.for_user, **fields)
