"""Moderation of quotes by the house's verbs; and answers that organisers set aside before anybody else reads them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, journal
from src.participation.enums import IdentityMode, RemovalReason, Visibility
from src.participation.services import moderation

from .. import quote_rules
from ..models import CodedText, QuoteAppeal, QuoteCase, QuoteReport

# Why an answer that only organisers read is set aside.
SET_ASIDE_FOR = (RemovalReason.NAMES_PEOPLE, RemovalReason.INSULT, RemovalReason.SECRET)


def _show(quote: CodedText, visibility: str, reason: str) -> None:
    CodedText.objects.filter(pk=quote.pk).update(visibility=visibility, removal_reason=reason)
    quote.visibility, quote.removal_reason = visibility, reason


def _restore(quote: CodedText, viewer, text: str, moment) -> None:
    _show(quote, Visibility.SHOWN, "")


DESK = moderation.Desk(
    cases=QuoteCase,
    reports=QuoteReport,
    appeals=QuoteAppeal,
    spot=lambda quote: {"quote": quote},
    show=_show,
    restore=_restore,
    room="quotes",
)


def report(*, actor, quote: CodedText, reason_code: str, words: str = "") -> QuoteReport:
    """Report a quote; reports of enough units hide it until somebody reads. Refuses one's own."""
    viewer = as_viewer(actor)
    if quote_rules.is_own(viewer, quote):
        raise PermissionDenied(_("You wrote this answer: somebody else reports it."))
    space = quote.codebook.questionnaire.space
    return moderation.report(
        DESK, quote, viewer=viewer, reason_code=reason_code, text=words, withholds=space.reports_hide
    )


def keep(*, actor, quote: CodedText) -> QuoteCase:
    """Decide that it stays. Refuses who doesn't decide there, or wrote or reported it."""
    return moderation.keep(DESK, quote, viewer=_decider(actor, quote))


def remove(*, actor, quote: CodedText, reason_code: str, words: str) -> QuoteCase:
    """Hide it for good, with the words its author reads where there is one. The figure doesn't change."""
    return moderation.remove(DESK, quote, viewer=_decider(actor, quote), reason_code=reason_code, text=words)


def appeal(*, actor, quote: CodedText, text: str) -> QuoteAppeal:
    """Whoever wrote the answer objects to the removal, once."""
    if not quote_rules.is_own(actor, quote):
        raise PermissionDenied(_("This answer isn't yours."))
    named = quote.answer.answer_set.identity_mode == IdentityMode.NAMED
    return moderation.appeal(DESK, quote, text=text, by_week=not named, for_administrators=False)


def answer_appeal(*, actor, quote: CodedText, restored: bool, words: str) -> QuoteAppeal:
    """Uphold or undo a removal; by somebody else than who removed it."""
    viewer = _decider(actor, quote)
    return moderation.answer_appeal(DESK, quote, viewer=viewer, restored=restored, text=words)


def waiting_case(quote: CodedText) -> QuoteCase | None:
    """What waits about a quote: a reported one to read, or an objection."""
    return QuoteCase.objects.waiting().filter(quote=quote).select_related("appeal").first()


def _decider(actor, quote: CodedText):
    viewer = as_viewer(actor)
    if not quote_rules.may_decide(viewer, quote.codebook.questionnaire, waiting_case(quote)):
        raise PermissionDenied(_("Those who moderate this space decide."))
    if quote_rules.is_own(viewer, quote):
        raise PermissionDenied(_("You wrote this answer: somebody else decides."))
    return viewer


# Set aside by organisers


@transaction.atomic
def set_aside(*, actor=None, text: CodedText, reason: str) -> bool:
    """Have nobody read an answer any more, because it names or attacks somebody. Whether anything changed.

    It leaves the list, the themes and the files; its circle no longer reads it. Refuses an unknown reason, and an
    answer that two people are reading. The view has checked who organises.
    """
    if reason not in SET_ASIDE_FOR:
        raise ValidationError({"reason": _("Choose a reason.")})
    held = CodedText.objects.select_for_update(of=("self",)).select_related("double_reading").get(pk=text.pk)
    if held.set_aside_at is not None:
        return False
    if held.double_reading is not None and held.double_reading.completed_at is None:
        raise ValidationError(_("Two people are reading this answer: wait until both are done."))
    held.set_aside_at, held.set_aside_reason, held.shown_at = clock.now(), reason, None
    held.save(update_fields=["set_aside_at", "set_aside_reason", "shown_at"])
    _record("questionnaires.answer_set_aside", text, actor, {"reason": str(reason)})
    return True


@transaction.atomic
def bring_back(*, actor=None, text: CodedText) -> bool:
    """Have an answer read again, as it was coded; its circle reads it once it is chosen again. Safe twice."""
    changed = CodedText.objects.filter(pk=text.pk, set_aside_at__isnull=False).update(
        set_aside_at=None, set_aside_reason=""
    )
    if changed:
        _record("questionnaires.answer_brought_back", text, actor, {})
    return bool(changed)


def _record(verb: str, text: CodedText, actor, payload: dict) -> None:
    journal.record(
        verb,
        actor=actor,
        object_ref=f"questionnaire:{text.codebook.questionnaire.reference}",
        payload={"text": text.reference, **payload},
    )
