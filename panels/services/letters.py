"""Letters of a batch: made in bulk by a job that may die and be run again, printed, posted, then forgotten."""

import datetime
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import clock, documents, runs
from src.paper import codes

from .. import letter_files, rules, vault
from ..address_file import AddressFile, read_addresses
from ..csv_lines import Problem
from ..enums import InvitationState, PanelState
from ..models import Invitation, InvitationAddress, InvitationBatch, Panel, SourceList
from .preparing import WrongState, hold
from .recording import record

JOB = "panels.letters"
SLICE = 500


@dataclass
class Report:
    """What came, or would come, of a file of addresses."""

    counts: dict
    problems: list[Problem] = field(default_factory=list)
    batch: InvitationBatch | None = None


@dataclass(frozen=True)
class Letter:
    """One letter as it is printed: its code is here and on the paper, nowhere else."""

    number: int
    code: str
    envelope: tuple[str, ...]

    @property
    def spaced(self) -> str:
        return codes.Slip(self.code).spaced

    @property
    def address(self) -> str:
        """Where the QR leads: the code stands after "#", which browsers never send, so that no log holds it."""
        return f"{settings.SITE_URL}{reverse('panels:register')}#{self.code}"

    @property
    def qr(self) -> str:
        return documents.qr_data_uri(self.address)


def open_batch(*, actor, panel: Panel, source_list: SourceList, data: bytes, dry_run: bool = False) -> Report:
    """Take the people drawn from one list, whole or not at all, and have their letters made by a job.

    The file stays encrypted until the letters are made; each address, until they are posted. Unreadable when it isn't
    a table.
    """
    with transaction.atomic():
        held = hold(panel, PanelState.DRAFT, PanelState.RECRUITING)
        rules.refuse_unless(rules.may_organise(actor, held))
        if source_list.panel_id != held.pk:
            raise ValidationError(_("This list is of another panel."))
        found = read_addresses(data)
        counts = {
            "read": found.read, "created": len(found.envelopes) if not found.problems else 0, "updated": 0,
            "unchanged": 0, "errors": len(found.problems),
        }  # fmt: skip
        if found.problems or dry_run:
            return Report(counts, found.problems)
        batch = _open(held, source_list, found, actor)
        return Report(counts, batch=batch)


def _open(panel: Panel, source_list: SourceList, found: AddressFile, actor) -> InvitationBatch:
    today = clock.today()
    user = getattr(actor, "user", actor)
    batch = InvitationBatch.objects.create(
        panel=panel,
        source_list=source_list,
        addresses=vault.close(found.envelopes, vault.LETTERS),
        secret=vault.close(secrets.token_hex(32), vault.LETTERS),
        letters=len(found.envelopes),
        expires_on=min(panel.registration_ends_on, today + datetime.timedelta(days=settings.TERRAIN_PANEL_CODE_DAYS)),
        made_by=user,
        created_at=clock.now(),
    )
    run = runs.start(JOB, owner=user, total=batch.letters, batch=batch.reference)
    InvitationBatch.objects.filter(pk=batch.pk).update(run_id=run.pk)
    batch.run_id = run.pk
    record("letters_begun", panel, actor=actor, about=f"batch:{batch.reference}", payload={"count": batch.letters})
    return batch


def make_letters(*, batch: InvitationBatch, advance=lambda done: None) -> int:
    """Make the letters that aren't made yet, by slices that are kept or not; answers how many are.

    Run again after a worker died, it goes on from the last slice kept. The same batch always makes the same codes.
    ``advance(done)`` is called between slices and may stop the work by raising.
    """
    batch = InvitationBatch.objects.get(pk=batch.pk)
    advance(batch.made)
    while not batch.is_made and batch.addresses is not None:
        secret = vault.opened(batch.secret, vault.LETTERS)
        envelopes = vault.opened(batch.addresses, vault.LETTERS)
        while batch.made < batch.letters:
            _make_slice(batch, secret, envelopes)
            advance(batch.made)
    return batch.made


@transaction.atomic
def _make_slice(batch: InvitationBatch, secret: str, envelopes: list[list[str]]) -> None:
    start, stop = batch.made, min(batch.made + SLICE, batch.letters)
    # Of two workers on one batch, one writes the slice.
    last = stop == batch.letters
    forgotten = {"addresses": None} if last else {}
    if not InvitationBatch.objects.filter(pk=batch.pk, made=start).update(made=stop, **forgotten):
        batch.refresh_from_db(fields=["made", "addresses"])
        return
    made = Invitation.objects.bulk_create(
        Invitation(batch=batch, number=number + 1, code_hash=codes.hash_of(code_of(secret, number + 1)))
        for number in range(start, stop)
    )
    InvitationAddress.objects.bulk_create(
        InvitationAddress(invitation=one, ciphertext=vault.close(envelopes[one.number - 1], vault.LETTERS))
        for one in made
    )
    batch.made = stop
    if last:
        batch.addresses = None


