"""Beginning a measure that answers a figure of a synthesis."""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from src.accountability import rules, services
from src.directory.enums import Role
from src.directory.models import Unit
from src.foundations import clock, references
from src.foundations.plain_fields import LineField, PlainTextField
from src.questionnaires import synthesis_reading

from .figure_measures import KIND, sentence_of, url_of


class BeginMeasureForm(forms.Form):
    """What everybody will read of a measure, which direction carries it, and its first step."""

    use_required_attribute = False

    title = LineField(
        label=gettext_lazy("What will be done"),
        max_length=160,
        help_text=gettext_lazy("A few words, as a title: everybody reads them."),
        error_messages={"required": gettext_lazy("Say in a few words what will be done.")},
    )
    changes = PlainTextField(
        label=gettext_lazy("What it changes"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For those who answered: what will be different, and for whom."),
        error_messages={"required": gettext_lazy("Say what it changes.")},
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Which direction carries it?"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Choose a direction"),
        error_messages={
            "required": gettext_lazy("Choose a direction."),
            "invalid_choice": gettext_lazy("Choose a direction."),
        },
    )
    first_step = LineField(
        label=gettext_lazy("Its first step"),
        max_length=240,
        error_messages={"required": gettext_lazy("Give a first step: a measure without one is a wish.")},
    )
    first_step_on = forms.DateField(
        label=gettext_lazy("Planned for"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Give a day."),
            "invalid": gettext_lazy("Write the day as 2027-03-31, or choose it in the calendar."),
        },
    )

    def __init__(self, data=None, *, viewer):
        super().__init__(data, label_suffix="")
        units = Unit.objects.current(clock.today()).directions().order_by("name")
        if not viewer.has_role(Role.ADMINISTRATOR):
            units = units.filter(viewer.role_condition(Role.DECISION_MAKER, "path"))
        self.fields["unit"].queryset = units


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, reference):
    """A measure that answers a figure: its words, its direction, its first step."""
    figure = (
        synthesis_reading.figures_for(request.viewer)
        .filter(theme__reference=references.normalise(reference[:20]))
        .first()
    )
    if not request.viewer.is_authenticated and request.method == "GET":
        return redirect_to_login(request.path)
    if figure is None or not rules.may_adopt(request.viewer):
        raise Http404(_("This figure does not exist, or no measure is yours to begin."))
    form = BeginMeasureForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin(
                actor=request.user,
                subject_kind=KIND,
                subject_reference=figure.theme.reference,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The measure is begun. Everybody reads it; news are due every ninety days."))
            response = HttpResponseRedirect(made.get_absolute_url())
            response.status_code = 303
            return response
    context = {"form": form, "figure": figure, "sentence": sentence_of(figure), "back": url_of(figure)}
    return render(request, "consultations/begin_measure.html", context, status=422 if form.errors else 200)
