"""A referral held until the end of a transaction, moved once, and the line of the journal that says so."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock

from .. import rules
from ..models import Referral


def hold(referral: Referral, *states: str) -> Referral:
    """The referral as it is now, held until the end of the transaction; refuses another state than these."""
    held = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("panel__commissioner", "unit")
        .get(pk=referral.pk)
    )
    if states and held.state not in states:
        raise WrongState(
            _("This referral is at “%(state)s”: this can’t be done now.") % {"state": held.get_state_display()},
            code="state",
        )
    return held


def move(held: Referral, state: str, actor, verb: str, **fields) -> Referral:
    """Move a held referral with what the move writes; of two people at once, one does and the other reads it."""
    now = clock.now()
    fields |= {"state": state, "state_since": now}
    if not Referral.objects.filter(pk=held.pk, state=held.state).update(**fields):
        raise WrongState(_("Somebody has just moved this referral: read it again."), code="state")
    for name, value in fields.items():
        setattr(held, name, value)
    note(verb, held, actor)
    return held


def note(verb: str, referral: Referral, actor, **payload) -> None:
    """One line of the journal: which referral, what was done, never what somebody said."""
    record(f"referral_{verb}", referral.panel, actor=actor, about=f"referral:{referral.reference}", payload=payload)


def speaker(actor, referral: Referral, membership: Membership | None = None) -> Membership:
    """Who speaks: the member who acts, or the one whose paper the team types.

    Refuses with PermissionDenied who doesn't sit, and who types without being of the team.
    """
    if membership is None:
        found = Membership.objects.sitting().filter(pk=rules.membership_id(actor, referral.panel)).first()
        rules.refuse_unless(found is not None)
        return found
    rules.refuse_unless(rules.may_run(actor, referral.panel))
    if membership.panel_id != referral.panel_id or membership.left_on is not None:
        raise ValidationError({"member": _("Nobody sits under this number.")})
    return membership


def refuse_too_late(referral: Referral, membership: Membership | None) -> None:
    """A member answers until the day promised; a paper of that day may be typed until the answer is published."""
    sentence = rules.why_not_speak(referral)
    if sentence and not (membership is not None and referral.is_accepted):
        raise WrongState(sentence, code="late")


def words_of(name: str, text: str, missing: str, longest: int = 8000) -> str:
    """A text somebody wrote; refuses an empty one, and one longer than a page holds."""
    text = text.strip()
    if not text:
        raise ValidationError({name: missing})
    if len(text) > longest:
        raise ValidationError({name: _("Shorten it to %(n)d characters.") % {"n": longest}})
    return text
