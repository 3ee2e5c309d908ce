"""manage.py import_decidim FILE.csv: brings a Decidim platform's contributions in an archive space."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ideas.decidim import KINDS, Unreadable, read_export
from ideas.services.importing import import_export, undo_import
from src.foundations.imports import ImportCommand
from src.participation.enums import Circle

DEFAULT_SPACE = "archive-decidim"


class Command(ImportCommand):
    """Brings in what a batch may later take away."""

    help = "Import a Decidim export (CSV, ';' or ','). Import debates or proposals before their comments."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="the export")
        parser.add_argument("--kind", choices=KINDS, help="what the file holds; found from its columns otherwise")
        parser.add_argument("--space", default=DEFAULT_SPACE, help="address of the archive space, made if missing")
        parser.add_argument("--space-name", default="", help="its name, when it is made")
        parser.add_argument(
            "--circle", choices=Circle.values, default=Circle.AGENTS.value, help="who sees it, when it is made"
        )
        parser.add_argument("--licence", default="", help="source and licence, shown on the space, when it is made")
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
        data = options["file"].read_bytes()
        return import_export(
            read_export(data, options["kind"]),
            data=data,
            source_name=options["file"].name,
            space_slug=options["space"],
            space_name=options["space_name"],
            circle=options["circle"],
            licence_note=options["licence"],
            dry_run=options["dry_run"],
            skip_errors=options["skip_errors"],
        )
