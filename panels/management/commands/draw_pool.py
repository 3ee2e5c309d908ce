"""manage.py draw_pool: a fair table of panels from the two CSV files of the field, without any panel of this site."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Nothing of the database is read nor written."""

    help = "Draw a table of panels from a file of categories and a file of respondents. See docs/draw.md."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--categories", type=Path, required=True, help="category|feature, name|value, min, max")
        parser.add_argument("--respondents", type=Path, required=True, help="one line a person, one column a category")
        parser.add_argument("--seats", type=int, required=True, help="how many people a panel has")
        parser.add_argument("--seed", type=int, required=True, help="the number of the draw")
        parser.add_argument("--out", type=Path, required=True, help="folder for table.csv, chances.csv, report.json")
        parser.add_argument("--panels", type=int, default=1000, help="how many panels the table has")
        parser.add_argument("--no-households", action="store_true", help="let people of one address sit together")
        parser.add_argument(
            "--institutions", type=Path, help="addresses that are no household: street, postcode and town, one a line"
        )

    def handle(self, *args, **options):
        from panels.lottery import field_files  # numpy and HiGHS are only for this command

        if options["panels"] < 1 or options["seats"] < 1:
            raise CommandError("--seats et --panels sont d’au moins 1.", returncode=2)
        try:
            institutions = options["institutions"].read_text().splitlines() if options["institutions"] else ()
            code = field_files.draw_files(
                options["categories"],
                options["respondents"],
                seats=options["seats"],
                seed=options["seed"],
                out=options["out"],
                panels=options["panels"],
                households=not options["no_households"],
                institutions=institutions,
                say=self.stdout.write,
                complain=self.stderr.write,
                progress=self._bar if sys.stderr.isatty() else None,
            )
        except OSError as error:
            raise CommandError(str(error), returncode=2) from error
        if code:
            sys.exit(code)

    def _bar(self, done: int, total: int) -> None:
        filled = 30 * done // total
        sys.stderr.write(f"\r[{'#' * filled}{' ' * (30 - filled)}] {done}/{total}")
        sys.stderr.write("\n" if done >= total else "")
        sys.stderr.flush()
