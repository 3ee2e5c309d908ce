"""Who goes through the questions: an account, on any device; or, by the open link, nobody we know.

Of the latter the browser alone holds something: a sealed token, for two hours after the last answer, which leads to
the draft. No row, no log and no session says which browser it was.
"""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import sealing
from src.foundations.gates import network_of, see_other
from src.participation.services import drafts

from .. import rules, runs, services, spoken
from ..forms.answering import CodeForm
from .gate import screen

PURPOSE = sealing.register_purpose("questionnaire-open")
COOKIE = "questionnaire"
LIVES_SECONDS = 2 * 3600
_PADDED = 256


@dataclass(frozen=True)
class Token:
    """What the browser holds: which draft, and under which number it is sent once."""

    reference: str
    draft: UUID
    sending: UUID


def is_nobody(questionnaire, is_test: bool = False) -> bool:
    """Whether whoever answers is nobody we know; a test is its organiser's."""
    return questionnaire.is_open_link and not is_test


def current(request, questionnaire, *, is_test: bool = False):
    """What was begun and not sent; None when there is nothing."""
    if not is_nobody(questionnaire, is_test):
        return runs.current(request.user, questionnaire, is_test=is_test)
    token = read(request, questionnaire)
    return runs.kept_under(token.draft, questionnaire) if token else None


def begin(request, questionnaire, *, is_test: bool = False):
    """Begin, kept at once."""
    if not is_nobody(questionnaire, is_test):
        return runs.begin(request.user, questionnaire, is_test=is_test)
    return runs.begin_under_code(questionnaire)


def keep(request, run) -> None:
    """Keep what was answered so far."""
    runs.keep(run, None if is_nobody(run.questionnaire, run.is_test) else request.user)


def forget(request, questionnaire, *, is_test: bool = False) -> None:
    """Forget what was begun and not sent."""
    if not is_nobody(questionnaire, is_test):
        runs.forget(request.user, questionnaire, is_test=is_test)
    elif token := read(request, questionnaire):
        drafts.delete_draft(token.draft)


def was_sent(request, questionnaire) -> bool:
    """Whether whoever asks sent their answers: by their account, or by the token of their browser."""
    if not is_nobody(questionnaire):
        return runs.sent_by(request.user, questionnaire) is not None
    token = read(request, questionnaire)
    return token is not None and services.was_sent(questionnaire, token.sending)


def remember(response, request, run) -> None:
    """Let the browser find again what is kept."""
    if not is_nobody(run.questionnaire, run.is_test):
        drafts.remember_in_response(response, request, run.draft)
        return
    response.set_cookie(
        COOKIE,
        _close(Token(run.questionnaire.reference, run.draft, run.token)),
        max_age=LIVES_SECONDS,
        path=run.questionnaire.get_absolute_url(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )


def send_open(request, run):
    """Send what nobody we know answered; the token then leads to the receipt alone."""
    services.send_open(
        questionnaire=run.questionnaire,
        revision=run.revision,
        answers=run.answers,
        token=run.token,
        draft=run.draft,
    )
    return see_other(run.url("sent"))


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def resume(request, questionnaire):
    """Go on with what was begun by the open link, elsewhere or earlier: the spoken code finds it."""
    if not is_nobody(questionnaire):
        raise Http404
    if request.viewer.is_authenticated or not rules.is_open(questionnaire):
        return see_other(questionnaire.get_absolute_url())
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        if not spoken.may_guess(questionnaire, network_of(request)):
            form.add_error("code", _("Too many codes were tried. Wait ten minutes, then try again."))
            status = 429
        else:
            draft = spoken.find(questionnaire, runs.kind_of(questionnaire, False), form.cleaned_data["code"])
            run = runs.kept_under(draft, questionnaire) if draft else None
            if run is not None:
                spoken.was_right(questionnaire)
                response = see_other(run.next_url())
                remember(response, request, run)
                return response
            form.add_error("code", _("This code opens nothing: check it. What was sent, or left too long, is gone."))
    if form.errors and status == 200:
        status = 422
    return render(request, "questionnaires/resume.html", {"questionnaire": questionnaire, "form": form}, status=status)


def read(request, questionnaire) -> Token | None:
    """The token of this browser for this questionnaire, when it is ours and not too old."""
    try:
        content = json.loads(sealing.decrypt(urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode()), PURPOSE))
    except ValueError:
        return None
    if content["reference"] != questionnaire.reference or content["until"] < time.time():
        return None
    return Token(content["reference"], UUID(content["draft"]), UUID(content["sending"]))


def _close(token: Token) -> str:
    content = {
        "reference": token.reference,
        "draft": token.draft.hex,
        "sending": token.sending.hex,
        "until": int(time.time()) + LIVES_SECONDS,
    }
    return urlsafe_b64encode(sealing.encrypt(json.dumps(content).encode(), PURPOSE, pad_to=_PADDED)).decode()
