"""manage.py issue_codes --site CODE --out FILE: the sign-in letters of a site, as PDF (HTML without Pango)."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from src.directory import letters, selectors
from src.directory.models import Unit
from src.directory.services.codes import issue_codes
from src.foundations import documents


class Command(BaseCommand):
    """Codes exist in clear in the file alone. Exit 0: done; 2: misuse, nothing issued."""

    help = "Make the sign-in letters of the people of a site who have neither e-mail nor password."

    def add_arguments(self, parser):
        parser.add_argument("--site", required=True, metavar="CODE", help="the unit's code")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write the letters")
        parser.add_argument("--again", action="store_true", help="also replace letters that nobody has used yet")
        parser.add_argument("--dry-run", action="store_true", help="count the letters, make none")

    def handle(self, *args, **options):
        unit = Unit.objects.filter(code=options["site"].upper(), valid_until__isnull=True).first()
        out = options["out"]
        if unit is None:
            self._refuse(_("No open unit has the code “%(code)s”.") % {"code": options["site"]})
        if out.exists() or not out.parent.is_dir():
            self._refuse(_("“%(file)s” exists already, or its folder doesn't.") % {"file": out})
        people = selectors.people_to_write_to(unit, again=options["again"])
        if options["dry_run"]:
            self.stdout.write(json.dumps({"letters": people.count()}))
            return
        issued = issue_codes(people)
        if issued:
            self._write(letters.standalone(letters.letters_html(issued, place=unit.name)), out)
        self.stdout.write(json.dumps({"letters": len(issued)}))

    def _write(self, html: str, out: Path) -> None:
        try:
            content = documents.pdf(html)
        except documents.PdfUnavailable:
            out = out.with_suffix(".html")
            content = html.encode()
            self.stderr.write(_("Pango is missing: the letters are in HTML, to print from a browser."))
        out.touch(mode=0o600)
        out.write_bytes(content)

    def _refuse(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(2)
