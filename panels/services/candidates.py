"""What becomes of somebody who registered: eligible or not, agreements given and taken back, withdrawal, reading."""

from dataclasses import asdict, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation.enums import Channel

from .. import consent_texts, reaching, rules, vault
from ..enums import (
    CANDIDATE_MOVES,
    HOLDING,
    OVER,
    CallState,
    CandidateState,
    ConsentPurpose,
    Departure,
    Ineligibility,
    Need,
    PanelState,
)
from ..models import Accommodation, Candidate, CandidateContact, Consent, EligibilityDecision, GuardianConsent
from ..vault import Contact, Guardian
from .preparing import WrongState, hold
from .recording import record

DECIDING = (PanelState.RECRUITING,)
LONGEST_REASON = 300


def move_candidate(candidate: Candidate, state: str, **columns) -> Candidate:
    """Move somebody from where they stand in memory; refuses when they moved since, and a move that isn't one."""
    before = candidate.state
    if state not in CANDIDATE_MOVES[CandidateState(before)]:
        raise WrongState(
            _("%(ticket)s is at “%(state)s”: this can’t be done now.")
            % {"ticket": candidate.ticket, "state": candidate.get_state_display()},
            code="state",
        )
    if not Candidate.objects.filter(pk=candidate.pk, state=before).update(state=state, **columns):
        raise WrongState(_("Somebody has just moved %(ticket)s.") % {"ticket": candidate.ticket}, code="state")
    candidate.state = state
    for name, value in columns.items():
        setattr(candidate, name, value)
    return candidate


@transaction.atomic
def decide_eligibility(*, actor, candidate: Candidate, is_eligible: bool, reason: str = "") -> Candidate:
    """Say whether somebody may be drawn; when not, why, out of a closed list. Organisers and facilitators.

    Refuses a minor without the agreement of a guardian as eligible, and any decision once registration is closed.
    """
    panel = hold(candidate.panel, *DECIDING)
    rules.refuse_unless(rules.may_enter(actor, panel))
    held = Candidate.objects.get(pk=candidate.pk)
    if is_eligible and held.is_minor and not GuardianConsent.objects.filter(candidate=held).exists():
        raise ValidationError(_("A parent or guardian agrees first."), code="guardian")
    if is_eligible == bool(reason) or reason and reason not in Ineligibility.values:
        raise ValidationError({"reason": _("Choose why.")})
    move_candidate(held, CandidateState.ELIGIBLE if is_eligible else CandidateState.INELIGIBLE)
    EligibilityDecision.objects.create(
        candidate=held,
        is_eligible=is_eligible,
        reason=reason,
        decided_by=getattr(actor, "user", actor),
        decided_at=clock.now(),
    )
    record("eligibility", panel, actor=actor, about=held.ticket, payload={"eligible": is_eligible})
    return held


@transaction.atomic
def withdraw(*, candidate: Candidate, actor=None, why: str = Departure.WITHDREW) -> Candidate:
    """Take somebody out, because they say so: at any moment, after the seal and the draw too.

    ``actor`` is who writes it down for them, None when they do it themselves with their receipt. A seat they had is
    free: the next of the sealed reserve takes it (``seats.substitute``).
    """
    panel = hold(candidate.panel)
    if actor is not None:
        rules.refuse_unless(rules.may_enter(actor, panel))
    held = Candidate.objects.get(pk=candidate.pk)
    was = held.state
    move_candidate(held, CandidateState.WITHDRAWN)
    held.calls.exclude(state=CallState.DONE).delete()
    Consent.objects.filter(candidate=held, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    if was in HOLDING:
        from .seats import free_seat  # here because seats move candidates through this module

        free_seat(held, why)
    record("withdrawn", panel, actor=actor, about=held.ticket, payload={"from": str(was)})
    return held


@transaction.atomic
def exclude(*, actor, candidate: Candidate) -> Candidate:
    """Take out somebody who can't sit (elected since, registered twice); an organiser, in the journal."""
    panel = hold(candidate.panel)
    rules.refuse_unless(rules.may_organise(actor, panel))
    held = Candidate.objects.get(pk=candidate.pk)
    was = held.state
    move_candidate(held, CandidateState.EXCLUDED)
    held.calls.exclude(state=CallState.DONE).delete()
    if was in HOLDING:
        from .seats import free_seat  # here because seats move candidates through this module

        free_seat(held, Departure.EXCLUDED)
    record("excluded", panel, actor=actor, about=held.ticket, payload={"from": str(was)}, at_once=True)
    return held


@transaction.atomic
def give_consent(*, candidate: Candidate, purpose: str) -> Consent:
    """Keep that somebody agrees to a purpose, in the words asked today; twice is once."""
    if purpose not in ConsentPurpose.values:
        raise ValidationError({"purpose": _("Choose in the list.")})
    made, _new = Consent.objects.get_or_create(
        candidate=candidate,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"text_version": consent_texts.asked_version(purpose), "given_at": clock.now()},
    )
    return made


@transaction.atomic
def take_back_consent(*, candidate: Candidate, purpose: str) -> None:
    """Keep that somebody no longer agrees. Without agreement to take part, they withdraw."""
    if purpose == ConsentPurpose.TAKE_PART:
        withdraw(candidate=candidate)
        return
    Consent.objects.filter(candidate=candidate, purpose=purpose, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now()
    )


