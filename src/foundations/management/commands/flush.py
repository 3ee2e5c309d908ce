"""``manage.py flush``: Django's own, with the guards taken away before and put back after; never outside a demo."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush

from src.foundations import guards


class Command(flush.Command):
    help = "Empties a demo or test database, append-only tables included. Refused anywhere else."

    def handle(self, **options):
        if not settings.TERRAIN_DEMO:
            raise CommandError("This installation isn't a demo: its journal is append-only and is never emptied.")
        guards.remove_guards(options["database"])
        try:
            super().handle(**options)
        finally:
            guards.install_guards(options["database"])
