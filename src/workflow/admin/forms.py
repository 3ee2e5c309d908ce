"""Forms of the process editor: stages are named by slug, so that a transition can lead to one not saved yet."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet, ClusterForm
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from .. import registry
from ..models import Process

STAGE_LIST_ID = "process-stage-slugs"


class ProcessForm(WagtailAdminModelForm):
    """The process itself; its stages and transitions are formsets beside it."""

    subject_kind = forms.ChoiceField(label=_("Moves"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "subject_kind" in self.fields:
            self.fields["subject_kind"].choices = _with_current(
                [(kind.kind, kind.label) for kind in registry.subject_kinds().values()], self.instance.subject_kind
            )
        if self.instance.pk and self.instance.version > 1 and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("Versions of one process share their short name.")

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if Process.objects.filter(slug=slug, version=self.instance.version).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The short name “%(slug)s” is already taken.") % {"slug": slug})
        return slug


class RolesWidget(forms.CheckboxSelectMultiple):
    """Boxes in one template: Django's own takes three for each, and a process has six hundred of them."""

    template_name = "workflow/admin/roles.html"


class StageForm(ClusterForm):
    """One stage."""


class TransitionForm(ClusterForm):
    """One transition: who as boxes, form and condition among what the apps registered, stages by slug."""

    who = forms.MultipleChoiceField(label=capfirst(_("who may do it")), widget=RolesWidget, required=False, choices=())
    form = forms.ChoiceField(label=capfirst(_("form")), required=False)
    guard = forms.ChoiceField(label=capfirst(_("condition")), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = list(registry.roles().items())
        known = {code for code, _label in roles}
        unknown = [code for code in self.instance.who or [] if code not in known]
        self.fields["who"].choices = [*roles, *((code, _unknown(code)) for code in unknown)]
        for name, choices in (("form", registry.forms()), ("guard", registry.guards())):
            options = [("", "—"), *((item.key, item.label) for item in choices.values())]
            self.fields[name].choices = _with_current(options, getattr(self.instance, name))
        for name in ("from_slug", "to_slug"):
            self.fields[name].widget.attrs.update({"list": STAGE_LIST_ID, "autocomplete": "off"})


def _unknown(code: str) -> str:
    return _("unknown: %(code)s") % {"code": code}


def _with_current(options, current):
    """A value nobody registers any more stays visible, so that it can be seen and changed."""
    if current and current not in {key for key, _label in options}:
        return [*options, (current, _unknown(current))]
    return options


class NamedRowsFormSet(BaseChildFormSet):
    """Rows whose short names differ; the refusal stands beside the second one, and what was typed stays."""

    def validate_unique(self):
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid():
                continue
            slug = form.cleaned_data.get("slug")
            if slug in seen:
                form.add_error("slug", _("Another line already has the short name “%(slug)s”.") % {"slug": slug})
            elif slug:
                seen.add(slug)


class RowsPanel(InlinePanel):
    """An inline panel with a form and a formset of its own."""

    def __init__(self, *args, row_form=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self):
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows["form"] = self.row_form
        rows["formset"] = NamedRowsFormSet
        return options


class CopyForm(forms.Form):
    """A copy under another name."""

    name = forms.CharField(label=capfirst(_("name")), max_length=120)
    slug = forms.SlugField(label=capfirst(_("short name")), max_length=64)

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if Process.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("The short name “%(slug)s” is already taken.") % {"slug": slug})
        return slug


class AdoptionForm(forms.Form):
    """The stage map: one choice per stage of the old version."""

    def __init__(self, *args, from_stages=(), to_stages=(), counts=None, **kwargs):
        super().__init__(*args, **kwargs)
        options = [("", _("— choose a stage —")), *((stage.slug, stage.staff_text) for stage in to_stages)]
        for stage in from_stages:
            self.fields[f"map-{stage.slug}"] = forms.ChoiceField(
                label=stage.staff_text, choices=options, required=False
            )

    def mapping(self) -> dict[str, str]:
        return {name.removeprefix("map-"): slug for name, slug in self.cleaned_data.items() if slug}
