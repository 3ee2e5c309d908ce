"""Registering, by oneself with a code or through a facilitator: a ticket and a receipt come out, once."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.paper import codes
from src.participation.enums import Channel

from .. import consent_texts, door, rules, vault
from ..enums import WITHOUT_LETTER, ConsentPurpose, InvitationState, Need, PanelState
from ..households import digest_of
from ..models import (
    Accommodation,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    Criterion,
    GuardianConsent,
    HouseholdKey,
    Invitation,
    Panel,
    PaperEntry,
    Receipt,
    SourceList,
)
from ..reaching import faults_of
from ..vault import Contact, Guardian
from .preparing import WrongState, hold
from .recording import record


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What somebody says when they register; ``values`` is their answer to each criterion, by keys."""

    contact: Contact
    values: Mapping[str, str]
    consents: tuple[str, ...] = (ConsentPurpose.TAKE_PART,)
    needs: tuple[str, ...] = ()
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Registered:
    """A ticket and the number of its receipt, shown once to the person."""

    candidate: Candidate
    nonce: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where somebody comes from: the code of their letter or, met without one, a list that allows it."""

    code: str = ""
    source_list: SourceList | None = None


class Differs(ValidationError):
    """The second typing isn't the first; ``fields`` names what differs."""

    def __init__(self, fields: list[str]):
        self.fields = fields
        super().__init__(_("The two typings differ: %(fields)s.") % {"fields": ", ".join(fields)}, code="differs")


def register(*, code: str, registration: Registration, caller: str, token: str = "") -> Registered:
    """Register with the code of a letter. Raises CodeRefused alike for any code that opens nothing; TooManyTries.

    ``token`` is a secret of the page: the same sending repeated gives the same receipt. A code is used once.
    """
    door.take_a_try(caller)
    with transaction.atomic():
        already = _already(code, token)
        if already is not None:
            return already
        invitation = door.find(code)
        return _keep(
            invitation.batch.panel, invitation.batch.source_list, invitation, registration,
            channel=Channel.WEB, token=token,
        )  # fmt: skip


def invitation_of(*, code: str, token: str) -> Invitation:
    """The invitation of a code already let in at the door, for the page that let it in: live, or spent by that page.

    No try is counted: the code comes back encrypted from the browser. Raises CodeRefused for everything else.
    """
    if _already(code, token) is not None:
        return door.find_used(code)
    return door.find(code)


def register_by_phone(
    *, actor, panel: Panel, origin: Origin, registration: Registration, read_back: bool, token: str = ""
) -> Registered:
    """Enter what somebody says by telephone. Refuses, until it was read back to them, and who doesn't enter here."""
    rules.refuse_unless(rules.may_enter(actor, panel))
    if not read_back:
        raise ValidationError({"read_back": _("Read the answers back to the person first.")})
    user = getattr(actor, "user", actor)
    if origin.code:
        door.take_a_try(f"account:{user.pk}")
    with transaction.atomic():
        already = _already(origin.code, token)
        if already is not None:
            return already
        source_list, invitation = _origin(panel, origin)
        return _keep(panel, source_list, invitation, registration, channel=Channel.PHONE, token=token, entered_by=user)


@transaction.atomic
def type_paper(*, actor, panel: Panel, origin: Origin, registration: Registration) -> PaperEntry:
    """Keep what a paper says, encrypted, until somebody else has typed it too. Refuses answers that don't hold."""
    rules.refuse_unless(rules.may_enter(actor, panel))
    held = hold(panel, PanelState.RECRUITING)
    _checked_values(held, registration)
    _origin(held, origin)
    made = PaperEntry.objects.create(
        panel=held,
        ciphertext=vault.close(_as_typed(origin, registration), vault.ENTRY),
        typed_by=getattr(actor, "user", actor),
        typed_at=clock.now(),
    )
    record("paper_typed", held, actor=actor, about=f"paper:{made.reference}")
    return made


@transaction.atomic
def check_paper(*, actor, entry: PaperEntry, origin: Origin, registration: Registration) -> Registered:
    """Type the same paper without seeing the first typing: when both agree, the person is registered.

    Refuses whoever typed it first; raises Differs with the names of what differs, and keeps the first typing.
    """
    held = hold(entry.panel, PanelState.RECRUITING)
    user = getattr(actor, "user", actor)
    rules.refuse_unless(rules.may_enter(actor, held) and entry.typed_by_id != user.pk)
    first, again = vault.opened(entry.ciphertext, vault.ENTRY), _as_typed(origin, registration)
    differing = sorted(name for name in first.keys() | again.keys() if _alike(first, name) != _alike(again, name))
    if differing:
        raise Differs(differing)
    if not PaperEntry.objects.filter(pk=entry.pk).delete()[0]:
        raise WrongState(_("This paper was already registered."), code="state")
    source_list, invitation = _origin(held, origin)
    return _keep(
        held, source_list, invitation, registration, channel=Channel.PAPER, entered_by=entry.typed_by, checked_by=user
    )


@transaction.atomic
def discard_paper(*, actor, entry: PaperEntry) -> None:
    """Forget what was typed of a paper: it is typed again from the start."""
    rules.refuse_unless(rules.may_enter(actor, entry.panel))
    if PaperEntry.objects.filter(pk=entry.pk).delete()[0]:
        record("paper_discarded", entry.panel, actor=actor, about=f"paper:{entry.reference}")


