"""Who is heard, with what they declare; whom members ask to hear, and what they are answered."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.enums import WORKING
from panels.models import Membership
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from panels.services.recording import record
from src.foundations import clock

from .. import rules
from ..enums import Proposer, RequestState, SessionState, Stance
from ..models import Hearing, HearingRequest, RequestSupport, Session
from ..models.hearing import REASON_MAX
from .planning import hold

OPEN = (SessionState.PREPARED, SessionState.ANNOUNCED)
DECLARED = ("name", "quality", "stance", "interests", "proposed_by")


@transaction.atomic
def plan_hearing(*, actor, session: Session, request: HearingRequest | None = None, **declared) -> Hearing:
    """Write who is heard, their quality, the stance and the interests they declare, and who proposed them.

    Refuses one of them left out: without interests, « aucun » is written. Refuses once the session is over.
    """
    held = hold(session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if request is not None and request.panel_id != held.panel_id:
        raise ValidationError(_("This request is of another panel."))
    made = Hearing(session=held, request=request, added_at=clock.now())
    _declare(made, declared)
    made.save()
    record("hearing_planned", held.panel, actor=actor, about=f"session:{held.number}/hearing:{made.reference}")
    return made


@transaction.atomic
def change_hearing(*, actor, hearing: Hearing, **declared) -> Hearing:
    """Write again what somebody declares, until the session is over; the journal keeps what changed."""
    held = hold(hearing.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    hearing.session = held
    before = {name: getattr(hearing, name) for name in DECLARED}
    _declare(hearing, declared)
    hearing.save()
    changed = sorted(name for name in DECLARED if before[name] != getattr(hearing, name))
    about = f"session:{held.number}/hearing:{hearing.reference}"
    record("hearing_changed", held.panel, actor=actor, about=about, payload={"fields": changed})
    return hearing


@transaction.atomic
def remove_hearing(*, actor, hearing: Hearing) -> None:
    """Take away somebody who doesn't come. Refuses once the session is held: who was heard stays."""
    held = hold(hearing.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    about = f"session:{held.number}/hearing:{hearing.reference}"
    Hearing.objects.filter(pk=hearing.pk).delete()
    record("hearing_removed", held.panel, actor=actor, about=about)


def _declare(hearing: Hearing, declared: dict) -> None:
    for name in DECLARED:
        if name in declared:
            setattr(hearing, name, declared[name])
    errors = {}
    if not hearing.name:
        errors["name"] = _("Write who is heard.")
    if not hearing.quality:
        errors["quality"] = _("Say in what quality they are heard.")
    if hearing.stance not in Stance.values:
        errors["stance"] = _("Ask the person, then choose.")
    if not hearing.interests.strip():
        errors["interests"] = _("Write what the person declares; “none” when there is nothing.")
    if hearing.proposed_by not in Proposer.values:
        errors["proposed_by"] = _("Choose in the list.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def ask_to_hear(*, membership: Membership, who: str, reason: str) -> HearingRequest:
    """A member asks that somebody be heard, and says why; they support it. Refuses without either."""
    panel = hold_panel(membership.panel, *WORKING)
    errors = {}
    if not who.strip():
        errors["who"] = _("Say whom you want to hear: a name, or a quality.")
    if not reason.strip():
        errors["reason"] = _("Say why: the others read it.")
    elif len(reason) > REASON_MAX:
        errors["reason"] = _("Shorten it to 2,000 characters.")
    if errors:
        raise ValidationError(errors)
    # Sent twice, it is one request.
    same = HearingRequest.objects.filter(
        panel=panel, asked_by=membership, who=who.strip(), reason=reason.strip(), state=RequestState.OPEN
    ).first()
    if same is not None:
        return same
    made = HearingRequest.objects.create(
        panel=panel, asked_by=membership, who=who.strip(), reason=reason.strip(), asked_at=clock.now()
    )
    RequestSupport.objects.create(request=made, membership=membership)
    return made


@transaction.atomic
def support_request(*, membership: Membership, request: HearingRequest, supports: bool) -> None:
    """Support a request, or no longer; twice is once. Refuses a request of another panel, or answered."""
    if request.panel_id != membership.panel_id:
        raise ValidationError(_("This request is of another panel."))
    held = HearingRequest.objects.select_for_update().get(pk=request.pk)
    if not held.is_open:
        raise WrongState(_("This request was answered."), code="state")
    if supports:
        RequestSupport.objects.get_or_create(request=held, membership=membership)
    else:
        RequestSupport.objects.filter(request=held, membership=membership).delete()


@transaction.atomic
def answer_request(*, actor, request: HearingRequest, accepts: bool, answer: str) -> HearingRequest:
    """Answer a request, with a reason in both cases; once."""
    rules.refuse_unless(rules.prepares(actor, request.panel))
    if not answer.strip():
        raise ValidationError({"answer": _("Say why: members read it.")})
    touched = HearingRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(
        state=RequestState.ACCEPTED if accepts else RequestState.DECLINED,
        answer=answer.strip(),
        answered_at=clock.now(),
        answered_by=getattr(actor, "user", actor),
    )
    if not touched:
        raise WrongState(_("This request was answered."), code="state")
    record(
        "hearing_answered", request.panel, actor=actor, about=f"hearing-request:{request.reference}",
        payload={"accepted": accepts},
    )  # fmt: skip
    request.refresh_from_db()
    return request
