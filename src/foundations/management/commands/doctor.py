"""``manage.py doctor``: what this installation can and can't do, and why."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from src.foundations import diagnosis

_MARKS = {diagnosis.Level.OK: "✓", diagnosis.Level.LIMIT: "·", diagnosis.Level.PROBLEM: "✗"}


class Command(BaseCommand):
    help = "Says what this installation can and can't do, and why. Exit 1 when something must be repaired."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="One JSON object, for other programs.")

    def handle(self, *args, **options):
        with translation.override(settings.LANGUAGE_CODE):
            report = diagnosis.examine()
            problems = sum(line.level == diagnosis.Level.PROBLEM for lines in report.values() for line in lines)
            if options["json"]:
                self.stdout.write(
                    json.dumps(
                        {name: [[line.level, line.sentence] for line in lines] for name, lines in report.items()},
                        ensure_ascii=False,
                    )
                )
            else:
                for lines in report.values():
                    for line in lines:
                        self.stdout.write(f"{_MARKS[line.level]} {line.sentence}")
                self.stdout.write(_("Something must be repaired.") if problems else _("Everything needed is there."))
        if problems:
            raise SystemExit(1)
