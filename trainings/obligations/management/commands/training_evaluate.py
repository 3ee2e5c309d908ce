"""manage.py training_evaluate: decides again what everybody owes, and rebuilds every stored state."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from src.foundations import clock
from trainings.obligations.services.evaluating import evaluate


class Command(BaseCommand):
    """What the tick does each night, by hand: idempotent, cut and taken up again without harm."""

    help = "Evaluate mandatory trainings for everybody, today. Last line: JSON counts."

    def add_arguments(self, parser):
        parser.add_argument("--date", help="the day, YYYY-MM-DD; today when it isn't said")

    def handle(self, *args, **options):
        try:
            day = date.fromisoformat(options["date"]) if options["date"] else clock.today()
        except ValueError:
            raise CommandError(f"--date reads YYYY-MM-DD, not {options['date']!r}", returncode=2) from None
        if day < clock.today():
            raise CommandError("A day that is past can't be decided again.", returncode=2)
        told = options["verbosity"] > 1
        done = evaluate(day, progress=lambda people: self.stderr.write(f"{people}…") if told else None)
        self.stdout.write(json.dumps({"people": done.people, "opened": done.opened, "changed": done.changed}))
