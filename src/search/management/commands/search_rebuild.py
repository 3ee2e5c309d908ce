"""Index everything again: after a restore, a change of the analyser, or a bulk load."""

import json

from django.core.management.base import BaseCommand, CommandError

from src.search import registry, services


class Command(BaseCommand):
    help = "Index every object that can be found again, in bulk. Safe to run at any time."

    def add_arguments(self, parser):
        parser.add_argument("--kind", help="only this kind of objects")

    def handle(self, *args, kind=None, **options):
        if kind and kind not in registry.kinds():
            raise CommandError(f"Unknown kind: {kind}. Known: {', '.join(sorted(registry.kinds())) or 'none'}.")
        counts = {}
        for name in [kind] if kind else sorted(registry.kinds()):
            counts[name] = services.rebuild(name, progress=lambda done, name=name: self._tell(name, done))
            self.stderr.write("")
        self.stdout.write(json.dumps({"indexed": counts}, sort_keys=True))

    def _tell(self, name, done):
        self.stderr.write(f"\r{name}: {done}", ending="")
