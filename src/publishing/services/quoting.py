"""Ask an author for a passage, and what they answer: yes, no, no longer."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.foundations.text import tidy
from src.workflow.exceptions import TransitionNotAllowed

from .. import cards
from ..enums import QuoteSignature, QuoteState
from ..models import QuoteRequest
from ..rules import may_edit_pages

TOPIC = "publishing.quote_asked"
WEEK = 7


def ask_for_quote(*, kind: str, reference: str, words: str, purpose: str, actor) -> QuoteRequest:
    """Ask the author of a contribution for a passage; they are told by the way their notices already take.

    Refuses who doesn't edit pages (PermissionDenied); a contribution the editor doesn't see, one that is anonymous,
    words that aren't its own, and a passage already asked for (ValidationError).
    """
    if not may_edit_pages(actor):
        raise PermissionDenied(_("Editors ask for quotes."))
    contribution = cards.quotable(kind, reference, as_viewer(actor))
    if contribution is None:
        raise ValidationError({"reference": _("No contribution you can read has this reference.")})
    if not contribution.can_be_asked:
        raise ValidationError({"reference": _("Nobody can agree for this contribution: its author isn’t known.")})
    words = tidy(words, one_line=True)
    if words not in tidy(contribution.words, one_line=True):
        raise ValidationError({"words": _("Copy the words as they stand in the contribution, without changing any.")})
    try:
        with transaction.atomic():
            row = QuoteRequest.objects.create(
                subject_kind=kind,
                subject_reference=reference,
                words=words,
                is_sealed=contribution.is_sealed,
                purpose=purpose,
                asked_by=as_viewer(actor).user,
                asked_on=clock.today(),
            )
            outbox.emit(TOPIC, {"quote": row.pk}, key=f"quote:{row.pk}")
    except IntegrityError:
        if not QuoteRequest.objects.filter(subject_kind=kind, subject_reference=reference, words=words).exists():
            raise
        raise ValidationError({"words": _("This passage was already asked for: see it in the list.")}) from None
    return row


def is_author(request: QuoteRequest, viewer) -> bool:
    """Whether the viewer wrote what is quoted, by name or protected."""
    contribution = cards.quotable(request.subject_kind, request.subject_reference, viewer)
    return contribution is not None and contribution.is_of(viewer)


def agree(request: QuoteRequest, *, signature: str, actor) -> QuoteRequest:
    """The author lets their words be quoted, signed as they choose; also after a no, and to sign otherwise.

    Refuses anybody else (PermissionDenied), a quote the editors gave up (TransitionNotAllowed), a name under what
    isn't signed (ValidationError).
    """
    _author_only(request, actor)
    offered = signatures(request)
    if signature not in offered:
        raise ValidationError({"signature": _("Choose how your words are signed.")})
    _write(request, state=QuoteState.AGREED, signature=signature)
    return request


def refuse(request: QuoteRequest, *, actor) -> QuoteRequest:
    """The author says no, or no longer: pages that showed the words stop at once.

    Refuses anybody else (PermissionDenied) and a quote the editors gave up (TransitionNotAllowed).
    """
    _author_only(request, actor)
    ended = QuoteState.WITHDRAWN if request.state == QuoteState.AGREED else QuoteState.REFUSED
    if request.state in (QuoteState.REFUSED, QuoteState.WITHDRAWN):
        return request
    _write(request, state=ended, signature="", at_once=ended == QuoteState.WITHDRAWN)
    return request


def drop(request: QuoteRequest, *, actor) -> QuoteRequest:
    """The editors no longer need it: pages stop showing it, and its author can no longer answer.

    Refuses who doesn't edit pages (PermissionDenied).
    """
    if not may_edit_pages(actor):
        raise PermissionDenied(_("Editors ask for quotes."))
    QuoteRequest.objects.filter(pk=request.pk).update(state=QuoteState.DROPPED, signature="")
    request.refresh_from_db()
    return request


def signatures(request: QuoteRequest) -> list[str]:
    """How the author may sign: never by a name under what isn't signed."""
    return [QuoteSignature.AGENT] if request.is_sealed else [QuoteSignature.NAME, QuoteSignature.AGENT]


def _author_only(request, actor):
    if not is_author(request, as_viewer(actor)):
        raise PermissionDenied(_("Only the author says whether their words are quoted."))


def _write(request, *, state, signature, at_once=False):
    """What who isn't named answers is dated from the following Monday: the hour of a gesture tells its author."""
    day = clock.today()
    if request.is_sealed and not at_once:
        day = clock.week_of(day) + timedelta(days=WEEK)
    rows = QuoteRequest.objects.filter(pk=request.pk).exclude(state=QuoteState.DROPPED)
    if not rows.update(state=state, signature=signature, answered_on=day):
        raise TransitionNotAllowed(_("The editors no longer need this quote: there is nothing to answer."))
    request.refresh_from_db()
