"""Personal codes on paper letters: issued in batches, kept as HMACs, used once, replaced by a secret of one's own."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from src.foundations import clock, journal, references

from ..models import PersonalCode, User

SYMBOLS = 13
DAYS_VALID = 60
_SALT = "directory.personal_code"


@dataclass(frozen=True)
class IssuedCode:
    """A code in clear, for the letter being made and nowhere else."""

    user: User
    code: str
    expires_on: datetime.date

    @property
    def spaced(self) -> str:
        """As printed: "7KQ4-M2XR-90TBZ"."""
        return f"{self.code[:4]}-{self.code[4:8]}-{self.code[8:]}"


def code_hash(user_id: int, code: str, secret: str | None = None) -> str:
    """What the database keeps of a code: useless without the installation's secret."""
    return salted_hmac(_SALT, f"{user_id}:{code}", secret=secret, algorithm="sha256").hexdigest()


def normalise(typed: str) -> str:
    """The 13 symbols somebody meant, whatever they typed between; empty when it can't be a code."""
    kept = "".join(symbol for symbol in typed[:64] if symbol.isalnum())
    code = references.normalise(kept) if kept else ""
    return code if len(code) == SYMBOLS else ""


@transaction.atomic
def issue_codes(users: Iterable[User], *, actor: User | None = None, days: int = DAYS_VALID) -> list[IssuedCode]:
    """Make one code for each person and end the one they had; the codes in clear are returned, once, for letters.

    One journal row a batch. Refuses nobody: the caller chose the people.
    """
    people = list(users)
    now, batch = clock.now(), uuid.uuid4()
    expires_at = now + datetime.timedelta(days=days)
    ids = [person.pk for person in people]
    for start in range(0, len(ids), 2000):
        PersonalCode.objects.filter(
            user_id__in=ids[start : start + 2000], used_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=now)
    issued = [IssuedCode(person, references.new_reference(SYMBOLS), expires_at.date()) for person in people]
    PersonalCode.objects.bulk_create(
        [
            PersonalCode(
                user=one.user,
                code_hash=code_hash(one.user.pk, one.code),
                batch=batch,
                created_at=now,
                expires_at=expires_at,
            )
            for one in issued
        ],
        batch_size=2000,
    )
    journal.record("directory.codes_issued", actor=actor, object_ref=f"batch:{batch}", payload={"count": len(issued)})
    return issued


@transaction.atomic
def reissue_code(person: User, *, witnesses: tuple[User, User], actor: User) -> IssuedCode:
    """Give one person a new code after two colleagues vouched for them; the former one ends.

    Refuses witnesses who are one person, the person or the actor, accounts that are closed, and oneself. The
    journal keeps who asked and who vouched.
    """
    vouching = {witness.pk for witness in witnesses}
    if len(vouching) != 2 or vouching & {person.pk, actor.pk} or not all(w.is_active for w in witnesses):
        raise ValidationError(_("Two different colleagues must vouch: neither you nor the person."))
    if actor.pk == person.pk:
        raise ValidationError(_("Ask another facilitator for your own code."))
    if not person.is_active:
        raise ValidationError(_("This account is closed."))
    (issued,) = issue_codes([person], actor=actor)
    journal.record(
        "directory.code_reissued",
        actor=actor,
        object_ref=f"account:{journal.pseudonym(person)}",
        payload={"witnesses": sorted(journal.pseudonym(witness) for witness in witnesses)},
    )
    return issued


def find_live_code(user: User | None, typed: str) -> PersonalCode | None:
    """The person's code if it is this one, unused and not expired. Same work for an unknown person."""
    code = normalise(typed)
    live = PersonalCode.objects.filter(
        user_id=user.pk if user else 0, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()
    ).first()
    if not code:
        return None
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    kept = live.code_hash if live else "0" * 64
    matches = [constant_time_compare(kept, code_hash(user.pk if user else 0, code, secret)) for secret in secrets]
    return live if live is not None and any(matches) else None


@transaction.atomic
def use_code(code: PersonalCode, *, password: str) -> User:
    """End the code and set the person's own secret instead.

    Refuses a code already used, ended or expired: two people trying at once leave one winner.
    """
    now = clock.now()
    touched = PersonalCode.objects.filter(
        pk=code.pk, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    ).update(used_at=now)
    if touched != 1:
        raise ValidationError(_("This code is no longer valid. Ask a facilitator for a new one."))
    user = code.user
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record("directory.code_used", actor=user, object_ref=f"account:{journal.pseudonym(user)}")
    return user


def finished_codes(now: datetime.datetime):
    """Codes used, ended or expired."""
    return PersonalCode.objects.filter(Q(used_at__isnull=False) | Q(revoked_at__isnull=False) | Q(expires_at__lte=now))


def purge_codes(now: datetime.datetime) -> int:
    """Delete finished codes: nothing is kept of them but the journal's row."""
    deleted, _models = finished_codes(now).delete()
    return deleted
