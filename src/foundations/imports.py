"""What every import command answers to the program that called it: one JSON line of counts, last, even of misuse."""

import json
import sys
from abc import ABC, abstractmethod
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

# What a command that could not start says: nothing was read, nothing was written, one thing is to be put right.
NOTHING_READ = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": 1}


class Unreadable(Exception):
    """The file, or the rules it is read by, can't be used at all; the message is for a person."""


class ImportCommand(BaseCommand):
    """Errors one a line, then one JSON line of counts. Exit 0: done; 1: errors in lines; 2: misuse."""

    def create_parser(self, prog_name, subcommand, **kwargs):
        """A wrong option ends with the JSON line too."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        refuse = parser.error

        def error(message):
            try:
                refuse(message)
            finally:
                self._say(NOTHING_READ)

        parser.error = error
        return parser

    def finish(self, report) -> None:
        """Write the counts of a report (``counts``, ``problems``) last; exit 1 when some lines are wrong."""
        self._say(report.counts)
        if report.problems:
            sys.exit(1)

    def misuse(self, sentence: str) -> None:
        """Say on standard error why nothing could start, then the counts; exit 2."""
        self.stderr.write(sentence)
        self._say(NOTHING_READ)
        sys.exit(2)

    def _say(self, counts: dict) -> None:
        self.stdout.write(json.dumps(counts))


class BatchImportCommand(ImportCommand, ABC):
    """An import remembered as a batch, which ``--undo`` takes away again.

    A room says how a file comes in (``bring_in``) and how a batch goes (``take_away``); what they refuse, with
    ``Unreadable``, ``OSError`` or ``ValidationError``, is told in one sentence, exit 2.
    """

    def add_arguments(self, parser):
        """The file and the four ways to run; a room adds its own options after them."""
        parser.add_argument("file", nargs="?", type=Path, help="the file to import")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--skip-errors", action="store_true", help="bring in the lines without a fault")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take away what a batch created")

    @abstractmethod
    def bring_in(self, file: Path, options: dict):
        """Import the file; return its report (``counts``, ``problems``, ``batch``)."""

    @abstractmethod
    def take_away(self, batch: int) -> dict:
        """Undo a batch; return its counts."""

    def handle(self, *args, **options):
        """Import or undo, then say the problems, the batch and the counts."""
        try:
            if options["undo"] is not None:
                self._say(self.take_away(options["undo"]))
                return
            if options["file"] is None:
                raise Unreadable(_("Name a file, or a batch to undo."))
            report = self.bring_in(options["file"], options)
        except (OSError, Unreadable) as refusal:
            self.misuse(str(refusal))
        except ValidationError as refusal:
            self.misuse(" ".join(refusal.messages))
        for problem in report.problems:
            self.stdout.write(str(problem))
        if report.batch is not None:
            self.stdout.write(_("Import %(number)d: undo it with --undo %(number)d.") % {"number": report.batch.pk})
        self.finish(report)
