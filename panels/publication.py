"""The files of a sealed draw as everybody downloads them: exact bytes, under the names the script knows."""

import io
import zipfile

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import selectors
from .enums import DrawState
from .models import Draw, Substitution
from .services.drawing import files_of

TYPES = {
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".py": "text/x-python; charset=utf-8",
    ".zip": "application/zip",
}
# Of one that isn't the next of the reserve: who asked, who signed.
SIGNED = ("organiser", "guarantor")


def names_of(draw: Draw) -> list[str]:
    """The files that this draw has now, in the order in which they were written."""
    from . import proof  # beside the engine, which loads with it

    names = [proof.LEAVES, proof.QUOTAS, proof.TABLE, proof.MANIFEST, proof.SEAL]
    if draw.certification:
        names += [proof.CERTIFICATION, proof.SUBSTITUTIONS]
    if draw.void_record:
        names.append(proof.VOID)
    return [*names, proof.SCRIPT]


def files(draw: Draw, wanted=None) -> dict[str, bytes]:
    """The files of a sealed draw by name; only those ``wanted`` when it is given."""
    from . import proof  # beside the engine, which loads with it

    kept: dict[str, bytes] = {}

    def made(key):
        kept.update(kept or files_of(draw))
        return kept[key]

    makers = {
        proof.LEAVES: lambda: made("leaves"),
        proof.QUOTAS: lambda: made("quotas"),
        proof.TABLE: lambda: made("table"),
        proof.MANIFEST: lambda: draw.manifest.encode(),
        proof.SEAL: lambda: proof.seal_file(draw.seal),
        proof.CERTIFICATION: lambda: draw.certification.encode(),
        proof.SUBSTITUTIONS: lambda: substitutions(draw, made("leaves"), made("table")),
        proof.VOID: lambda: draw.void_record.encode(),
        proof.SCRIPT: proof.script,
    }
    return {name: makers[name]() for name in names_of(draw) if wanted is None or name in wanted}


def substitutions(draw: Draw, leaves: bytes, table: bytes) -> bytes:
    """The record of the substitutions of a certified draw, in the order in which seats changed hands."""
    from . import proof  # beside the engine, which loads with it

    return proof.substitutions_file(
        draw.manifest.encode(),
        leaves,
        table,
        draw.certification.encode(),
        [_told(one, draw) for one in selectors.substitutions_of(draw.panel, draw)],
    )


def _told(one: Substitution, draw: Draw):
    """A substitution as the record of a draw has it; in that of the first one, what a later draw gave isn't listed."""
    from . import proof  # beside the engine, which loads with it

    own = one.is_listed and one.draw_id == draw.pk
    return proof.Substitution(
        on=timezone.localdate(one.effective_at),
        outgoing=one.outgoing.ticket,
        incoming=one.incoming.ticket,
        why=str(one.why),
        passed=tuple((ticket, why) for ticket, why in one.passed) if own else (),
        listed=own,
        reason="" if own else one.reason or reserve_words(one),
        signed=() if own else SIGNED,
    )


def reserve_words(one: Substitution) -> str:
    """Of which draw the reserve was that gave somebody; the same bytes whoever asks for the record."""
    with translation.override("fr"):
        return _("Reserve of draw %(number)d, rank %(rank)d.") % {"number": one.draw.number, "rank": one.rank}


def last_digest(draw: Draw) -> tuple[int, str]:
    """How many substitutions there are, and the hash of the last record: what the bailiff's minutes keep."""
    from . import proof  # beside the engine, which loads with it

    if draw.state != DrawState.CERTIFIED:
        return 0, ""
    entries = proof.read_substitutions(files(draw, {proof.SUBSTITUTIONS})[proof.SUBSTITUTIONS])
    return len(entries), entries[-1]["digest"] if entries else ""


def folder(draw: Draw) -> bytes:
    """All of them in one archive, the same bytes each time it is asked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(draw).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
