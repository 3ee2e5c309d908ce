"""Secret answers on the screen: sent once, never found again; whoever answered is led to the receipt."""

from functools import wraps

from django.contrib import messages
from django.utils.translation import gettext as _

from src.foundations.gates import see_other

from .. import runs, services


def already(request, questionnaire) -> bool:
    """Whether the person is on the roll of a questionnaire of secret answers."""
    return questionnaire.is_secret and services.has_answered(request.viewer, questionnaire)


def answers_once(view):
    """Lead to the receipt whoever sent secret answers: neither begun again nor changed.

    What they began on another screen meanwhile is forgotten, and they are told that it isn't counted.
    """

    @wraps(view)
    def checked(request, questionnaire, *args, **kwargs):
        if kwargs.get("is_test") or not already(request, questionnaire):
            return view(request, questionnaire, *args, **kwargs)
        if runs.current(request.user, questionnaire) is not None:
            runs.forget(request.user, questionnaire)
            messages.info(request, _("You had already answered: these answers are not counted."))
        return see_other(runs.Run(questionnaire, None).url("sent"))

    return checked


def send(request, run):
    """Seal and send what was answered; the draft goes with the sending."""
    services.send_secret(
        actor=request.user,
        questionnaire=run.questionnaire,
        revision=run.revision,
        answers=run.answers,
        draft=run.draft,
    )
    runs.forget(request.user, run.questionnaire)
    return see_other(run.url("sent"))
