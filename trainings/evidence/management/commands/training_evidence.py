"""``manage.py training_evidence``: what was asked and done at a date, with what proves it, in one ZIP."""

import hashlib
import os
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trainings.evidence import packing
from trainings.obligations.models import Obligation


class Command(BaseCommand):
    help = (
        "Writes the evidence of a mandatory training at a date: states as known then and now, rules, versions, ledger "
        "with its links. Made again, from a restored backup too, it is the same byte for byte."
    )

    def add_arguments(self, parser):
        parser.add_argument("--obligation", required=True, help="its reference, six signs")
        parser.add_argument("--at", required=True, metavar="YYYY-MM-DD", help="a day that isn't to come")
        parser.add_argument("--out", default="", help="the file to write; named after both without it; never replaced")

    def handle(self, *args, **options):
        reference = options["obligation"].strip().upper()
        obligation = Obligation.objects.select_related("track", "renewal_track").filter(reference=reference).first()
        if obligation is None:
            raise CommandError(f"No mandatory training has the reference {reference!r}.")
        try:
            day = date.fromisoformat(options["at"])
        except ValueError:
            raise CommandError(f"--at reads YYYY-MM-DD, not {options['at']!r}.")
        target = Path(options["out"] or f"preuves-{reference}-{day.isoformat()}.zip")
        try:
            packing.check(obligation, day)
            self._write(target, obligation, day)
        except FileExistsError:
            raise CommandError(f"{target} is there already.")
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages))

    def _write(self, target: Path, obligation, day) -> None:
        handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w+b") as stream:
                packing.write(stream, obligation, day)
                stream.seek(0)
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        self.stdout.write(f"{target}  {digest}")
