"""The embedded server: waitress, the relay and the ticker in one process, no autoreload."""

import os
import threading
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from src.directory.personas import PAPER_CODE
from src.foundations import relay


@contextmanager
def hurried_first_start():
    """On a SQLite file that holds nothing yet, don't wait for the disk at each commit: nothing is acknowledged yet."""
    hurry = connection.vendor == "sqlite" and not connection.introspection.table_names()
    if hurry:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        if hurry:
            connection.close()  # the next connection starts with synchronous=FULL; closing writes the file out


class Command(BaseCommand):
    help = "Serve the site with its relay and ticker in one process (embedded mode)."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--prepare", action="store_true", help="migrate and load the demo city first")
        parser.add_argument("--no-ticker", action="store_true", help="serve pages only")

    def handle(self, *args, **options):
        from src.config.wsgi import application  # after the settings are known to be sound

        started = time.monotonic()
        self.answer_to(options)
        if options["prepare"]:
            self.prepare()
        stop = threading.Event()
        if not options["no_ticker"]:
            relay.start_threads(stop)  # each holds a lease in the database: a second server does nothing twice
        from waitress import create_server

        try:
            server = create_server(
                application,
                host=options["host"],
                port=options["port"],
                threads=options["threads"],
                ident="terrain",
                max_request_body_size=9 * 1024 * 1024,
                # A browser keeps six connections open: the default hundred are sixteen people.
                connection_limit=900,
                asyncore_use_poll=True,
                channel_timeout=30,
            )
        except OSError as error:
            raise CommandError(
                _("Port %(port)s is taken (%(error)s). Try: make run PORT=8001")
                % {"port": options["port"], "error": error}
            )
        self.announce(options, time.monotonic() - started)
        try:
            server.run()
        finally:
            stop.set()

    @staticmethod
    def answer_to(options):
        """Links in messages lead to the port that is served, unless the installation names its own address."""
        if "TERRAIN_SITE_URL" not in os.environ and settings.TERRAIN_DEMO:
            settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = f"http://{options['host']}:{options['port']}"

    def prepare(self):
        """Bring the database to the code's version and load the demo city if it isn't there."""
        self.stdout.write(_("2/3  Preparing the database…"))
        with hurried_first_start():
            call_command("createcachetable", verbosity=0)
            call_command("migrate", verbosity=0, interactive=False)
            if settings.TERRAIN_DEMO:
                self.stdout.write(_("3/3  Loading the demo city…"))
                call_command("demo", if_missing=True, stdout=self.stdout)

    def announce(self, options, seconds):
        """Say where the site is, and how to sign in to the demo city."""
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write("")
        self.stdout.write(self.style.SUCCESS(_("Terrain is open: %(address)s") % {"address": address}))
        if settings.TERRAIN_DEMO:
            self.stdout.write(
                _("Sign in at %(address)sconnexion/ with one click on a persona (agent, correspondant, decideur…).")
                % {"address": address}
            )
            self.stdout.write(_("The same by hand: the persona's name and the password demo-terrain."))
            self.stdout.write(
                _("A sheet of paper is followed at %(address)ssuivre/ with the code %(code)s.")
                % {"address": address, "code": PAPER_CODE}
            )
        self.stdout.write(_("Ready in %(seconds).1f s. Ctrl+C stops it.") % {"seconds": seconds})
        self.stdout.flush()
