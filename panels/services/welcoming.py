"""Members who take a seat without a draw, in a users' committee: volunteers, and people named by associations."""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation.enums import Channel

from .. import rules, vault
from ..enums import CandidateState, ConsentPurpose, MembershipWay, PanelState
from ..models import CandidateContact, Membership, Panel, Receipt
from ..reaching import faults_of
from ..vault import Contact
from .candidates import give_consent, move_candidate
from .members import name_badge, seat_member
from .preparing import WrongState, hold
from .recording import record
from .registering import new_candidate

# From the opening to the last hearing.
WELCOMING = (
    PanelState.RECRUITING, PanelState.POOL_CLOSED, PanelState.DRAWN, PanelState.SEATED, PanelState.DELIBERATING,
    PanelState.OPINION_ADOPTED, PanelState.HANDED_OVER, PanelState.ANSWERED, PanelState.FOLLOWED_UP,
)  # fmt: skip
LONGEST_ASSOCIATION = 140


@dataclass(frozen=True)
class Welcomed:
    """A member, and the number of their receipt, shown once."""

    membership: Membership
    nonce: str


@transaction.atomic
def welcome(
    *, actor, panel: Panel, way: str, contact: Contact, consents: tuple[str, ...], designated_by: str = "",
    shown_name: str = "", by_post: bool = False, token: str = "",
) -> Welcomed:  # fmt: skip
    """Give one of the seats without a draw to somebody. Organisers and facilitators.

    Refuses another panel than a committee, a draw's way, somebody named by no association, somebody nobody could
    reach, who doesn't agree to take part, and one member more than there are seats. ``token`` is a secret of the page:
    the same sending repeated welcomes once.
    """
    held = hold(panel, *WELCOMING)
    rules.refuse_unless(rules.may_enter(actor, held))
    if not held.is_committee:
        raise WrongState(_("Seats of this panel are drawn by lot."), code="kind")
    nonce = vault.nonce_of(token) if token else secrets.token_bytes(vault.NONCE_BYTES)
    commitment = vault.commitment_of(nonce)
    already = Membership.objects.filter(panel=held, candidate__receipt__commitment=commitment).first()
    if already is not None:
        return Welcomed(already, nonce.hex())
    association = " ".join(designated_by.split())
    _check(way, association, contact, consents)
    if direct_left(held) < 1:
        raise WrongState(_("Every seat without a draw has somebody."), code="full")
    user = getattr(actor, "user", actor)
    candidate = new_candidate(
        panel=held, is_direct=True, channel=Channel.PHONE, entered_by=user, registered_on=clock.today()
    )
    CandidateContact.objects.create(candidate=candidate, ciphertext=vault.close_contact(contact))
    Receipt.objects.create(candidate=candidate, nonce=vault.close(nonce.hex(), vault.RECEIPT), commitment=commitment)
    for one in dict.fromkeys(consents):
        give_consent(candidate=candidate, purpose=one)
    move_candidate(candidate, CandidateState.SEATED)
    made = seat_member(candidate, way=way, designated_by=association if way == MembershipWay.DESIGNATED else "")
    if shown_name or by_post:
        name_badge(membership=made, shown_name=shown_name, by_post=by_post)
    record("welcomed", held, actor=actor, about=f"member:{made.number}", payload={"way": str(way)})
    return Welcomed(made, nonce.hex())


def direct_left(panel: Panel) -> int:
    """How many seats without a draw are free; one statement."""
    taken = Membership.objects.sitting().filter(panel=panel).exclude(way=MembershipWay.DRAWN).count()
    return panel.direct_seats - taken


def _check(way: str, association: str, contact: Contact, consents) -> None:
    faults = faults_of(contact)
    if way not in (MembershipWay.VOLUNTEER, MembershipWay.DESIGNATED):
        faults["way"] = _("Choose how this person comes.")
    if way == MembershipWay.DESIGNATED and not association:
        faults["designated_by"] = _("Write which association names this person.")
    if len(association) > LONGEST_ASSOCIATION:
        faults["designated_by"] = _("%(most)d signs at most.") % {"most": LONGEST_ASSOCIATION}
    if ConsentPurpose.TAKE_PART not in consents:
        faults["consents"] = _("Taking part needs the agreement of the person.")
    if set(consents) - set(ConsentPurpose.values):
        faults["consents"] = _("Choose in the list.")
    if faults:
        raise ValidationError(faults)
