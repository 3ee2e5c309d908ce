"""What panels give back to somebody of what they hold of them: as a candidate with an account, and as who works there.

Of what somebody did for others, panels and numbers alone come out: nobody's ticket, nobody's answer.
"""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils import timezone

from src.foundations import sealing

from . import consent_texts, vault
from .enums import Need
from .models import (
    Call,
    Candidate,
    Consent,
    CriterionValue,
    Draw,
    EligibilityDecision,
    GuardianConsent,
    InvitationBatch,
    Membership,
    PaperEntry,
    Relaxation,
    Substitution,
    TeamMember,
)


def mine(user):
    """The registrations of somebody who has an account."""
    return Candidate.objects.filter(account=user).select_related("panel", "source_list").order_by("panel", "ticket")


def _counted(rows, panel: str) -> Iterator[tuple[str, int]]:
    """How many of these rows each panel has, by its title."""
    yield from rows.order_by(panel).values_list(panel).annotate(count=Count("pk"))


def candidates(user):
    for one in mine(user).select_related("seat"):
        yield {
            "panel": one.panel.title,
            "ticket": one.ticket,
            "state": one.get_state_display(),
            "comes_from": one.source_list.label if one.source_list else "",
            "registered_by": one.get_channel_display(),
            "since": one.registered_on,
            "seat": one.seat.number if hasattr(one, "seat") else None,
            "rank": one.reserve_rank,
        }
    entered = Candidate.objects.filter(Q(entered_by=user) | Q(checked_by=user))
    for title, count in _counted(entered, "panel__title"):
        yield {"panel": title, "registrations": count}


def memberships(user):
    for one in Membership.objects.filter(candidate__account=user).select_related("panel"):
        yield {
            "panel": one.panel.title,
            "member": one.number,
            "badge": one.shown_name,
            "way": one.get_way_display(),
            "named_by": one.designated_by,
            "by_post": one.by_post,
            "since": one.since,
            "term": one.term_ends_on,
            "left_on": one.left_on,
        }


def _opened(user, relation: str, purpose: str, column: str = "ciphertext"):
    """What one of the encrypted tables says of somebody, panel by panel; nothing where no key opens it."""
    for one in mine(user).filter(**{f"{relation}__isnull": False, f"{relation}__{column}__isnull": False}):
        try:
            yield one, vault.opened(getattr(getattr(one, relation), column), purpose)
        except (sealing.CannotDecrypt, sealing.KeyMissing):
            continue


def _written(said) -> str:
    """An address as on an envelope."""
    return ", ".join(filter(None, (said["address"], f"{said['postcode']} {said['town']}".strip())))


def contacts(user):
    for one, said in _opened(user, "contact", vault.CONTACT):
        yield {
            "panel": one.panel.title, "name": said["name"], "phone": said["phone"], "email": said["email"],
            "address": _written(said),
        }  # fmt: skip


def profiles(user):
    for one, said in _opened(user, "profile", vault.PROFILE):
        values = CriterionValue.objects.filter(criterion__panel=one.panel).select_related("criterion")
        told = [
            f"{value.criterion.label} : {value.label}"
            for value in values
            if said.get(value.criterion.key) == value.key
        ]
        yield {"panel": one.panel.title, "answers": told}


def needs(user):
    for one, said in _opened(user, "accommodation", vault.NEEDS):
        yield {"panel": one.panel.title, "needs": [str(Need(need).label) for need in said]}


def guardians(user):
    for one, said in _opened(user, "guardian", vault.GUARDIAN):
        yield {
            "panel": one.panel.title, "name": said["name"], "phone": said["phone"], "agreed_on": one.guardian.given_on,
        }  # fmt: skip
    for title, count in _counted(GuardianConsent.objects.filter(recorded_by=user), "candidate__panel__title"):
        yield {"panel": title, "agreements": count}


def receipts(user):
    for one, number in _opened(user, "receipt", vault.RECEIPT, "nonce"):
        yield {"panel": one.panel.title, "ticket": one.ticket, "receipt": number}


