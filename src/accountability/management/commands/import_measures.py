"""manage.py import_measures FILE.csv: brings another platform's projects in as measures."""

import json
from pathlib import Path

from django.utils.translation import gettext as _

from src.accountability.measure_file import checked_mapping, mapping_named, read_projects
from src.accountability.services.measure_importing import import_measures, undo_import
from src.foundations import clock
from src.foundations.imports import BatchImportCommand, Unreadable


class Command(BatchImportCommand):
    """Brings in what a batch may later take away."""

    help = "Import projects (CSV, ';' or ',') as measures, through a column mapping kept under its name."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--mapping", default="budget-participatif", help="name of the mapping, kept for next time")
        parser.add_argument("--mapping-file", type=Path, help="a JSON file of rules, kept under that name")
        parser.add_argument("--licence", default="", help="source and licence, shown on each measure")

    def bring_in(self, file, options):
        name = options["mapping"][:80]
        rules = checked_mapping(_rules(options["mapping_file"], name))
        data = file.read_bytes()
        return import_measures(
            read_projects(data, rules, today=clock.today()),
            mapping=name,
            rules=rules,
            source_name=file.name,
            data=data,
            licence_note=options["licence"][:300],
            dry_run=options["dry_run"],
            skip_errors=options["skip_errors"],
        )

    def take_away(self, batch):
        return undo_import(batch)


def _rules(path: Path | None, name: str):
    if path is None:
        return mapping_named(name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise Unreadable(_("“%(name)s” isn't a JSON file.") % {"name": path.name}) from None
