"""``manage.py restore``: puts an encrypted archive back where nothing is, or only verifies it."""

import json
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.config.backups import in_words, teller
from src.foundations import clock, guards
from src.foundations.backups import restoring, sealed
from src.foundations.models import OutboxEvent
from src.notices.enums import MailState
from src.notices.models import MailMessage


class Command(BaseCommand):
    help = (
        "Restores an archive into an empty database and empty media folders, then compares counts, hashes and the "
        "journal's chain with what was saved. --verify reads the archive whole and writes nothing. Last line: JSON "
        "counts. Exit 0 equal, 1 something differs or is damaged, 2 asked wrongly."
    )

    def add_arguments(self, parser):
        parser.add_argument("archive", help="the file written by backup")
        parser.add_argument(
            "--secret-key",
            default=os.environ.get("TERRAIN_BACKUP_SECRET_KEY", ""),
            help="the key that opens it (or TERRAIN_BACKUP_SECRET_KEY)",
        )
        parser.add_argument("--verify", action="store_true", help="check the archive, write nothing")

    def handle(self, *args, **options):
        if not options["secret_key"]:
            raise CommandError(_("Give --secret-key FILE: the key that was taken off the server."), returncode=2)
        path, key, tell = Path(options["archive"]), Path(options["secret_key"]), teller(self.stderr)
        started = time.monotonic()
        try:
            # Read whole first: nothing is written from an archive that is cut or changed.
            contents = restoring.check(path, key, tell)
            told = {"verified": True, **contents.counts}
            problems = []
            if not options["verify"]:
                restoring.refuse_unless_possible(contents)
                restoring.write(path, key, tell)
                # Compared before any migration changes a table; the chain after, read by the code's own models.
                problems = self.compared(contents)
                told |= self.finished()
                problems += [
                    _("The journal doesn't verify: %(fault)s.") % {"fault": each}
                    for each in restoring.journal_faults(contents)
                ]
        except (sealed.Unreadable, OSError) as error:
            raise in_words(error) from error
        problems += self.keys(contents)
        told |= {"seconds": round(time.monotonic() - started, 1), "problems": len(problems)}
        for sentence in problems:
            self.stderr.write(sentence)
        self.stdout.write(json.dumps(told))
        if problems:
            raise SystemExit(1)

    def compared(self, contents) -> list[str]:
        """Sentences on what was put back and isn't what was saved."""
        wrong = restoring.differences(contents)
        if not wrong:
            return []
        return [
            _("What is in place differs from what was saved: %(names)s. Do not open the site; start again.")
            % {"names": ", ".join(wrong[:8])}
        ]

    def finished(self) -> dict:
        """Bring the tables to the code's version, put guards, grants, cache and index back; what waits is told."""
        call_command("createcachetable", verbosity=0)
        call_command("migrate", verbosity=0, interactive=False)
        guards.install_guards()
        guards.grant_to_app_role()
        call_command("search_rebuild", stdout=self.stderr)
        waiting = OutboxEvent.objects.filter(done_at=None, dead_at=None).count()
        mails = MailMessage.objects.filter(state=MailState.QUEUED, not_before__lte=clock.now()).count()
        if waiting or mails:
            self.stderr.write(
                ngettext(
                    "%(count)s effect waited when the archive was made and will leave when the relay starts; "
                    "some may have left already. On a machine for trials, do not start the relay.",
                    "%(count)s effects waited when the archive was made and will leave when the relay starts; "
                    "some may have left already. On a machine for trials, do not start the relay.",
                    waiting + mails,
                )
                % {"count": waiting + mails}
            )
        missing = guards.declared(connection.vendor) - guards.installed()
        return {"guards": len(guards.installed()), "guards_missing": len(missing), "waiting": waiting + mails}

    def keys(self, contents) -> list[str]:
        missing = restoring.missing_keys(contents)
        if not missing:
            return []
        return [
            _(
                "Field keys are missing or older than the archive: %(names)s. Put the folder saved apart at that time "
                "back in %(folder)s, never a new key; until then protected authors can't be read."
            )
            % {"names": ", ".join(missing), "folder": settings.TERRAIN_KEYS_DIR}
        ]
