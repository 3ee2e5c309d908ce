"""The team's gestures: accept or decline, choose a questionnaire, write the answer, publish it."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panels.forms.plain import PlainForm
from panels.views.confirming import data_of, done
from src.foundations.gates import see_other
from src.questionnaires.models import Questionnaire

from .. import services
from ..forms.asking import BecauseForm
from ..forms.deciding import AcceptForm, AnswerForm, QuestionnaireForm
from .gate import METHODS, address, decider, missing, runner, show_form


@require_http_methods(METHODS)
@decider
def accept(request, panel, referral):
    """The day the panel promises."""
    form = AcceptForm(data_of(request), initial={"reply_on": referral.wanted_on})

    def act():
        services.accept_referral(actor=request.viewer, referral=referral, reply_on=form.cleaned_data["reply_on"])

    if done(form, act):
        messages.success(request, _("It is accepted. Members and the direction are told of the day."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Accept this referral"), submit=_("Accept"), back=address(referral)
    )


@require_http_methods(METHODS)
@decider
def decline(request, panel, referral):
    """Why the panel doesn't take it."""
    form = BecauseForm(data_of(request))

    def act():
        services.decline_referral(actor=request.viewer, referral=referral, because=form.cleaned_data["because"])

    if done(form, act):
        messages.success(request, _("It is declined. The panel and the direction read why."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Decline this referral"), submit=_("Decline"), danger=True,
        back=address(referral),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def questionnaire(request, panel, referral):
    """By which questionnaire members answer."""
    if not referral.is_questionnaire:
        raise missing()
    found = Questionnaire.objects.filter(space=panel.space_id)
    form = QuestionnaireForm(found, data_of(request), initial={"questionnaire": referral.questionnaire_id})

    def act():
        services.choose_questionnaire(actor=request.viewer, referral=referral, **form.cleaned_data)

    if done(form, act):
        messages.success(request, _("It is kept."))
        return see_other(address(referral))
    lede = "" if found.exists() else _("The panel’s space has no questionnaire yet: make one first.")
    return show_form(
        request, referral, form, title=_("Choose the questionnaire"), submit=_("Save"), lede=lede,
        back=address(referral),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def answer(request, panel, referral):
    """The panel's answer, which members read before it is published."""
    light = {True: "1", False: "0", None: ""}[referral.green_light]
    first = {
        "answer": referral.answer,
        "green_light": light,
        "changes": "\n".join(referral.changes.values_list("text", flat=True)),
    }
    form = AnswerForm(referral, data_of(request), initial=first)

    def act():
        said = dict(form.cleaned_data)
        changes = said.pop("changes", "").splitlines()
        services.show_answer(actor=request.viewer, referral=referral, changes=changes, **said)

    if done(form, act):
        messages.success(request, _("Members read it now. It can be published from tomorrow."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Write the panel’s answer"), submit=_("Show it to members"),
        lede=_("From what members said, without their names. Who doesn’t agree says why: it is published too."),
        back=address(referral),
    )  # fmt: skip


@require_http_methods(METHODS)
@decider
def publish(request, panel, referral):
    """What publishing means, then its button."""
    form = PlainForm(data_of(request))

    def act():
        services.publish_answer(actor=request.viewer, referral=referral)

    if done(form, act):
        messages.success(request, _("Everybody reads the answer. The direction owes an account of what it does."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Publish the panel’s answer"), submit=_("Publish"),
        lede=_("Everybody reads it, with the disagreements. It doesn’t change afterwards."),
        back=address(referral),
    )  # fmt: skip
