"""manage.py import_measures FILE.csv: brings another platform's projects in as measures."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.accountability.measure_file import Unreadable, checked_mapping, mapping_named, read_projects
from src.accountability.services.measure_importing import import_measures, undo_import
from src.foundations import clock
from src.foundations.imports import ImportCommand


class Command(ImportCommand):
    """Brings in what a batch may later take away."""

    help = "Import projects (CSV, ';' or ',') as measures, through a column mapping kept under its name."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="the projects")
        parser.add_argument("--mapping", default="budget-participatif", help="name of the mapping, kept for next time")
        parser.add_argument("--mapping-file", type=Path, help="a JSON file of rules, kept under that name")
        parser.add_argument("--licence", default="", help="source and licence, shown on each measure")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--skip-errors", action="store_true", help="bring in the lines without a fault")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take away what a batch created")

    def handle(self, *args, **options):
        try:
            if options["undo"] is not None:
                self.stdout.write(json.dumps(undo_import(options["undo"])))
                return
            report = self._import(options)
        except (OSError, Unreadable) as refusal:
            self.misuse(str(refusal))
        except ValidationError as refusal:
            self.misuse(" ".join(refusal.messages))
        for problem in report.problems:
            self.stdout.write(str(problem))
        if report.batch is not None:
            self.stdout.write(_("Import %(number)d: undo it with --undo %(number)d.") % {"number": report.batch.pk})
        self.finish(report)

    def _import(self, options):
        if options["file"] is None:
            raise Unreadable(_("Name a file, or a batch to undo."))
        name = options["mapping"][:80]
        rules = checked_mapping(self._rules(options["mapping_file"], name))
        data = options["file"].read_bytes()
        return import_measures(
            read_projects(data, rules, today=clock.today()),
            mapping=name,
            rules=rules,
            source_name=options["file"].name,
            data=data,
            licence_note=options["licence"][:300],
            dry_run=options["dry_run"],
            skip_errors=options["skip_errors"],
        )

    @staticmethod
    def _rules(path: Path | None, name: str):
        if path is None:
            return mapping_named(name)
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            raise Unreadable(_("“%(name)s” isn't a JSON file.") % {"name": path.name}) from None
