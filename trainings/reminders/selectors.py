"""Whom a plan reminds on a day, and what was sent."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum

from src.foundations import clock
from src.notices.enums import Means
from trainings.obligations.models import AbsenceSpan, Exemption, Obligation, Requirement
from trainings.obligations.models.requirement import ASKED

from .enums import Channel
from .models import ManagerDigest, ReminderBatch, ReminderPlan, ReminderSent
from .steps import spans

CARRIED = {Means.LETTER: Channel.LETTER, Means.SMS: Channel.SMS, Means.CALL: Channel.CALL}
SHOWN = 30


def obligations():
    """Those one may remind of, with their plan."""
    return (
        Obligation.objects.active()
        .select_related("track", "renewal_track", "reminder_plan")
        .order_by("created_at", "pk")
    )


def plan_of(obligation: Obligation) -> ReminderPlan:
    """The plan of an obligation; the usual one, stopped, where nobody set any."""
    found = ReminderPlan.objects.filter(obligation=obligation).first()
    return found or ReminderPlan(obligation=obligation)


def owing(obligation: Obligation, day: date):
    """Who really owes something on a day: asked since, not done, not exempt, not away, still here.

    Facts are asked beside the stored state: a night that didn't run yet reminds nobody by mistake.
    """
    away = AbsenceSpan.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), agent=OuterRef("agent_id"), starts_on__lte=day
    )
    exempt = Exemption.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        agent=OuterRef("agent_id"),
        obligation=OuterRef("obligation_id"),
        decided_on__lte=day,
    )
    post = "agent__current_affectation__"
    return Requirement.objects.current().filter(
        ~Exists(away),
        ~Exists(exempt),
        Q(**{f"{post}ends_on__isnull": True}) | Q(**{f"{post}ends_on__gte": day}),
        **{f"{post}starts_on__lte": day},
        obligation=obligation,
        satisfied_by__isnull=True,
        left_on__isnull=True,
        state__in=ASKED,
        assigned_on__lte=day,
        agent__is_active=True,
    )


def waiting(plan: ReminderPlan, day: date):
    """(Step, requirements to remind by it) for each step that isn't sent yet."""
    for step, after, up_to in spans(plan.steps, day):
        told = ReminderSent.objects.filter(requirement=OuterRef("pk"), step=step)
        found = owing(plan.obligation, day).filter(~Exists(told), due_on__lte=up_to)
        if after is not None:
            found = found.filter(due_on__gt=after)
        yield step, found.order_by("pk")


def channel_of(email: str | None, means: str | None) -> Channel | None:
    """By what somebody is reached beside their inbox: e-mail, else what they chose, else a letter at work."""
    if email:
        return Channel.MAIL
    return CARRIED.get(means or Means.LETTER)


@dataclass
class Preview:
    """What would leave today: how many, by step and by channel; and one text as it would read."""

    by_step: Counter = field(default_factory=Counter)
    by_channel: Counter = field(default_factory=Counter)
    first_due_on: date | None = None

    @property
    def people(self) -> int:
        return sum(self.by_step.values())


def preview(plan: ReminderPlan, day: date | None = None) -> Preview:
    """Counts of what would leave on a day: one statement a step, whatever the number of people. Writes nothing."""
    found = Preview()
    for step, requirements in waiting(plan, day or clock.today()):
        counted = (
            requirements.order_by()
            .values_list("agent__reach__means")
            .annotate(
                with_mail=Count("pk", filter=Q(agent__email__isnull=False)),
                without=Count("pk", filter=Q(agent__email__isnull=True)),
                first=Min("due_on"),
            )
        )
        for means, with_mail, without, first in counted:
            found.by_step[step] += with_mail + without
            found.by_channel[Channel.MAIL] += with_mail
            found.by_channel[channel_of(None, means) or Channel.INBOX] += without
            found.first_due_on = min(found.first_due_on or first, first)
    found.by_step += Counter()
    found.by_channel += Counter()
    return found


def batches(obligation: Obligation):
    """The last runs that sent something."""
    return ReminderBatch.objects.filter(obligation=obligation).select_related("made_by")[:SHOWN]


@dataclass(frozen=True)
class Standing:
    """An obligation and its reminders, for the list."""

    obligation: Obligation
    plan: ReminderPlan
    people: int
    last_at: object


def standings() -> list[Standing]:
    """Every obligation in force, whether its reminders run, and how many left in the last thirty days."""
    since = clock.now() - timedelta(days=30)
    rows = ReminderBatch.objects.order_by().values_list("obligation_id")
    sent = {
        pk: (people or 0, last)
        for pk, people, last in rows.annotate(people=Sum("people", filter=Q(ran_at__gte=since)), last=Max("ran_at"))
    }
    return [
        Standing(
            one, getattr(one, "reminder_plan", None) or ReminderPlan(obligation=one), *sent.get(one.pk, (0, None))
        )
        for one in obligations()
    ]


def digest_weeks() -> list[dict]:
    """The last weeks managers were told of: how many managers, how many people to plan for."""
    rows = ManagerDigest.objects.order_by("-week").values("week")
    return list(rows.annotate(managers=Count("pk"), people_sum=Sum("people"))[:12])
