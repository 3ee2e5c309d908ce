"""The team's gestures: pair, take the link back, open the second, give up."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from panels.views.confirming import data_of, done
from src.foundations.gates import see_other
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import Questionnaire

from .. import services
from ..forms.linking import AfterForm, LinkForm
from ..models import Pairing
from .gate import METHODS, address, form_page, giver_up, runner, team


@require_http_methods(METHODS)
@team
def link(request, panel):
    """Say which questionnaire is asked again at the end."""
    paired = Pairing.objects.filter(Q(before=OuterRef("pk")) | Q(after=OuterRef("pk")))
    found = Questionnaire.objects.filter(
        ~Exists(paired), space=panel.space_id, space__isnull=False, closed_at__isnull=True,
        answer_mode=AnswerMode.SECRET,
    ).order_by("-created_at", "pk")  # fmt: skip
    form = LinkForm(found, data_of(request))

    def act():
        services.link(actor=request.viewer, panel=panel, before=form.cleaned_data["before"])

    if done(form, act):
        messages.success(request, _("It is asked before and after. Its questions are published: members may answer."))
        return see_other(address(panel, "inside"))
    means = [
        _("Make it first among the questionnaires of the panel’s space: secret answers, scales or one choice."),
        _("Its questions are published with this gesture, if they aren’t yet: they no longer change."),
        _("Its answers stay sealed until the same questions are asked again. Both are opened together, once."),
    ]  # fmt: skip
    return form_page(
        request, panel, title=_("Ask the same questions before and after"), submit=pgettext("button", "Pair it"),
        means=means, form=form,
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def unlink(request, panel, pairing):
    """Take the link back while nobody has answered."""
    if request.method == "POST":
        services.unlink(actor=request.viewer, pairing=pairing)
        messages.success(request, _("It is a questionnaire like the others again."))
        return see_other(address(panel, "inside"))
    return form_page(
        request, panel, title=_("Take the link back"), submit=pgettext("button", "Take it back"), danger=True,
        means=[pairing.before.title, _("Nobody has answered yet: its results will be told alone.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def open_after(request, panel, pairing):
    """Ask the same questions again."""
    initial = {"title": _("%(title)s, at the end")[:140] % {"title": pairing.before.title[:110]}}
    form = AfterForm(data_of(request), initial=initial)

    def act():
        services.open_after(actor=request.viewer, pairing=pairing, title=form.cleaned_data["title"])

    if done(form, act):
        messages.success(request, _("The second questionnaire is open: members may answer."))
        return see_other(address(panel, "inside"))
    means = [
        _("It asks the very questions of the first, in the same words. It is open at once, until you close it."),
        _("Once it is closed, both are opened together and everybody reads what changed."),
    ]
    return form_page(
        request, panel, title=_("Ask the same questions again"), submit=pgettext("button", "Open it"), means=means,
        form=form,
    )  # fmt: skip


@require_http_methods(METHODS)
@giver_up
def give_up(request, panel, pairing):
    """Ask nothing a second time."""
    if request.method == "POST":
        services.give_up(actor=request.viewer, pairing=pairing)
        messages.success(request, _("It is given up: the answers were destroyed without being read."))
        return see_other(address(panel, "inside"))
    return form_page(
        request, panel, title=_("Give the second questionnaire up"), submit=pgettext("button", "Give it up"),
        danger=True,
        means=[
            _("What members answered is destroyed without being read: alone, it was not promised to anybody."),
            _("This can’t be undone."),
        ],
    )  # fmt: skip
