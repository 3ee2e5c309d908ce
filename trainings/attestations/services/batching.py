"""Printing the attestations of a site: one file, drawn part by part in a job that may die and be run again."""

import io

import pypdf
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from src.foundations import clock, documents, journal, runs
from src.foundations.models import JobRun
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion

from .. import drawing, files, rules
from ..enums import Channel
from ..models import AttestationBatch, AttestationPrint
from .printing import drafted, issued

JOB = "trainings_attestations.print"
# Sheets in one file: more than the largest site, and what stops a mistake.
MOST = 5000


def to_print(site, track=None) -> list[int]:
    """The last completion that counts of each person posted there today, by training; in the order of names."""
    found = Completion.objects.that_count().filter(
        agent__is_active=True, agent__current_affectation__unit__path__startswith=site.path
    )
    if track is not None:
        found = found.filter(track=track)
    rows = found.order_by("agent__last_name", "agent__first_name", "agent_id", "track_id", "completed_on", "pk")
    last = {(agent, of): key for agent, of, key in rows.values_list("agent_id", "track_id", "pk")}
    return list(last.values())


@transaction.atomic
def ask(*, site, actor, track=None) -> AttestationBatch:
    """Have a site's attestations printed. While the same is being made, that one is given back.

    Refuses another's site, nobody to print for, and over five thousand sheets. Journaled.
    """
    user = getattr(actor, "user", actor)
    if not rules.may_batch_at(actor, site):
        raise PermissionDenied(_("Attestations of a site are printed by its human resources."))
    keys = to_print(site, track)
    if not keys:
        raise ValidationError(_("Nobody there has finished this yet: there is nothing to print."))
    if len(keys) > MOST:
        raise ValidationError(_("That is over %(most)d sheets: choose a smaller site.") % {"most": MOST})
    last = AttestationBatch.objects.filter(site=site, track=track, made_by=user).first()
    if last is not None and last.completions == keys and is_working(last):
        return last
    made = AttestationBatch.objects.create(
        site=site, track=track, completions=keys, total=len(keys), made_by=user, created_at=clock.now()
    )
    journal.record(
        "trainings.attestation_batch_asked",
        actor=user,
        object_ref=f"attestation_batch:{made.reference}",
        payload={"sheets": made.total},
    )
    return _started(made, user)


@transaction.atomic
def again(*, batch: AttestationBatch, actor) -> AttestationBatch:
    """Take up a batch that stopped, or whose file went: what is drawn already isn't drawn again."""
    held = AttestationBatch.objects.select_for_update().get(pk=batch.pk)
    if is_working(held) or files.is_there(held, files.WHOLE):
        return held
    return _started(held, getattr(actor, "user", actor))


def _started(batch: AttestationBatch, user) -> AttestationBatch:
    run = runs.start(JOB, owner=user, total=batch.total, batch=batch.reference)
    batch.run_id = run.pk
    batch.save(update_fields=["run_id"])
    return batch


def run_of(batch: AttestationBatch) -> JobRun | None:
    return JobRun.objects.filter(pk=batch.run_id).first() if batch.run_id else None


def is_working(batch: AttestationBatch) -> bool:
    run = run_of(batch)
    return run is not None and not run.is_finished


def draw(*, batch: AttestationBatch, advance=lambda done: None) -> int:
    """Draw each part that isn't there yet, then the whole; answers how many sheets it has.

    What was revoked since it was asked is left out. ``advance(done)`` may stop the work by raising.
    """
    for part in files.parts_of(batch):
        advance(part * files.PART)
        if not files.is_there(batch, files.part_name(part)):
            files.keep(batch, files.part_name(part), _part(batch, part))
    advance(batch.total)
    if not files.is_there(batch, files.WHOLE):
        files.keep(batch, files.WHOLE, _whole(batch))
    for part in files.parts_of(batch):
        files.forget(batch, files.part_name(part))
    return batch.prints.count()


def _part(batch: AttestationBatch, part: int) -> bytes:
    """The sheets of a part, empty when none counts any more; their prints are written first, once."""
    rows = _written(batch, files.keys_of(batch, part))
    return drawing.drawn(rows)[0] if rows else b""


@transaction.atomic
def _written(batch: AttestationBatch, keys: list[int]) -> list[AttestationPrint]:
    counting = Completion.objects.that_count().filter(pk__in=keys).select_related("agent", "track", "version")
    found = {one.pk: one for one in counting}
    ordered = [found[key] for key in keys if key in found]
    attestations = issued(ordered)
    ends = ledger.ends_of(ordered)
    there = {
        one.attestation_id: one
        for one in batch.prints.filter(attestation__in=attestations.values()).select_related("attestation")
    }
    counted = AttestationPrint.objects.filter(attestation__in=attestations.values())
    numbers = dict(counted.values_list("attestation").annotate(Max("number")).order_by("attestation"))
    made = []
    for completion in ordered:
        attestation = attestations[completion.pk]
        if attestation.pk not in there:
            row = drafted(
                attestation,
                completion,
                ends[completion.pk],
                channel=Channel.BATCH,
                batch=batch,
                number=numbers.get(attestation.pk, 0) + 1,
            )
            made.append(row)
            there[attestation.pk] = row
    AttestationPrint.objects.bulk_create(made)
    return [there[attestations[one.pk].pk] for one in ordered]


def _whole(batch: AttestationBatch) -> bytes:
    """The parts as one file; one page of all sheets where no PDF can be made."""
    parts = [files.read(batch, files.part_name(part)) for part in files.parts_of(batch)]
    if documents.pdf_available():
        return drawing.page(batch.prints.select_related("attestation").order_by("pk")).encode()
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    for part in parts:
        if part:
            writer.append(io.BytesIO(part))
    writer.add_metadata({"/Title": f"Attestations – {batch.site.name}"})
    writer.write(content)
    return content.getvalue()


def batches_of(viewer):
    """The batches somebody reads, the last first, with how many sheets each has."""
    found = AttestationBatch.objects.visible_to(viewer).select_related("site", "track")
    return found.annotate(printed=Count("prints")).order_by("-created_at", "-pk")
