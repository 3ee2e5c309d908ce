"""Reminders, for human resources: when, to how many, by what, in which words; started, paused, and what was sent."""

from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import clock
from src.foundations.gates import Gate, add_errors, see_other
from src.notices import registry

from .. import notices, rules, selectors
from ..enums import Channel, Step
from ..forms import StepsForm
from ..services import planning

NAV = "trainings"
# When nobody would be reminded, the text is shown with a day like another.
EXAMPLE_AHEAD = timedelta(days=30)
_gate = Gate("trainings_reminders", home="trainings_learning:list", moved_on=(ValidationError,))


def reminders_of(view):
    """For human resources of the whole city."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not rules.can_remind(request.viewer):
            raise PermissionDenied(_("Reminders are decided by human resources of the whole city."))
        return view(request, *args, **kwargs)

    return _gate.signed_in(_gate.tells(checked))


def of_obligation(view):
    """Give a view the obligation in force of an address."""

    @wraps(view)
    def opened(request, reference, *args, **kwargs):
        found = selectors.obligations().filter(reference=reference[:20]).first()
        if found is None:
            raise Http404(_("This mandatory training does not exist, or is no longer asked."))
        return view(request, found, *args, **kwargs)

    return reminders_of(opened)


def _crumbs(*more):
    return [
        {"url": reverse("trainings_learning:list"), "label": _("Trainings")},
        {"url": reverse("trainings_coverage:overview"), "label": _("Coverage of mandatory trainings")},
        *more,
    ]


def _page(obligation) -> str:
    return reverse("trainings_reminders:plan", kwargs={"reference": obligation.reference})


@require_safe
@reminders_of
def listing(request):
    """Every mandatory training and its reminders; the digests of managers."""
    context = {
        "nav_key": NAV,
        "crumbs": _crumbs(),
        "standings": selectors.standings(),
        "weeks": selectors.digest_weeks(),
        "week_columns": [
            {"label": pgettext("column", "Week of")},
            {"label": pgettext("column", "Managers told"), "numeric": True},
            {"label": pgettext("column", "People to plan for"), "numeric": True},
        ],
    }
    return render(request, "trainings_reminders/list.html", context)


def _context(obligation, form=None) -> dict:
    plan = selectors.plan_of(obligation)
    today = clock.today()
    found = selectors.preview(plan, today)
    notice = registry.get(notices.REMINDER)
    text = notices.context_of(obligation, obligation.track, found.first_due_on or today + EXAMPLE_AHEAD, today)
    return {
        "nav_key": NAV,
        "crumbs": _crumbs({"url": reverse("trainings_reminders:list"), "label": _("Reminders")}),
        "obligation": obligation,
        "plan": plan,
        "form": form or StepsForm(initial={"steps": plan.steps}),
        "preview": found,
        "by_step": [(Step(step).label, people) for step, people in found.by_step.items()],
        "by_channel": [
            (Channel(channel).label, people)
            for channel, people in sorted(found.by_channel.items(), key=lambda item: list(Channel).index(item[0]))
        ],
        "subject": notice.subject(text),
        "sentences": notice.sentences(text),
        "batch_columns": [
            {"label": pgettext("column", "Sent on")},
            {"label": pgettext("column", "People"), "numeric": True},
            {"label": pgettext("column", "E-mails"), "numeric": True},
            {"label": pgettext("column", "Letters, texts, calls"), "numeric": True},
            {"label": pgettext("column", "On Terrain only"), "numeric": True},
        ],
        "batches": selectors.batches(obligation),
    }


@require_safe
@of_obligation
def plan(request, obligation):
    """The plan of one training, what would leave today, and what left."""
    return render(request, "trainings_reminders/plan.html", _context(obligation))


@require_http_methods(["POST"])
@of_obligation
def set_steps(request, obligation):
    """Choose the moments."""
    form = StepsForm(request.POST)
    if form.is_valid():
        try:
            planning.set_steps(obligation=obligation, steps=form.cleaned_data["steps"], actor=request.user)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The moments are kept. What was sent already isn’t sent again."))
            return see_other(_page(obligation))
    return render(request, "trainings_reminders/plan.html", _context(obligation, form), status=422)


@require_POST
@of_obligation
def start(request, obligation):
    """Let reminders leave."""
    planning.start(obligation=obligation, actor=request.user)
    messages.success(request, _("Reminders have started: today’s are leaving, the next ones leave day after day."))
    return see_other(_page(obligation))


@require_POST
@of_obligation
def pause(request, obligation):
    """Let nothing leave any more."""
    planning.pause(obligation=obligation, actor=request.user)
    messages.success(request, _("Reminders are paused: nothing leaves until you start them again."))
    return see_other(_page(obligation))
