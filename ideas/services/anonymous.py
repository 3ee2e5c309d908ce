"""Sending an idea signed out, with a code of the place: what is stored, and the code that leads back to it."""

from dataclasses import dataclass

from django.db import transaction

from src.paper import codes
from src.participation.enums import IdentityMode
from src.participation.services.contributions import Writer
from src.participation.services.site_codes import Entry

from ..models import Idea
from .submitting import Receipt, submit_idea


@dataclass(frozen=True)
class Sent:
    """What its author reads at once, and the return code, shown on this page and nowhere else."""

    receipt: Receipt
    slip: codes.Slip


@transaction.atomic
def send_anonymous(*, entry: Entry, body: str, title: str) -> Sent:
    """Send what was written with a pass, and issue the return code of its author.

    The same pass sent again, after a cut, leaves the first text and answers the same code. Stored: the text, its week
    and a keyed hash of the pass; neither account, nor place, nor address, nor moment. Refuses what ``submit_idea``
    refuses; nothing is then written.
    """
    receipt = submit_idea(
        writer=Writer(),
        space=entry.space,
        body=body,
        title=title,
        identity_mode=IdentityMode.ANONYMOUS,
        submission_token=entry.token,
    )
    return Sent(receipt, codes.issue(Idea.subject_kind, receipt.idea.handle, seed=entry.seed))
