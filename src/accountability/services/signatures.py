"""An elected official signs a reply that a direction prepared: asked, signed, sent back, called off."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.text import tidy
from src.workflow.exceptions import TransitionNotAllowed

from .. import registry, rules
from ..models import Decision, ReplySignature
from .awaited import ANSWERED_TOPIC, ASKED_TOPIC, tell
from .decisions import _check_hand, _hold, announced_meanwhile
from .measures import TEXT_MAX, TEXT_MIN, _between
from .signing import signature_of

FUNCTION_MAX = 110


@transaction.atomic
def ask_signature(decision: Decision, *, actor, official: User) -> ReplySignature:
    """Have a prepared reply signed by an elected official: it isn't announced before, and they are told.

    Asked of somebody else, the first one no longer sees it. Refuses somebody who doesn't decide (PermissionDenied), a
    reply of the fast lane, one that was announced or signed meanwhile (TransitionNotAllowed), an account that doesn't
    hold the role for the unit (ValidationError).
    """
    viewer = as_viewer(actor)
    _check_hand(viewer, decision)
    if decision.is_fast_lane:
        raise TransitionNotAllowed(_("A reply of the fast lane is countersigned in its direction."))
    if official not in rules.officials_for(decision.unit):
        raise ValidationError({"official": _("Choose an elected official of the list.")})
    _hold(decision)
    _must_wait(decision)
    known = ReplySignature.objects.filter(decision=decision).first()
    if known is not None and known.is_signed:
        raise TransitionNotAllowed(_("This reply is already signed."))
    if known is not None and known.is_waiting and known.official_id == official.pk:
        return known
    signature, _made = ReplySignature.objects.update_or_create(
        decision=decision,
        defaults={
            "official": official,
            "asked_by": viewer.user,
            "asked_at": clock.now(),
            "returned_at": None,
            "returned_text": "",
        },
    )
    tell(ASKED_TOPIC, signature)
    return signature


@transaction.atomic
def call_off_signature(decision: Decision, *, actor) -> None:
    """Do without the signature: the reply is again the decider's own, under their name. Same refusals."""
    viewer = as_viewer(actor)
    _check_hand(viewer, decision)
    _hold(decision)
    _must_wait(decision)
    signature = ReplySignature.objects.select_for_update().filter(decision=decision).first()
    if signature is None:
        return
    if signature.is_signed:
        Decision.objects.filter(pk=decision.pk).update(signed_as=signature_of(decision.decided_by))
    signature.delete()


@transaction.atomic
def sign_reply(signature: ReplySignature, *, actor, function: str = "", read_at: datetime | None = None):
    """Put one's name under a reply: it is what everybody will read, and the direction may announce it.

    ``read_at``: when the words that were read were prepared. Refuses anybody but the person asked, who still holds the
    role, and never on their own contribution (PermissionDenied); words that changed meanwhile, a reply already signed,
    sent back or announced (TransitionNotAllowed).
    """
    decision = _check_official(signature, actor)
    function = tidy(function, one_line=True)
    if len(function) > FUNCTION_MAX:
        raise ValidationError({"function": _("Write %(most)d characters at most.") % {"most": FUNCTION_MAX}})
    _hold(decision)
    _must_wait(decision)
    prepared = Decision.objects.prepared().filter(pk=decision.pk)
    if read_at is not None:
        prepared = prepared.filter(prepared_at=read_at)
    name = signature.official.get_full_name()
    now = clock.now()
    if not prepared.update(signed_as=f"{name}, {function}" if function else name):
        raise TransitionNotAllowed(_("The words of this reply have just changed: read them again, then sign."))
    waiting = ReplySignature.objects.filter(pk=signature.pk, signed_at__isnull=True, returned_at__isnull=True)
    if not waiting.update(signed_at=now, function=function):
        raise _answered()
    signature.refresh_from_db()
    tell(ANSWERED_TOPIC, signature)
    return signature


@transaction.atomic
def return_reply(signature: ReplySignature, *, actor, text: str) -> ReplySignature:
    """Send a reply back with what must change; once it is written again, it comes back to sign. Same refusals."""
    decision = _check_official(signature, actor)
    text = _between("text", tidy(text), TEXT_MIN, TEXT_MAX)
    _hold(decision)
    _must_wait(decision)
    waiting = ReplySignature.objects.filter(pk=signature.pk, signed_at__isnull=True, returned_at__isnull=True)
    if not waiting.update(returned_at=clock.now(), returned_text=text):
        raise _answered()
    signature.refresh_from_db()
    tell(ANSWERED_TOPIC, signature)
    return signature


def _check_official(signature: ReplySignature, actor) -> Decision:
    viewer, decision = as_viewer(actor), signature.decision
    if not rules.can_sign_reply(viewer, signature):
        raise PermissionDenied(_("This reply is signed by the elected official it was asked of."))
    if registry.has_interest(decision.subject_kind, decision.subject_reference, viewer):
        raise PermissionDenied(_("Nobody signs the reply to their own contribution."))
    return decision


def _must_wait(decision: Decision) -> None:
    refusal = announced_meanwhile([decision])
    if refusal is not None:
        raise refusal


def _answered() -> TransitionNotAllowed:
    return TransitionNotAllowed(_("This reply was signed, sent back or called off meanwhile."))
