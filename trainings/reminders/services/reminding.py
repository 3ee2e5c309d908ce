"""Sending the reminders of a day, slice by slice: each step once, whatever runs twice or at the same time."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import F

from src.foundations import clock
from src.notices.hours import next_open
from src.notices.services import send
from trainings.obligations.selectors import training_of

from .. import notices
from ..enums import Channel
from ..models import ReminderBatch, ReminderPlan, ReminderSent
from ..selectors import channel_of, waiting

SLICE = 500


def remind_everybody(day: date | None = None) -> int:
    """Send what is to be sent today for every plan that runs; returns how many people."""
    plans = ReminderPlan.objects.filter(
        is_running=True, obligation__activated_at__isnull=False, obligation__ended_on__isnull=True
    )
    return sum(remind(obligation, day) for obligation in plans.order_by("pk").values_list("obligation_id", flat=True))


def remind(obligation_pk: int, day: date | None = None, *, actor_pk: int | None = None) -> int:
    """Send what one plan has to send on a day; returns how many people. Again, it sends nothing more.

    Each slice is a transaction that holds the plan: a second run waits, then finds nothing left. Were two ever at
    once, the database would refuse the second row, and its messages would be undone with it.
    """
    day, run, sent = day or clock.today(), _Run(obligation_pk, actor_pk), 0
    while people := _slice(run, day):
        sent += people
    return sent


class _Run:
    """One run: its batch is written with its first slice."""

    def __init__(self, obligation_pk, actor_pk):
        self.obligation_pk, self.actor_pk = obligation_pk, actor_pk
        self.batch = None


@transaction.atomic
def _slice(run: _Run, day: date) -> int:
    plan = (
        ReminderPlan.objects.select_for_update(of=("self",))
        .select_related("obligation__track", "obligation__renewal_track")
        .filter(obligation_id=run.obligation_pk, is_running=True)
        .first()
    )
    if plan is None or not plan.obligation.is_active:
        return 0
    for step, found in waiting(plan, day):
        rows = list(found.select_related("agent__reach")[:SLICE])
        if rows:
            _send(run, plan, step, rows, day)
            return len(rows)
    return 0


def _send(run: _Run, plan: ReminderPlan, step, rows, day: date) -> None:
    now = clock.now()
    batch = run.batch or ReminderBatch.objects.create(obligation=plan.obligation, ran_at=now, made_by_id=run.actor_pk)
    reached = [(one, channel_of(one.agent.email, _means(one.agent))) for one in rows]
    ReminderSent.objects.bulk_create(
        ReminderSent(requirement=one, step=step, channel=channel, batch=batch, sent_at=now)
        for one, other in reached
        for channel in (Channel.INBOX, other)
        if channel is not None
    )
    mails = sum(other == Channel.MAIL for _one, other in reached)
    carried = sum(other not in (Channel.MAIL, None) for _one, other in reached)
    ReminderBatch.objects.filter(pk=batch.pk).update(
        people=F("people") + len(rows), mails=F("mails") + mails, carried=F("carried") + carried
    )
    run.batch = batch
    alike = defaultdict(list)
    for one in rows:
        one.obligation = plan.obligation
        alike[one.due_on, training_of(one)].append(one.agent_id)
    for (due_on, training), people in alike.items():
        send(
            notices.REMINDER,
            recipients=people,
            context=notices.context_of(plan.obligation, training, due_on, day),
            key=f"{plan.obligation.reference}:{training.pk}:{step}:{due_on.isoformat()}",
            not_before=next_open(now),
            else_by_letter=True,
        )


def _means(agent) -> str | None:
    return agent.reach.means if hasattr(agent, "reach") else None