@transaction.atomic
def record_guardian(*, actor, candidate: Candidate, guardian: Guardian, channel: str) -> GuardianConsent:
    """Keep the agreement of a parent or guardian, with how it came. Refuses for somebody who isn't a minor."""
    rules.refuse_unless(rules.may_enter(actor, candidate.panel))
    if not candidate.is_minor:
        raise ValidationError(_("This person is of age: nobody agrees for them."))
    if not guardian.name.strip():
        raise ValidationError({"name": _("Write who agrees.")})
    if channel not in (Channel.WEB, Channel.PAPER, Channel.PHONE):
        raise ValidationError({"channel": _("Choose in the list.")})
    made, _new = GuardianConsent.objects.update_or_create(
        candidate=candidate,
        defaults={
            "ciphertext": vault.close(asdict(guardian), vault.GUARDIAN),
            "text_version": consent_texts.guardian_version(),
            "given_on": clock.today(),
            "channel": channel,
            "recorded_by": getattr(actor, "user", actor),
        },
    )
    record("guardian_agreed", candidate.panel, actor=actor, about=candidate.ticket)
    return made


@transaction.atomic
def say_needs(*, candidate: Candidate, needs: tuple[str, ...], actor=None) -> None:
    """Keep what somebody needs to come, in place of what they said before; nothing kept when they need nothing."""
    if actor is not None:
        rules.refuse_unless(rules.may_enter(actor, candidate.panel))
    if set(needs) - set(Need.values):
        raise ValidationError({"needs": _("Choose in the list.")})
    if not needs:
        Accommodation.objects.filter(candidate=candidate).delete()
        return
    Accommodation.objects.update_or_create(
        candidate=candidate, defaults={"ciphertext": vault.close(sorted(set(needs)), vault.NEEDS)}
    )


def read_needs(*, actor, candidate: Candidate) -> list[str]:
    """What somebody needs, for those who make it possible."""
    rules.refuse_unless(rules.may_enter(actor, candidate.panel))
    found = Accommodation.objects.filter(candidate=candidate).first()
    return vault.opened(found.ciphertext, vault.NEEDS) if found else []


@transaction.atomic
def read_profile(*, actor, candidate: Candidate, reason: str) -> dict[str, str]:
    """One profile, for a keeper or a guarantor who says why. The journal has its line before anything is read.

    Refuses everybody else, the direction that asks, facilitators and members included, and a reading without a reason.
    """
    rules.refuse_unless(rules.may_read_profile(actor, candidate.panel))
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say why you read this profile: the journal keeps it.")})
    record("profile_read", candidate.panel, actor=actor, about=candidate.ticket, payload={"reason": why}, at_once=True)
    profile = getattr(Candidate.objects.select_related("profile").get(pk=candidate.pk), "profile", None)
    if profile is None:
        raise WrongState(_("There is no profile any more: it was erased."), code="erased")
    return vault.opened(profile.ciphertext, vault.PROFILE)


@transaction.atomic
def read_contact(*, actor, candidate: Candidate) -> Contact:
    """How to reach somebody, for an organiser, or for whoever has their call in hand; one line of the journal."""
    rules.refuse_unless(rules.may_read_contact(actor, candidate))
    contact = getattr(Candidate.objects.select_related("contact").get(pk=candidate.pk), "contact", None)
    if contact is None:
        raise WrongState(_("There is no contact any more: it was erased."), code="erased")
    record("contact_read", candidate.panel, actor=actor, about=candidate.ticket)
    return vault.open_contact(contact.ciphertext)


@transaction.atomic
def change_contact(*, candidate: Candidate, contact: Contact, actor=None) -> None:
    """Write how to reach somebody again. The key of their home stays that of the day they registered.

    ``actor`` is an organiser, or whoever has their call in hand; None when they do it themselves. Refuses a contact by
    which nobody is reached, and one of somebody who takes part no more.
    """
    if actor is not None:
        rules.refuse_unless(rules.may_read_contact(actor, candidate))
    if candidate.state in OVER:
        raise WrongState(_("This person takes part no more: nothing is kept of them."), code="state")
    faults = reaching.faults_of(contact)
    if faults:
        raise ValidationError(faults)
    found = CandidateContact.objects.filter(candidate=candidate)
    if not found.update(ciphertext=vault.close_contact(contact)):
        raise WrongState(_("There is no contact any more: it was erased."), code="erased")
    record("contact_changed", candidate.panel, actor=actor, about=candidate.ticket)


@transaction.atomic
def correct_contact(*, candidate: Candidate, **said: str) -> None:
    """Somebody writes again, with their receipt, what changed of how they are reached; what is blank stays."""
    found = CandidateContact.objects.filter(candidate=candidate).first()
    if found is None:
        raise WrongState(_("There is no contact any more: it was erased."), code="erased")
    changes = {name: value for name, value in said.items() if value.strip()}
    if not changes:
        raise ValidationError(_("Write what changed."))
    change_contact(candidate=candidate, contact=replace(vault.open_contact(found.ciphertext), **changes))


def read_receipt(candidate: Candidate) -> str:
    """The number of a receipt, for the volunteer alone: whoever calls it has proved who they are."""
    receipt = candidate.receipt
    if receipt.nonce is None:
        raise WrongState(_("This receipt was erased."), code="erased")
    return vault.opened(receipt.nonce, vault.RECEIPT)
