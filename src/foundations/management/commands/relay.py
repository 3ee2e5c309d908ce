"""``manage.py relay``: runs the outbox as a process of its own, or once."""

import signal
import threading

from django.core.management.base import BaseCommand

from src.foundations import outbox, relay


class Command(BaseCommand):
    help = "Runs the effects that are due, until stopped. Several may run: a lease lets one work at a time."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Run what is due, then leave.")
        parser.add_argument(
            "--revive", nargs="?", const="", metavar="TOPIC", help="Give effects that were given up another life."
        )

    def handle(self, *args, **options):
        if options["revive"] is not None:
            self.stdout.write(str(outbox.revive(topic=options["revive"] or None)))
            return
        if options["once"]:
            self.stdout.write(str(relay.relay_once()))
            return
        relay.give_way()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        relay.run(stop)
