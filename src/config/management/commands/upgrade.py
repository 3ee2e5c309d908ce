"""``manage.py upgrade``: brings the database and the static files to this version while people work."""

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

# SQLSTATE of a lock not had in time (lock_timeout) and of a deadlock broken: somebody was working, nothing is wrong.
_BUSY = {"55P03", "40P01"}


class Command(BaseCommand):
    help = (
        "Creates the cache table, migrates and collects static files. A migration never makes people wait more than "
        "two seconds for its lock: it gives way and tries again. Run again after a stop, it goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("--tries", type=int, default=30, help="How often a migration may give way (30).")
        parser.add_argument("--wait", type=float, default=2, help="Seconds before the next try (2).")

    def handle(self, *args, **options):
        if options["tries"] < 1 or options["wait"] < 0:
            raise CommandError(_("--tries is at least 1, --wait at least 0."), returncode=2)
        call_command("createcachetable", verbosity=0)
        self._migrate(options["tries"], options["wait"])
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(_("Up to date. Reload the web processes, then restart the relay and the workers."))

    def _migrate(self, tries: int, wait: float) -> None:
        for left in range(tries - 1, -1, -1):
            try:
                call_command("migrate", interactive=False, verbosity=0)
                return
            except OperationalError as refusal:
                if getattr(refusal.__cause__, "sqlstate", "") not in _BUSY:
                    raise
                if not left:
                    raise CommandError(
                        _("The tables stayed busy: nothing is half done. Try again at a quieter moment.")
                    )
                self.stderr.write(_("The tables are busy, another try follows (%(left)s left).") % {"left": left})
                connection.close()
                time.sleep(wait)
