"""Where mails stand, and what a person decides of those that may have left twice."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from src.notices import delivery
from src.notices.enums import MailState
from src.notices.models import MailMessage


class Command(BaseCommand):
    help = "Count mails by state, list the uncertain ones, and send one of them again (no address is shown)."

    def add_arguments(self, parser):
        parser.add_argument("--send-again", type=int, metavar="ID", help="send this uncertain mail once more")

    def handle(self, *args, send_again=None, **options):
        if send_again is not None:
            mail = MailMessage.objects.filter(pk=send_again).exclude(code="").first()
            if mail is None or not delivery.send_again(mail):
                raise CommandError(f"Mail {send_again} isn't uncertain, or its words are gone.")
        for mail in MailMessage.objects.filter(state=MailState.UNCERTAIN).order_by("pk"):
            self.stdout.write(f"{mail.pk}\t{mail.code or 'direct'}\t{mail.created_at:%Y-%m-%d %H:%M}")
        counted = MailMessage.objects.order_by().values_list("state").annotate(Count("pk"))
        self.stdout.write(json.dumps(dict(counted), sort_keys=True))
