"""``manage.py audit_verify``: whether anything in the journals was changed, removed or moved."""

import json

from django.core.management.base import BaseCommand, CommandError

from src.foundations import chain, journal


class Command(BaseCommand):
    help = (
        "Walks the hash chain of each stream. Exit 0: whole; exit 1: names the stream and its first bad link. "
        "Without --expect, a chain cut at its end can't be told from a shorter one: note the heads elsewhere."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="STREAM:SEQ:HASH",
            help="A head noted earlier; repeatable.",
        )
        parser.add_argument("--seal", action="store_true", help="Chain the rows that wait before verifying.")
        parser.add_argument("--heads", action="store_true", help="Print the heads in the form --expect reads.")

    def handle(self, *args, **options):
        expected = dict(self._parsed(text) for text in options["expect"])
        if options["seal"]:
            chain.seal_pending(thorough=True)
        verified = chain.verify_all(expected)
        for one in verified:
            if one.fault:
                self.stderr.write(str(one.fault))
            elif options["heads"] and one.links:
                self.stdout.write(f"{one.stream}:{one.links}:{one.head}")
        if any(one.fault for one in verified):
            raise SystemExit(1)
        if not options["heads"]:
            self.stdout.write(json.dumps({one.stream: one.links for one in verified}))

    @staticmethod
    def _parsed(text: str) -> tuple[str, tuple[int, str]]:
        name, _sep, rest = text.partition(":")
        seq, _sep, digest = rest.partition(":")
        if name not in {stream.name for stream in journal.streams()} or not seq.isdigit() or len(digest) != 64:
            raise CommandError(f"--expect reads STREAM:SEQ:HASH, not {text!r}", returncode=2)
        return name, (int(seq), digest)
