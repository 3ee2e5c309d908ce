"""What reminders do by themselves: each day's reminders, each week's digests."""

from datetime import timedelta

from django.utils import timezone

from src.foundations import jobs
from src.foundations.ticking import on_tick

from .services.digesting import send_digests
from .services.planning import JOB
from .services.reminding import remind, remind_everybody


@on_tick("trainings_reminders.remind", every=timedelta(days=1))
def remind_of_today(now):
    """The reminders whose day has come."""
    remind_everybody(timezone.localdate(now))


@on_tick("trainings_reminders.digest", every=timedelta(days=1))
def tell_managers(now):
    """The week's digests, on the first day that finds them unsent."""
    send_digests(timezone.localdate(now))


@jobs.job(JOB)
def remind_at_once(obligation: int, actor: int):
    """What leaves when reminders are started."""
    remind(obligation, actor_pk=actor)
