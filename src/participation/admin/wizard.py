"""A space from a kind: choose it, fill one form, read again and create; three screens, for administrators."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from src.directory.admin.forms import AccountField
from src.directory.backends import find_account
from src.directory.models import Unit
from src.foundations import clock

from .. import kinds
from ..enums import Circle
from ..models import Space
from ..services.from_kind import create_from_kind, free_address
from ..services.spaces import SEATS, anonymous_refusal, make_public, seats_sentence, what_is_missing
from .forms import HOW_PEOPLE_SIGN, OFFERED, limit_fields


class AccountsField(forms.CharField):
    """Several people, one a line, by identifier, e-mail or personnel number."""

    widget = forms.Textarea

    def clean(self, value):
        found, unknown = {}, []
        for line in filter(None, (line.strip() for line in super().clean(value).splitlines()[:50])):
            account = find_account(line)
            if account is None or not account.is_active:
                unknown.append(line[:80])
            else:
                found[account.pk] = account
        if unknown:
            raise ValidationError(_("No account found for: %(names)s.") % {"names": ", ".join(unknown)})
        return list(found.values())


class KindForm(forms.Form):
    """What only the organiser knows; everything else comes from the kind and can be changed afterwards."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=120)
    summary = forms.CharField(
        label=gettext_lazy("in one line"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("What people read under the name, before they enter."),
    )
    starts_on = forms.DateField(label=gettext_lazy("opens"), widget=AdminDateInput)
    days = forms.IntegerField(
        label=gettext_lazy("Days to propose"),
        min_value=1,
        max_value=730,
        help_text=gettext_lazy("Then proposals close; what follows goes on."),
    )
    steering_unit = forms.ModelChoiceField(
        label=gettext_lazy("run by"),
        queryset=Unit.objects.none(),
        help_text=gettext_lazy("Receives what nobody else does."),
    )
    circle = forms.ChoiceField(
        label=gettext_lazy("who sees it"),
        choices=Circle.choices,
        help_text=gettext_lazy("Frozen by the first contribution: choose with care, it is never widened."),
    )
    member_unit = forms.ModelChoiceField(
        label=gettext_lazy("members' unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=gettext_lazy("For a space of members: everybody posted in this unit and below it."),
    )
    identity_modes = forms.MultipleChoiceField(
        label=gettext_lazy("How people sign"),
        choices=OFFERED,
        widget=forms.CheckboxSelectMultiple,
        help_text=HOW_PEOPLE_SIGN,
    )
    facilitator = AccountField(
        label=gettext_lazy("Who looks after it"),
        required=False,
        help_text=gettext_lazy(
            "Identifier, e-mail or personnel number. They receive the role of facilitator in this space."
        ),
    )
    # Fixed when the form is read again, so that a second press finds the space made by the first.
    slug = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.kind = kind
        units = Unit.objects.filter(valid_until__isnull=True).order_by("name", "pk")
        for name in ("steering_unit", "member_unit"):
            self.fields[name].queryset = units
        if kind.team:
            self.fields["team"] = AccountsField(
                label=_("Members of the jury"),
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("One a line: identifier, e-mail or personnel number. They can be changed afterwards."),
            )
        if not kind.has_end:
            del self.fields["days"]
        self.initial = {
            "circle": str(kind.circle),
            "identity_modes": [str(mode) for mode in kind.identity_modes],
            "starts_on": clock.today(),
            "days": kind.first_phase.days,
            **kind.numbers,
            **self.initial,
        }
        for name in kind.numbers:
            required = name not in kind.optional_numbers
            self.fields[name] = Space._meta.get_field(name).formfield(required=required, min_value=1)
        self.own = kind.fields() if kind.fields is not None else {}
        self.fields |= self.own
        # A kind that can't take a protected name doesn't offer one.
        self.fields["identity_modes"].choices = [choice for choice in OFFERED if choice[0] in kind.identity_modes]
        self.fields |= limit_fields()
        self.order_fields(["name", "summary", "starts_on", "days", *kind.numbers, *self.own])

    def clean(self):
        data = super().clean()
        refusal = anonymous_refusal(data.get("identity_modes", ()), data.get("circle"))
        if refusal:
            self.add_error("identity_modes", refusal)
        seats, of_direction = (data.get(name) or 0 for name in SEATS)
        if "cohort_seats" in data and of_direction > seats:
            self.add_error("direction_seats", seats_sentence())
        if data.get("member_unit") is not None and data.get("circle") != Circle.MEMBERS:
            self.add_error("member_unit", _("A members' unit is for a space of members."))
        return data

    @property
    def settings(self) -> dict:
        """What the service is told."""
        data = dict(self.cleaned_data)
        data["units"] = [*data.pop("limit_directions"), *data.pop("limit_sites")]
        data["job_families"] = data.pop("limit_families")
        data["own"] = {name: data.pop(name) for name in self.own}
        return data

    def in_words(self) -> list[tuple[str, str]]:
        """Each answer as it is read again: its label, its words."""
        return [
            (field.label, _words(self.cleaned_data.get(name), field))
            for name, field in self.fields.items()
            if not field.widget.is_hidden and self.cleaned_data.get(name) not in (None, "", [])
            if not (hasattr(self.cleaned_data.get(name), "exists") and not self.cleaned_data[name])
        ]


def _words(value, field) -> str:
    if hasattr(field, "in_words"):
        return field.in_words(value)
    if isinstance(value, list) and value and hasattr(value[0], "get_full_name"):
        return ", ".join(person.get_full_name() for person in value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    choices = dict(getattr(field, "choices", ())) if isinstance(value, str | list) else {}
    if isinstance(value, list):
        return ", ".join(str(choices.get(item, item)) for item in value)
    if hasattr(value, "all"):
        return ", ".join(str(item) for item in value)
    if hasattr(value, "get_full_name"):
        return value.get_full_name()
    return str(choices.get(value, value))


class _SpaceWizardView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the pages share: administrators, and the way back to the list of spaces."""

    permission_policy = None
    permission_required = "add"
    header_icon = ""
    viewset = None
    page_title = gettext_lazy("New space from a template")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.viewset.reverse("index"), "label": str(self.viewset.menu_label)},
            {"url": "", "label": str(self.page_title)},
        ]


class ChooseKindView(_SpaceWizardView):
    """First screen: the kinds in plain words."""

    template_name = "participation/admin/choose_kind.html"

    def get_context_data(self, **kwargs):
        cards = [(kind, self.viewset.reverse("from_kind", kind.code)) for kind in kinds.all_kinds()]
        return {**super().get_context_data(**kwargs), "cards": cards, "blank_url": self.viewset.reverse("add")}


class FromKindView(_SpaceWizardView):
    """Second screen, the form; third, the same answers read again, with the buttons that create."""

    template_name = "participation/admin/from_kind.html"

    def setup(self, request, *args, code, **kwargs):
        super().setup(request, *args, **kwargs)
        self.kind = kinds.find(code)
        if self.kind is None:
            raise Http404(_("There is no such kind of space."))

    def get_page_subtitle(self):
        return str(self.kind.name)

    def get(self, request, *args, **kwargs):
        return self._answer(KindForm(kind=self.kind))

    def post(self, request, *args, **kwargs):
        form = KindForm(request.POST, kind=self.kind)
        step = request.POST.get("step", "")
        if step == "correct" or not form.is_valid():
            return self._answer(form, bare=step == "correct")
        if step in ("create", "open"):
            return self._create(form, open_now=step == "open")
        return self._read_again(form)

    def _create(self, form, *, open_now: bool):
        settings = form.settings
        settings["slug"] = settings["slug"] or free_address(settings["name"])
        try:
            space = create_from_kind(self.kind, actor=self.request.user, open_now=open_now, **settings)
        except ValidationError as refusal:
            for name, errors in getattr(refusal, "error_dict", {None: refusal}).items():
                form.add_error(name if name in form.fields else None, errors)
            return self._answer(form)
        if open_now:
            messages.success(self.request, _("“%(name)s” is open: its circle sees it.") % {"name": space.name})
        else:
            messages.success(
                self.request, _("“%(name)s” is in preparation: nobody else sees it yet.") % {"name": space.name}
            )
        if self.kind.leads_to is not None:
            return redirect(self.kind.leads_to(space))
        return redirect(self.viewset.reverse("edit", space.pk))

    def _read_again(self, form):
        data = form.data.copy()
        data["slug"] = free_address(form.cleaned_data["name"])
        again = KindForm(data, kind=self.kind)
        again.is_valid()
        return self._answer(again, template="participation/admin/from_kind_review.html")

    def _answer(self, form, *, template: str = "", bare: bool = False):
        if bare:
            # Coming back to correct isn't an error: what was typed, without a reproach.
            form = KindForm(initial=_typed(form), kind=self.kind)
        context = {**self.get_context_data(), "kind": self.kind, "form": form}
        context["choose_url"] = self.viewset.reverse("kinds")
        if template:
            context["answers"] = form.in_words()
        response = self.render_to_response(context)
        response.template_name = [template or self.template_name]
        return response


def _typed(form) -> dict:
    """What a form was sent, as initial values of another."""
    return {
        name: form.data.getlist(form.add_prefix(name))
        if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected
        else form.data.get(form.add_prefix(name), "")
        for name, field in form.fields.items()
        if name != "slug"
    }


class OpenDraftView(_SpaceWizardView):
    """The page that ends the preparation of a space: what its circle will see, what will be frozen."""

    template_name = "participation/admin/open_space.html"
    permission_required = "change"
    page_title = gettext_lazy("Open the space")

    def setup(self, request, *args, pk, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Space, pk=pk)

    def get_page_subtitle(self):
        return str(self.object)

    def get(self, request, *args, **kwargs):
        return self._page()

    def post(self, request, *args, **kwargs):
        try:
            make_public(self.object, actor=request.user)
        except ValidationError:
            return self._page()
        messages.success(request, _("“%(name)s” is open: its circle sees it.") % {"name": self.object.name})
        return redirect(self.viewset.reverse("index"))

    def _page(self):
        context = {**self.get_context_data(), "space": self.object, "missing": what_is_missing(self.object)}
        context["phases"] = self.object.phases.all()
        context["edit_url"] = self.viewset.reverse("edit", self.object.pk)
        return self.render_to_response(context)
