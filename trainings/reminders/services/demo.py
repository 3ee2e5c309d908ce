"""The demo city's reminders: those of the depot leave, and its manager was told of the week."""

from datetime import timedelta

from django.utils import translation

from src.directory.models import User
from src.foundations import clock
from trainings.obligations.models import Obligation
from trainings.obligations.services.demo import REFRESHER

from ..models import ReminderPlan
from .digesting import send_digests
from .planning import start
from .reminding import remind


def load_reminders() -> None:
    """Start the depot's reminders two days ago and send them; run twice, it changes nothing."""
    depot = Obligation.objects.active().filter(track__slug=REFRESHER).first()
    if depot is None or ReminderPlan.objects.exists():
        return
    hr = User.objects.get(username="rh")
    with translation.override("fr"), clock.told_as(clock.now() - timedelta(days=2)):
        start(obligation=depot, actor=hr)
        remind(depot.pk, actor_pk=hr.pk)
        send_digests()
