"""``manage.py keys``: which encryption keys this installation has, and how to make the missing ones."""

from django.core.management.base import BaseCommand, CommandError

from src.foundations import sealing


class Command(BaseCommand):
    help = (
        "Lists the encryption keys, never their content. --create makes the missing ones, --rotate adds a newer one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--create", action="store_true", help="Make the keys that are missing.")
        parser.add_argument("--rotate", metavar="PURPOSE", help="Add a newer key: it encrypts, older ones still open.")

    def handle(self, *args, **options):
        if purpose := options["rotate"]:
            if purpose not in sealing.purposes():
                raise CommandError(f"No such purpose: {purpose}", returncode=2)
            sealing.create_key(purpose)
        missing = 0
        for purpose in sealing.purposes():
            if options["create"] and not sealing.key_files(purpose):
                sealing.create_key(purpose)
            count = len(sealing.key_files(purpose))
            missing += not count
            self.stdout.write(f"{purpose}\t{count}")
        if missing:
            raise SystemExit(1)
