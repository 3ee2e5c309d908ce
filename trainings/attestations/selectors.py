"""Reads of attestations shaped for a page."""

from dataclasses import dataclass, field
from datetime import date, datetime

from src.directory.models import User
from src.foundations import clock
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion

from .models import Attestation, AttestationPrint


@dataclass(frozen=True)
class Held:
    """One training somebody finished, and where its attestation stands today."""

    completion: Completion
    until: date | None
    code: str = ""
    revocation: object = None

    @property
    def is_revoked(self) -> bool:
        return self.revocation is not None

    @property
    def is_expired(self) -> bool:
        return self.until is not None and self.until < clock.today()

    @property
    def may_print(self) -> bool:
        return not self.is_revoked


def held_by(agent_id: int) -> list[Held]:
    """What somebody finished, the last first; what no longer counts with its reason."""
    found = list(
        Completion.objects.filter(agent_id=agent_id)
        .select_related("track", "attestation", "revocation")
        .order_by("-completed_on", "-pk")
    )
    ends = ledger.ends_of(found)
    return [
        Held(
            one,
            ends[one.pk],
            one.attestation.spaced_code if hasattr(one, "attestation") else "",
            one.revocation if hasattr(one, "revocation") else None,
        )
        for one in found
    ]


def own_completion(agent_id: int, key: int) -> Completion | None:
    """A completion of this person, and of nobody else."""
    return (
        Completion.objects.filter(agent_id=agent_id, pk=key).select_related("track", "version", "agent").first()
        if key < 2**63
        else None
    )


@dataclass(frozen=True)
class Edition:
    """What was printed word for word, and on which prints."""

    said: AttestationPrint
    prints: list[AttestationPrint] = field(default_factory=list)


@dataclass(frozen=True)
class Proof:
    """What the public page says of a code: each field that was printed, and whether it still holds."""

    attestation: Attestation
    editions: list[Edition]
    until: date | None
    revoked_at: datetime | None

    @property
    def code(self) -> str:
        return self.attestation.spaced_code

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_expired(self) -> bool:
        return self.until is not None and self.until < clock.today()

    @property
    def last(self) -> AttestationPrint:
        return self.editions[0].said

    @property
    def end_moved(self) -> bool:
        """Whether the end known today isn't the one last printed."""
        return self.until != self.last.valid_until


def proof_of(code: str) -> Proof | None:
    """The proof of a normalised code; None when nothing was ever printed under it."""
    found = Attestation.objects.filter(code=code).select_related("completion__revocation").first()
    prints = list(found.prints.order_by("-number")[:200]) if found else []
    if not prints:
        return None
    editions: dict[tuple, Edition] = {}
    for one in prints:
        editions.setdefault(one.said, Edition(one)).prints.append(one)
    completion = found.completion
    return Proof(
        found,
        list(editions.values()),
        ledger.ends_of([completion])[completion.pk],
        completion.revocation.recorded_at if hasattr(completion, "revocation") else None,
    )


def print_with_hash(attestation: Attestation, digest: str) -> AttestationPrint | None:
    """The print of this attestation whose file this is."""
    return attestation.prints.filter(pdf_sha256=digest).first()


def holder_of(code: str) -> User | None:
    """Whose attestation a normalised code is; nobody once erased."""
    found = Attestation.objects.filter(code=code).select_related("completion__agent").first()
    return found.completion.agent if found else None