def code_of(secret: str, number: int) -> str:
    """The code of a letter, from the secret of its batch and a key outside the database."""
    return codes.code_from(f"invitation:{secret}:{number}")


def letters_of(*, actor, batch: InvitationBatch, start: int = 1, stop: int | None = None) -> Iterator[Letter]:
    """The letters of a batch to print, in their order. Refuses a batch not made yet, or already posted."""
    batch = InvitationBatch.objects.select_related("panel").get(pk=batch.pk)
    rules.refuse_unless(rules.may_organise(actor, batch.panel))
    if batch.secret is None:
        raise WrongState(_("These letters were posted: their codes can’t be read again."), code="posted")
    if not batch.is_made:
        raise WrongState(_("These letters are still being made."), code="making")
    return printed(batch, start, stop or batch.letters)


def printed(batch: InvitationBatch, start: int, stop: int) -> Iterator[Letter]:
    """Letters of a batch whose secret is still there, for the job that an organiser asked for."""
    secret = vault.opened(batch.secret, vault.LETTERS)
    rows = batch.invitations.filter(number__gte=start, number__lte=stop).order_by("number")
    rows = rows.values_list("number", "address__ciphertext")
    return (
        Letter(number, code_of(secret, number), tuple(vault.opened(ciphertext, vault.LETTERS)))
        for number, ciphertext in rows.iterator(chunk_size=SLICE)
    )


@transaction.atomic
def note_taken(*, actor, batch: InvitationBatch, part: int) -> None:
    """Write in the journal who took a file of letters away: its codes are in clear. Refuses who doesn't organise."""
    rules.refuse_unless(rules.may_organise(actor, batch.panel))
    record("letters_taken", batch.panel, actor=actor, about=f"batch:{batch.reference}", payload={"part": part})


@transaction.atomic
def mark_printed(*, actor, batch: InvitationBatch) -> InvitationBatch:
    """Say that a batch is printed; once."""
    held = hold_batch(actor, batch)
    touched = InvitationBatch.objects.filter(
        pk=held.pk, made=F("letters"), printed_at__isnull=True, secret__isnull=False
    ).update(printed_at=clock.now())
    if not touched:
        raise WrongState(_("Only letters that are made, and not printed yet, are marked as printed."), code="state")
    held.invitations.filter(state=InvitationState.MADE).update(state=InvitationState.PRINTED)
    record("letters_printed", held.panel, actor=actor, about=f"batch:{held.reference}")
    held.refresh_from_db()
    return held


@transaction.atomic
def mark_mailed(*, actor, batch: InvitationBatch) -> InvitationBatch:
    """Say that a batch is posted: every address goes, and nobody can make its codes again."""
    held = hold_batch(actor, batch)
    forget_addresses(held)
    touched = InvitationBatch.objects.filter(pk=held.pk, printed_at__isnull=False, mailed_at__isnull=True).update(
        mailed_at=clock.now()
    )
    if not touched:
        raise WrongState(_("Only letters that are printed, and not posted yet, are marked as posted."), code="state")
    held.invitations.filter(state=InvitationState.PRINTED).update(state=InvitationState.SENT)
    record("letters_mailed", held.panel, actor=actor, about=f"batch:{held.reference}")
    held.refresh_from_db()
    return held


@transaction.atomic
def mark_returned(*, actor, batch: InvitationBatch, numbers: list[int]) -> int:
    """Say which letters the post brought back; answers how many of them were counted."""
    held = hold_batch(actor, batch)
    touched = held.invitations.filter(number__in=numbers, state=InvitationState.SENT).update(
        state=InvitationState.RETURNED
    )
    record("letters_returned", held.panel, actor=actor, about=f"batch:{held.reference}", payload={"count": touched})
    return touched


def forget_addresses(batch: InvitationBatch) -> int:
    """Take away every address of a batch, its file, its secret and what was drawn; answers how many addresses went."""
    transaction.on_commit(lambda: letter_files.forget(batch.reference), robust=True)
    gone = InvitationAddress.objects.filter(invitation__batch=batch).delete()[0]
    InvitationBatch.objects.filter(pk=batch.pk).update(addresses=None, secret=None)
    return gone


def hold_batch(actor, batch: InvitationBatch) -> InvitationBatch:
    """A batch of a panel the actor organises, held until the end of the transaction."""
    held = InvitationBatch.objects.select_for_update(of=("self",)).select_related("panel").get(pk=batch.pk)
    rules.refuse_unless(rules.may_organise(actor, held.panel))
    return held
