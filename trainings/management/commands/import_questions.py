"""manage.py import_questions FILE --bank NAME: questions in GIFT, Moodle XML or our grid, into a bank."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from src.foundations.imports import ImportCommand, Unreadable
from trainings.models import QuestionBank
from trainings.services.question_import import import_questions


class Command(ImportCommand):
    """One faulty line and nothing is written."""

    help = "Import questions: GIFT (.gift, .txt), Moodle XML (.xml), grid (.xlsx). Columns are in docs/trainings.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file to import")
        parser.add_argument("--bank", required=True, metavar="NAME", help="identifier of the bank; made when missing")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--reason", default="", help="the reason of an answer where the file says none")
        parser.add_argument("--source", default="", help="the source where the file says none")

    def handle(self, *args, **options):
        try:
            data = options["file"].read_bytes()
            report = import_questions(
                bank=self._bank(options["bank"], options["dry_run"]),
                data=data,
                ending=options["file"].suffix.lower().lstrip("."),
                dry_run=options["dry_run"],
                reason=options["reason"],
                source=options["source"],
            )
        except (OSError, Unreadable) as refusal:
            self.misuse(str(refusal))
        except ValidationError as refusal:
            self.misuse(" ".join(refusal.messages))
        for line in [*report.left_out, *report.problems]:
            self.stdout.write(line)
        self.finish(report)

    @staticmethod
    def _bank(name: str, dry_run: bool) -> QuestionBank:
        slug = slugify(name)[:80]
        if not slug:
            raise Unreadable(_("Name the bank with letters or figures."))
        found = QuestionBank.objects.filter(slug=slug).first()
        return found or QuestionBank(slug=slug, title=name[:140])