def _origin(panel: Panel, origin: Origin) -> tuple[SourceList, Invitation | None]:
    if origin.code:
        invitation = door.find(origin.code, panel)
        return invitation.batch.source_list, invitation
    chosen = origin.source_list
    if chosen is None or chosen.panel_id != panel.pk or chosen.kind not in WITHOUT_LETTER:
        raise ValidationError({"source_list": _("Without a letter, choose a list that takes people met in person.")})
    return chosen, None


def _already(code: str, token: str) -> Registered | None:
    """What the same page already registered with this code."""
    if not (code and token):
        return None
    invitation = door.find_used(code)
    receipt = Receipt.objects.filter(candidate__invitation=invitation).select_related("candidate").first()
    nonce = vault.nonce_of(token)
    if invitation is None or receipt is None or receipt.commitment != vault.commitment_of(nonce):
        return None
    return Registered(receipt.candidate, nonce.hex())


def _keep(
    panel: Panel, source_list: SourceList, invitation: Invitation | None, registration: Registration, *,
    channel: str, token: str = "", entered_by=None, checked_by=None,
) -> Registered:  # fmt: skip
    """Write a registration in its tables, and spend the code. Refuses a panel that registers nobody any more."""
    held = hold(panel, PanelState.RECRUITING)
    if held.registration_ends_on < clock.today():
        raise WrongState(_("Registration is over."), code="over")
    values = _checked_values(held, registration)
    spent = invitation is None or Invitation.objects.filter(pk=invitation.pk).exclude(
        state=InvitationState.USED
    ).update(state=InvitationState.USED)
    if not spent:
        raise door.CodeRefused
    nonce = vault.nonce_of(token) if token else secrets.token_bytes(vault.NONCE_BYTES)
    candidate = new_candidate(
        panel=held,
        source_list=source_list,
        invitation=invitation,
        is_minor=source_list.is_of_minors,
        channel=channel,
        entered_by=entered_by,
        checked_by=checked_by,
        registered_on=clock.today(),
    )
    CandidateContact.objects.create(candidate=candidate, ciphertext=vault.close_contact(registration.contact))
    CandidateProfile.objects.create(candidate=candidate, ciphertext=vault.close(values, vault.PROFILE))
    digest = digest_of(registration.contact, held)
    if digest:
        HouseholdKey.objects.create(candidate=candidate, digest=digest)
    now = clock.now()
    Consent.objects.bulk_create(
        Consent(candidate=candidate, purpose=one, text_version=consent_texts.asked_version(one), given_at=now)
        for one in dict.fromkeys(registration.consents)
    )
    if registration.needs:
        needs = sorted(set(registration.needs))
        Accommodation.objects.create(candidate=candidate, ciphertext=vault.close(needs, vault.NEEDS))
    if registration.guardian is not None and source_list.is_of_minors:
        GuardianConsent.objects.create(
            candidate=candidate,
            ciphertext=vault.close(asdict(registration.guardian), vault.GUARDIAN),
            text_version=consent_texts.guardian_version(),
            given_on=clock.today(),
            channel=channel,
            recorded_by=entered_by,
        )
    Receipt.objects.create(
        candidate=candidate,
        nonce=vault.close(nonce.hex(), vault.RECEIPT),
        commitment=vault.commitment_of(nonce),
    )
    record("registered", held, actor=entered_by, about=candidate.ticket, payload={"channel": str(channel)})
    return Registered(candidate, nonce.hex())


def new_candidate(**fields) -> Candidate:
    """A ticket nobody has; one in thirty-three million is drawn again."""
    for _turn in range(5):
        try:
            with transaction.atomic():
                return Candidate.objects.create(**fields)
        except IntegrityError as error:
            if "ticket" not in str(error):
                raise
    raise RuntimeError("No free ticket was found in five turns.")


def _checked_values(panel: Panel, registration: Registration) -> dict[str, str]:
    """The answers by criterion, or every fault at once."""
    faults = faults_of(registration.contact)
    if ConsentPurpose.TAKE_PART not in registration.consents:
        faults["consents"] = _("Taking part in the draw needs your agreement.")
    if set(registration.consents) - set(ConsentPurpose.values) or set(registration.needs) - set(Need.values):
        faults["needs"] = _("Choose in the list.")
    known = {
        one.key: {value.key for value in one.values.all()}
        for one in Criterion.objects.filter(panel=panel).prefetch_related("values")
    }
    for key, allowed in known.items():
        if registration.values.get(key) not in allowed:
            faults[f"criterion-{key}"] = _("Choose an answer.")
    if set(registration.values) - set(known):
        faults["criteria"] = _("This question isn’t asked.")
    if faults:
        raise ValidationError(faults)
    return {key: registration.values[key] for key in sorted(known)}


def _as_typed(origin: Origin, registration: Registration) -> dict:
    """What a typing says, flat; the second is compared with the first field by field."""
    return {
        **asdict(registration.contact),
        **{f"criterion-{key}": value for key, value in registration.values.items()},
        "consents": sorted(registration.consents),
        "needs": sorted(registration.needs),
        "guardian": json.dumps(asdict(registration.guardian), sort_keys=True) if registration.guardian else "",
        "code": hashlib.sha256(codes.normalise(origin.code).encode()).hexdigest() if origin.code else "",
        "source_list": origin.source_list.slug if origin.source_list and not origin.code else "",
    }


def _alike(typed: dict, name: str):
    value = typed.get(name, "")
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
