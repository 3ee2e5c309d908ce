"""Making a pack: a ZIP whose bytes follow from the database and the day alone, whoever makes it and whenever."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils import formats, translation
from django.utils.translation import gettext as _

from src.foundations import chain, clock, exports
from trainings.obligations.models import Obligation

from . import contents, registry

MANIFEST, README = "MANIFESTE.csv", "LISEZMOI.txt"
# The first moment a ZIP can tell: a pack says its day in its files, never when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEMPLATE = Path(__file__).with_name("pack_content") / README


class _Hashed(io.RawIOBase):
    """Passes bytes on, counts and hashes them."""

    def __init__(self, stream):
        super().__init__()
        self._stream, self._sha, self.size = stream, hashlib.sha256(), 0

    def writable(self):
        return True

    def write(self, data):
        self._stream.write(data)
        self._sha.update(data)
        self.size += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._sha.hexdigest()


def check(obligation: Obligation, day: date) -> None:
    """Refuse what has nothing to prove: a day to come, an obligation that never asked."""
    if day > clock.today():
        raise ValidationError({"day": _("Choose a day that isn’t to come: nothing is known of it.")})
    if obligation.activated_at is None:
        raise ValidationError({"obligation": _("This mandatory training was never activated: it asked nothing.")})


def write(
    stream: IO[bytes],
    obligation: Obligation,
    day: date,
    *,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Write the pack of an obligation at a day; ``advance(files done, of how many)`` may stop it by raising.

    What waits for its seal is sealed first, so that a second pack says the same. Nothing is compressed: another
    version of a library would press it into other bytes.
    """
    check(obligation, day)
    chain.seal_pending(thorough=True)
    tables = contents.tables(obligation, day)
    manifest: list[tuple[str, str, int]] = []
    with translation.override("fr"), zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as pack:
        _add(pack, README, manifest, lambda out: out.write(_readme(obligation, day)))
        for done, (name, columns, rows) in enumerate(tables):
            advance(done, len(tables))
            _add(pack, name, manifest, lambda out, columns=columns, rows=rows: _table(out, columns, rows()))
        for name, content in registry.files_of(obligation, day):
            _add(pack, name, manifest, lambda out, content=content: out.write(content))
        _add(pack, MANIFEST, [], lambda out: _table(out, ("fichier", "sha256", "octets"), sorted(manifest)))


def _add(pack: zipfile.ZipFile, name: str, manifest: list, fill: Callable[[_Hashed], object]) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = 3, 0o644 << 16
    with pack.open(info, "w", force_zip64=True) as member:
        out = _Hashed(member)
        fill(out)
    manifest.append((name, out.sha256, out.size))


def _table(out: _Hashed, columns, rows) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    exports.write_csv(text, columns, rows)
    text.flush()
    text.detach()


def _readme(obligation: Obligation, day: date) -> bytes:
    words = {
        "title": obligation.track.title,
        "reference": obligation.reference,
        "day": formats.date_format(day, "DATE_FORMAT"),
        "iso": day.isoformat(),
    }
    return _TEMPLATE.read_text(encoding="utf-8").format(**words).encode()
