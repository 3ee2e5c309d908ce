"""Secret codes: 13 Crockford symbols (65 bits), shown once, kept as hashes keyed by a file outside the database."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, documents, references, sealing

from .models import FollowCode, PrintRun

SYMBOLS = 13
PURPOSE = sealing.register_purpose("paper-code")


@dataclass(frozen=True)
class Slip:
    """A code in clear, for the paper or the screen being made and nowhere else."""

    code: str
    sheet_number: str = ""

    @property
    def spaced(self) -> str:
        """As printed and read over the telephone: "7KQ4-M2XR-90TBZ"."""
        return f"{self.code[:4]}-{self.code[4:8]}-{self.code[8:]}"

    @property
    def address(self) -> str:
        """Where the QR leads: the code stands after "#", which browsers never send, so that no log holds it."""
        return f"{settings.SITE_URL}/suivre/#{self.code}"

    @property
    def qr(self) -> str:
        return documents.qr_data_uri(self.address)


def normalise(typed: str) -> str:
    """The 13 symbols somebody meant; empty when it can't be a code."""
    kept = "".join(symbol for symbol in (typed or "")[:64] if symbol.isalnum())
    code = references.normalise(kept) if kept else ""
    return code if references.is_reference(code, SYMBOLS) else ""


def hash_of(code: str) -> str:
    """What the database keeps of a code: nothing leads back from it without the key."""
    return sealing.keyed_hash(f"code:{code}", PURPOSE)


@transaction.atomic
def issue_for_sheets(run: PrintRun, count: int) -> list[Slip]:
    """Make the codes of sheets about to be printed; the codes in clear are returned once."""
    expires_on = clock.today() + datetime.timedelta(days=settings.TERRAIN_SHEET_DAYS)
    slips = [Slip(references.new_reference(SYMBOLS), references.new_reference()) for _number in range(count)]
    FollowCode.objects.bulk_create(
        [
            FollowCode(code_hash=hash_of(slip.code), sheet_number=slip.sheet_number, run=run, expires_on=expires_on)
            for slip in slips
        ]
    )
    return slips


def issue(kind: str, handle: UUID, *, seed: str = "") -> Slip:
    """Make a code for a contribution that was just sent (a kiosk, a sheet without a number); shown once.

    ``seed`` is a secret of the page that sent it, kept nowhere: the same seed gives the same code, so that a sending
    repeated after a cut shows the code again. Refuses with ValidationError a contribution that has another code.
    """
    slip = Slip(code_from(seed) if seed else references.new_reference(SYMBOLS))
    kept, _made = FollowCode.objects.get_or_create(
        handle=handle,
        defaults={"code_hash": hash_of(slip.code), "subject_kind": kind, "expires_on": _end_of_following()},
    )
    if kept.code_hash != hash_of(slip.code):
        raise ValidationError(_("This contribution has its code already."))
    return slip


def code_from(seed: str) -> str:
    """The code of a secret: the same each time, and nobody without the key can find it."""
    number = int(sealing.keyed_hash(f"issue:{seed}", PURPOSE), 16)
    return "".join(references.ALPHABET[number >> 5 * place & 31] for place in range(SYMBOLS))


def attach(code: FollowCode, kind: str, handle: UUID) -> None:
    """Tie a sheet's code to what was sent from it and forget the sheet. Refuses a code already tied."""
    touched = FollowCode.objects.filter(pk=code.pk, handle__isnull=True).update(
        subject_kind=kind, handle=handle, sheet_number=None, run=None, expires_on=_end_of_following()
    )
    if touched != 1:
        raise ValidationError(_("This sheet was already sent."))


def spend(code: FollowCode) -> None:
    """Forget the number of a sheet without a slip, once it is sent: typed again, it leads nowhere."""
    FollowCode.objects.filter(pk=code.pk, handle__isnull=True).delete()


def find(typed: str) -> FollowCode | None:
    """The live code somebody typed. The same work, and the same None, for unknown, ended and expired codes."""
    code = normalise(typed)
    found = FollowCode.objects.filter(code_hash=hash_of(code or "0")).first()
    return found if code and found is not None and found.expires_on >= clock.today() else None


def find_sheet(typed: str) -> FollowCode | None:
    """The code of a sheet not sent yet, by the number printed on it."""
    number = references.normalise((typed or "")[:20])
    if not references.is_reference(number):
        return None
    found = FollowCode.objects.filter(sheet_number=number, handle__isnull=True).select_related("run__unit").first()
    return found if found is not None and found.expires_on >= clock.today() else None


def expired(now: datetime.datetime):
    """Codes that open nothing any more and that no sheet being typed holds."""
    return FollowCode.objects.filter(expires_on__lt=clock.today(), typedsheet__isnull=True)


def _end_of_following() -> datetime.date:
    return clock.today() + datetime.timedelta(days=settings.TERRAIN_FOLLOW_DAYS)
