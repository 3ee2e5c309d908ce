"""What every import command answers to the program that called it: one JSON line of counts, last, even of misuse."""

import json
import sys

from django.core.management.base import BaseCommand

# What a command that could not start says: nothing was read, nothing was written, one thing is to be put right.
NOTHING_READ = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": 1}


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
