"""``manage.py rqworker``: django-rq's own, reading what we write."""

from django_rq.management.commands.rqworker import Command as DjangoRqCommand

from src.foundations import relay


class Command(DjangoRqCommand):
    """Alarms are JSON: a worker that expects pickles refuses each of them, and would unpickle whatever it finds."""

    help = "Runs what the queue asks for, as django-rq's own worker, after pages; alarms are JSON."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(serializer="rq.serializers.JSONSerializer")

    def handle(self, *args, **options):
        relay.give_way()
        super().handle(*args, **options)
