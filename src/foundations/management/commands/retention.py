"""``manage.py retention``: forgets what each model's declaration says is past its time, and files without a row."""

import json

from django.core.management.base import BaseCommand

from src.foundations import clock, orphans, personal_data, retention


class Command(BaseCommand):
    help = (
        "Counts (--dry-run) or deletes (--apply) what is past its declared retention, and lists the files that no row "
        "names. Safe to run twice."
    )

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--dry-run", action="store_true", help="Count only.")
        choice.add_argument("--apply", action="store_true", help="Delete.")

    def handle(self, *args, **options):
        now = clock.now()
        counts = personal_data.purge_all(now, apply=options["apply"])
        for label, count in counts.items():
            self.stdout.write(f"{label}\t{count}")
        files = orphans.sweep(now, apply=options["apply"])
        for name in files:
            self.stdout.write(f"file\t{name}")
        if options["apply"]:
            retention.note(counts, files)
        total = "deleted" if options["apply"] else "due"
        self.stdout.write(json.dumps({total: sum(counts.values()), "models": len(counts), "files": len(files)}))
