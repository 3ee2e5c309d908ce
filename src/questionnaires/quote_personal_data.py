"""What the moderation of quotes keeps of people: who reported, who decided, who objected."""

from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations import code_words
from src.foundations.personal_data import Classification, declare
from src.participation.services import moderation

from .models import AnswerSet, QuoteAppeal, QuoteCase, QuoteReport
from .services.quotes import DESK


def _reports(user):
    for one in (
        QuoteReport.objects.filter(reporter=user).select_related("quote__codebook__questionnaire").order_by("pk")
    ):
        yield {
            "questionnaire": one.quote.codebook.questionnaire.title,
            "reason": str(one.get_reason_code_display()),
            "text": one.text,
        }


def _erase_reports(user):
    return QuoteReport.objects.filter(reporter=user).update(reporter=None, unit=None, text="")


def _purge_reports(now, apply):
    return moderation.forget_reporters(DESK, now, apply=apply)


def _cases(user):
    for one in (
        QuoteCase.objects.filter(decided_by=user).select_related("quote__codebook__questionnaire").order_by("pk")
    ):
        yield {
            "questionnaire": one.quote.codebook.questionnaire.title,
            "decision": str(one.get_state_display()),
        }


def _erase_cases(user):
    return QuoteCase.objects.filter(decided_by=user).update(decided_by=None)


def _appeals(user):
    own = AnswerSet.objects.of(as_viewer(user))
    found = QuoteAppeal.objects.filter(case__quote__answer__answer_set__in=own)
    for one in found.select_related("case__quote__codebook__questionnaire").order_by("pk"):
        yield {
            "questionnaire": one.case.quote.codebook.questionnaire.title,
            "text": one.text,
            "answer": one.answer,
        }


def _erase_appeals(user):
    done = QuoteAppeal.objects.filter(decided_by=user).update(decided_by=None)
    return done + QuoteAppeal.objects.filter(removed_by=user).update(removed_by=None)


declare(
    QuoteReport,
    owner="questionnaires",
    classification=Classification.C3,
    retention=_("twelve months after the decision"),
    title=_("Quoted answers I reported"),
    export=_reports,
    erase=_erase_reports,
    purge=_purge_reports,
    reason="Who thinks that a quote has no place here: shown to nobody, kept a while against misuse.",
)
declare(
    QuoteCase,
    owner="questionnaires",
    classification=Classification.C2,
    retention=_("as long as the answer"),
    title=_("Quoted answers I decided on"),
    export=_cases,
    erase=_erase_cases,
    reason="Who decided, and why: what the author of the answer reads.",
)
declare(
    QuoteAppeal,
    owner="questionnaires",
    classification=Classification.C3,
    retention=_("as long as the answer"),
    title=_("My objections about quoted answers"),
    export=_appeals,
    erase=_erase_appeals,
    reason="Why whoever wrote an answer objects, and what somebody else answered.",
)
code_words.register(
    "verb",
    {
        "questionnaires.answer_set_aside": _("Answer set aside: nobody reads it"),
        "questionnaires.answer_brought_back": _("Answer brought back"),
    },
)
