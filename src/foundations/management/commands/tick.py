"""``manage.py tick``: the time-driven work, each minute from cron or rq; twice does nothing more."""

import json

from django.core.management.base import BaseCommand, CommandError

from src.foundations import ticking


class Command(BaseCommand):
    help = "Runs the periodic work that is due. Safe to run at any moment and twice. Exit 1 when a part failed."

    def add_arguments(self, parser):
        parser.add_argument("--only", metavar="NAME", help="Run this periodic function alone, if it is due.")
        parser.add_argument("--list", action="store_true", help="List the periodic functions and their periods.")

    def handle(self, *args, **options):
        if options["list"]:
            for periodic in ticking.registered():
                self.stdout.write(f"{periodic.name}\t{periodic.every}")
            return
        try:
            outcome = ticking.tick(only=options["only"])
        except LookupError as error:
            raise CommandError(str(error), returncode=2)
        failed = {name: result for name, result in outcome.items() if result not in {"ok", "later"}}
        for name, result in failed.items():
            self.stderr.write(f"{name}: {result}")
        counts = {"ran": list(outcome.values()).count("ok"), "later": list(outcome.values()).count("later")}
        self.stdout.write(json.dumps({**counts, "failed": len(failed)}))
        if failed:
            raise SystemExit(1)
