"""Builds a synthetic city of any size in bulk, reproducibly from a seed."""

import json
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from src.config import scale
from src.directory.models import User


class Command(BaseCommand):
    help = "Build a synthetic city in bulk (agents, ideas, supports, comments, measures), reproducibly from a seed."

    def add_arguments(self, parser):
        defaults = scale.Sizes()
        parser.add_argument("--agents", type=int, default=defaults.agents)
        parser.add_argument("--ideas", type=int, default=defaults.ideas)
        parser.add_argument("--supports", type=int, default=defaults.supports)
        parser.add_argument("--comments", type=int, default=defaults.comments)
        parser.add_argument("--measures", type=int, default=defaults.measures)
        parser.add_argument("--directions", type=int, default=defaults.directions)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--no-index", action="store_true", help="leave the search index for search_rebuild")

    def handle(self, *args, **options):
        sizes = scale.Sizes(
            **{name: options[name] for name in ("agents", "ideas", "supports", "comments", "measures", "directions")}
        )
        if min(vars(sizes).values()) < 0 or sizes.directions < 1:
            raise CommandError(_("Sizes can't be negative, and a city has at least one direction."))
        if (sizes.ideas or sizes.supports or sizes.comments or sizes.measures) and not sizes.agents:
            raise CommandError(_("Ideas, supports, comments and measures need agents: give --agents."))
        if User.objects.filter(username=f"s{options['seed']}-0").exists():
            raise CommandError(_("The city of seed %(seed)s is already there; give another --seed.") % options)
        started = time.monotonic()
        counts = scale.build(sizes, seed=options["seed"], progress=self.tell)
        if not options["no_index"]:
            call_command("search_rebuild", stdout=self.stderr)
        counts["seconds"] = round(time.monotonic() - started, 1)
        self.stdout.write(json.dumps(counts))

    def tell(self, label, done):
        """One line that counts up, on the error stream so that the last line of output stays JSON."""
        end = "\r" if self.stderr.isatty() else "\n"
        self.stderr.write(f"{label}: {done}", ending=end)
