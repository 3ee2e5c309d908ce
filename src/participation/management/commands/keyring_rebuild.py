"""Makes the keyrings again from the sealed links, after a restoration or damage."""

import json

from django.core.management.base import BaseCommand

from src.participation.services import keyring


class Command(BaseCommand):
    help = "Make every author's keyring again from the sealed links. Safe to run at any time, as often as one likes."

    def handle(self, *args, **options):
        rewritten = keyring.rebuild()
        self.stdout.write(json.dumps({"rewritten": rewritten}))
