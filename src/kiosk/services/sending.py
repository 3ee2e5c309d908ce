"""Sending a form filled at a kiosk, and giving its author the code that leads back to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from src.foundations import sealing
from src.paper import codes, registry

from ..devices import PURPOSE

CHANNEL = "kiosk"


@dataclass(frozen=True)
class Sent:
    """What its author reads at once, and the code, shown on this page and nowhere else."""

    said: str
    slip: codes.Slip


@transaction.atomic
def send(*, paper: registry.PaperForm, form, about: str, token: UUID, author=None) -> Sent:
    """Hand a valid form to its room as a sheet is, and issue its secret code.

    ``token`` is the page's own: sending it again after a cut leaves one contribution and answers the same code.
    The database keeps a hash of it, so that a row leads to no code. Refuses what the room's service refuses, with
    ValidationError; nothing is then written.
    """
    kept = UUID(hex=sealing.keyed_hash(f"sent:{token}", PURPOSE))
    handed = paper.submit(registry.Submission(form=form, about=about, channel=CHANNEL, author=author, token=kept))
    return Sent(said=handed.said, slip=codes.issue(handed.kind, handed.handle, seed=str(token)))
