"""manage.py import_directory FILE.csv: brings units and people in line with the personnel office's export."""

import sys
from pathlib import Path

from django.utils.translation import gettext as _

from src.directory.services.importing import import_directory
from src.directory.staff_file import columns
from src.foundations.imports import ImportCommand, Unreadable


class Command(ImportCommand):
    """One faulty line and nothing is written."""

    help = "Import agents (and units) from CSV. Columns are documented in docs/directory.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="people, one per line; ';' or ',', UTF-8 or Windows encoding")
        parser.add_argument("--units", type=Path, help="units in a second file")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=HEADER",
            help=f"a header of yours for one of: {', '.join(columns.PEOPLE)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument(
            "--close-missing", action="store_true", help="end the posts, roles and accounts of people not in the file"
        )
        parser.add_argument(
            "--force-closing", action="store_true", help="allow --close-missing to close more than one in five"
        )

    def handle(self, *args, **options):
        try:
            mapping = dict(self._pair(pair) for pair in options["map"])
            data = options["file"].read_bytes()
            units_data = options["units"].read_bytes() if options["units"] else None
            report = import_directory(
                data,
                units_data=units_data,
                mapping=mapping,
                dry_run=options["dry_run"],
                close_missing=options["close_missing"],
                force_closing=options["force_closing"],
                names=("", options["units"].name if options["units"] else ""),
                progress=self._bar if sys.stderr.isatty() else lambda *step: None,
            )
        except (OSError, Unreadable, ValueError) as refusal:
            self.misuse(str(refusal))
        for problem in report.problems:
            self.stdout.write(str(problem))
        if report.closed:
            self.stdout.write(_("Posts ended: %(count)d.") % {"count": report.closed})
        self.finish(report)

    @staticmethod
    def _pair(text: str) -> tuple[str, str]:
        column, found, header = text.partition("=")
        if not found or column not in columns.PEOPLE:
            raise ValueError(
                _("--map wants COLUMN=HEADER, with one of: %(columns)s.") % {"columns": ", ".join(columns.PEOPLE)}
            )
        return column, header

    def _bar(self, step: str, done: int, total: int) -> None:
        filled = 30 * done // max(total, 1)
        sys.stderr.write(f"\r{step:<12} [{'#' * filled}{' ' * (30 - filled)}] {done}/{total}")
        sys.stderr.write("\n" if done >= total else "")
        sys.stderr.flush()