def consents(user):
    rows = Consent.objects.filter(candidate__account=user).select_related("candidate__panel")
    for one in rows.order_by("given_at", "pk"):
        yield {
            "panel": one.candidate.panel.title,
            "agreed_to": one.get_purpose_display(),
            "text": consent_texts.words(one.purpose, one.text_version),
            "at": one.given_at,
            "taken_back_at": one.withdrawn_at,
        }


def decisions(user):
    rows = EligibilityDecision.objects.filter(candidate__account=user).select_related("candidate__panel")
    for one in rows.order_by("decided_at", "pk"):
        yield {
            "panel": one.candidate.panel.title,
            "may_be_drawn": one.is_eligible,
            "reason": one.get_reason_display(),
            "decided_at": one.decided_at,
        }
    for title, count in _counted(EligibilityDecision.objects.filter(decided_by=user), "candidate__panel__title"):
        yield {"panel": title, "decisions": count}


def calls(user):
    rows = Call.objects.filter(candidate__account=user).select_related("candidate__panel")
    for one in rows.order_by("call_at", "pk"):
        yield {
            "panel": one.candidate.panel.title,
            "on": one.get_reason_display(),
            "state": one.get_state_display(),
            "outcome": one.get_outcome_display(),
            "done_at": one.done_at,
        }
    for title, count in _counted(Call.objects.filter(taken_by=user), "candidate__panel__title"):
        yield {"panel": title, "calls": count}


def batches(user):
    rows = InvitationBatch.objects.filter(made_by=user).select_related("panel")
    for one in rows.order_by("created_at", "pk"):
        yield {"panel": one.panel.title, "made_on": timezone.localdate(one.created_at), "letters": one.letters}


def papers(user):
    for one in PaperEntry.objects.filter(typed_by=user).select_related("panel"):
        yield {"panel": one.panel.title, "reference": one.reference, "typed_on": timezone.localdate(one.typed_at)}


def team(user):
    for one in TeamMember.objects.filter(person=user).select_related("panel").order_by("panel", "pk"):
        yield {
            "panel": one.panel.title, "role": one.get_role_display(), "signed_as": one.shown_name,
            "described_as": one.capacity, "since": one.since, "until": one.until,
        }  # fmt: skip


def relaxations(user):
    rows = Relaxation.objects.filter(Q(asked_by=user) | Q(signed_by=user)).select_related(
        "quota__value__criterion__panel"
    )
    for one in rows.order_by("asked_at", "pk"):
        yield {
            "panel": one.quota.value.criterion.panel.title,
            "reason": one.reason if one.asked_by_id == user.pk else "",
            "asked_on": timezone.localdate(one.asked_at),
            "signed_at": one.signed_at if one.signed_by_id == user.pk else None,
        }


def substitutions(user):
    rows = Substitution.objects.filter(Q(made_by=user) | Q(signed_by=user)).select_related("seat__panel")
    for one in rows.order_by("made_at", "pk"):
        yield {
            "panel": one.seat.panel.title,
            "reason": one.reason if one.made_by_id == user.pk else "",
            "at": one.made_at if one.made_by_id == user.pk else None,
            "signed_at": one.signed_at if one.signed_by_id == user.pk else None,
        }
    moved = Substitution.objects.filter(Q(outgoing__account=user) | Q(incoming__account=user))
    for one in moved.select_related("seat__panel", "outgoing").order_by("made_at", "pk"):
        left = one.outgoing.account_id == user.pk
        yield {
            "panel": one.seat.panel.title,
            "seat": one.seat.number,
            "ground": one.get_why_display() if left else "",
            "left_on": timezone.localdate(one.made_at) if left else None,
            "came_on": None if left else timezone.localdate(one.made_at),
        }


def draws(user):
    rows = Draw.objects.filter(Q(made_by=user) | Q(certified_by=user)).select_related("panel")
    for one in rows.order_by("made_at", "pk"):
        yield {
            "panel": one.panel.title,
            "made_on": timezone.localdate(one.made_at) if one.made_by_id == user.pk else None,
            "signed_at": one.certified_at if one.certified_by_id == user.pk else None,
        }
