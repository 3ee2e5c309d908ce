"""``manage.py backup``: one encrypted file of the database and the media."""

import json
import os
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from src.config.backups import in_words, teller
from src.foundations import clock
from src.foundations.backups import making, sealed


class Command(BaseCommand):
    help = (
        "Writes one encrypted archive of the database and of the public and private files. The field keys are not "
        "in it: save their folder apart. Last line: JSON counts. Exit 0 written, 1 failed, 2 asked wrongly."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", nargs="?", help="a folder, or the name of a file that doesn't exist")
        parser.add_argument(
            "--public-key",
            default=os.environ.get("TERRAIN_BACKUP_PUBLIC_KEY", ""),
            help="the key to write for (or TERRAIN_BACKUP_PUBLIC_KEY)",
        )
        parser.add_argument("--new-keys", metavar="FOLDER", help="make a pair of keys there, then stop")
        parser.add_argument("--keep-days", type=int, help="then delete the folder's archives older than that")

    def handle(self, *args, **options):
        if options["new_keys"]:
            return self.new_keys(Path(options["new_keys"]))
        if not options["target"] or not options["public_key"]:
            raise CommandError(
                _("Give where to write and --public-key FILE. To make the keys: manage.py backup --new-keys FOLDER."),
                returncode=2,
            )
        target = Path(options["target"])
        if target.is_dir():
            target /= f"terrain-{timezone.localtime(clock.now()):%Y%m%d-%H%M%S}{making.SUFFIX}"
        if not target.parent.is_dir():
            raise CommandError(
                _("%(folder)s isn't a folder: create it first.") % {"folder": target.parent}, returncode=2
            )
        started = time.monotonic()
        try:
            counts = making.make(target, Path(options["public_key"]), teller(self.stderr))
        except (sealed.Unreadable, OSError) as error:
            raise in_words(error) from error
        counts["forgotten"] = making.forget_older(target.parent, options["keep_days"]) if options["keep_days"] else 0
        self.stderr.write(_("The field keys are not in this archive: save the folder TERRAIN_KEYS apart."))
        told = {"archive": str(target), **counts, "seconds": round(time.monotonic() - started, 1)}
        self.stdout.write(json.dumps(told))
        return None

    def new_keys(self, folder: Path) -> None:
        try:
            public, secret = sealed.create_keys(folder)
        except FileExistsError as error:
            raise CommandError(
                _("%(file)s is already there. Older archives need it: give another folder.")
                % {"file": error.filename},
                returncode=2,
            )
        self.stdout.write(_("%(file)s stays on the server: it only writes.") % {"file": public})
        self.stdout.write(
            _("%(file)s reads every archive: take it off the server, in two safe places.") % {"file": secret}
        )
