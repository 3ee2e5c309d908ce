"""What the relay does about quotes: their authors are told, where there is one."""

from django.utils.formats import date_format

from src.foundations import outbox
from src.notices.services import send
from src.participation.enums import AppealState, CaseState, IdentityMode
from src.participation.services.moderation import last_day_to_appeal

from .models import QuoteCase
from .notices import QuoteObjectionAnswered, QuoteRemoved


@outbox.handles("quotes.moderated")
def tell_removal(payload: dict) -> None:
    """Tell whoever wrote a removed quote why, and until when they may object."""
    case = _case(payload)
    if case is None or case.state != CaseState.REMOVED:
        return
    words = {
        "reason": str(case.get_reason_code_display()),
        "text": case.text,
        "until": date_format(last_day_to_appeal(case), "DATE_FORMAT"),
    }
    _to_author(QuoteRemoved.code, case, words, f"quotes.removed:{case.pk}")


@outbox.handles("quotes.appeal_answered")
def tell_objection(payload: dict) -> None:
    """Tell them what came of their objection."""
    case = _case(payload)
    if case is None or not hasattr(case, "appeal"):
        return
    words = {"restored": case.appeal.state == AppealState.RESTORED, "text": case.appeal.answer}
    _to_author(QuoteObjectionAnswered.code, case, words, f"quotes.objection:{case.pk}")


@outbox.handles("quotes.reported")
@outbox.handles("quotes.withheld")
@outbox.handles("quotes.appealed")
def wait_for_moderators(payload: dict) -> None:
    """Nothing is sent: what waits for moderators stands on their to-do list."""


def _case(payload: dict) -> QuoteCase | None:
    found = QuoteCase.objects.select_related("quote__answer__answer_set", "quote__codebook__questionnaire", "appeal")
    return found.filter(pk=payload["case"]).first()


def _to_author(code: str, case: QuoteCase, words: dict, key: str) -> None:
    answers, questionnaire = case.quote.answer.answer_set, case.quote.codebook.questionnaire
    if answers.identity_mode == IdentityMode.ANONYMOUS:
        return
    named = answers.author_id is not None
    send(
        code,
        recipients=[answers.author_id] if named else [],
        handles=[] if named else [answers.handle],
        context={
            "reference": questionnaire.reference,
            "title": questionnaire.title,
            "quote": case.quote.reference,
            **words,
        },
        key=key,
    )
