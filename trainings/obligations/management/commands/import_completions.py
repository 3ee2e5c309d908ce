"""manage.py import_completions FILE.csv: trainings already done elsewhere come into the ledger."""

from pathlib import Path

from src.foundations.imports import ImportCommand, Unreadable
from trainings.obligations.services.importing import import_completions


class Command(ImportCommand):
    """Everything or nothing: a wrong line keeps the whole file out."""

    help = "Record completed trainings (CSV: matricule, formation, terminée le; minutes, équivalence)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file to import")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")

    def handle(self, *args, **options):
        try:
            data = options["file"].read_bytes()
            report = import_completions(data, name=options["file"].name, dry_run=options["dry_run"])
        except (OSError, Unreadable) as refusal:
            self.misuse(str(refusal))
            return
        for problem in report.problems:
            self.stdout.write(str(problem))
        self.finish(report)
