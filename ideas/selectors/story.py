"""The story of an idea for everybody: the promise, the five steps with their dates, the official answer."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.accountability.enums import Outcome, Reason
from src.accountability.measure_reading import MeasureRow
from src.accountability.models import Decision
from src.foundations import clock
from src.foundations.text import plain_to_html
from src.workflow import process_cache
from src.workflow.enums import DECIDED, Actor, StageKind

from .. import own_site
from ..enums import SIDE_KINDS, STAGES_OF_OUTCOME, PublicStep
from ..models import Idea
from .rows import author_label, public_step, stage_of, step_label, week_label, when_label

NOT_FOLLOWED = frozenset({Outcome.DECLINED, Outcome.DEFERRED, Outcome.ALREADY_DONE})
# Other ideas that received the same answer, listed under it.
ALSO_SHOWN = 40
STUDIED = frozenset({StageKind.IN_REVIEW, StageKind.COUNTERSIGN})
_CONFIRMED = (StageKind.VERIFIED, StageKind.GRADUATED)
# A project in its cohort is under way from the day of its yes.
_UNDER_WAY = (StageKind.DELIVERED, StageKind.IN_PROGRESS, StageKind.COHORT)
# Where an idea goes with its measure, after its yes.
FOLLOWED = (StageKind.IN_PROGRESS, StageKind.DELIVERED, StageKind.VERIFIED)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """By when the City answers, and whether it is late."""

    promised_on: date
    is_late: bool
    days_late: int
    paused_until: date | None
    unit_label: str
    answered_on: date | None = None
    reminded_on: date | None = None
    # While the author's site may settle it: who answers otherwise, and by when.
    otherwise: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The official response, once announced."""

    decision: Decision
    outcome: str
    outcome_label: str
    opening: str
    html: str
    reason_label: str
    reopening_conditions: str
    revisit_on: date | None
    signed_by: str
    announced_on: date
    measure_owner: str
    first_milestone: str
    first_milestone_on: date | None


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    """One of the five steps, or a side word: when, who, one fact."""

    step: str
    label: str
    state: str
    when_label: str = ""
    on: date | None = None
    who: str = ""
    fact: str = ""
    side: bool = False


def promise_of(idea) -> Promise | None:
    """The promise made for an idea, kept, late or paused; None for what owes nothing."""
    owed = idea.owed
    if owed is None or owed.cancelled_on is not None:
        return None
    today = clock.today()
    return Promise(
        promised_on=owed.promised(today),
        is_late=owed.is_late(today),
        days_late=owed.days_late(today),
        paused_until=owed.paused_until if owed.is_paused(today) else None,
        unit_label=idea.unit.name if idea.unit else "",
        answered_on=owed.answered_on,
        reminded_on=owed.last_reminder_on,
        otherwise=own_site.otherwise(idea),
    )


def late_sentence(promise: Promise | None) -> str:
    """Sentence n° 2 of the glossary; empty when nothing is late."""
    if promise is None or not promise.is_late:
        return ""
    words = {"days": promise.days_late, "unit": promise.unit_label}
    late = ngettext(
        "The answer is %(days)d day late. %(unit)s is responsible for it.",
        "The answer is %(days)d days late. %(unit)s is responsible for it.",
        promise.days_late,
    )
    sentence = late % words
    if promise.reminded_on is None:
        return sentence
    return _("%(late)s The direction was reminded on %(date)s.") % {
        "late": sentence,
        "date": _day(promise.reminded_on),
    }


def answer_of(idea) -> Answer | None:
    """The announced decision. Prepared ones aren't read here, whoever looks."""
    decision = _announced(idea).first()
    return None if decision is None or idea.is_imported else _told(decision)


def answers_before(idea, answer: Answer) -> list[Answer]:
    """The answers given before the one that stands, the last first: an idea answered again forgets none of them."""
    return [_told(decision) for decision in _announced(idea).exclude(pk=answer.decision.pk)]


def _announced(idea):
    given = Decision.objects.announced().filter(subject_kind=idea.subject_kind, subject_reference=idea.reference)
    return given.select_related("batch").order_by("-batch__announced_at", "-id")


def _told(decision) -> Answer:
    return Answer(
        decision=decision,
        outcome=decision.outcome,
        outcome_label=str(Outcome(decision.outcome).label),
        opening=_openings()[decision.outcome],
        html=plain_to_html(decision.text),
        reason_label=str(Reason(decision.reason).label) if decision.reason else "",
        reopening_conditions=decision.reopening_conditions,
        revisit_on=decision.revisit_on,
        signed_by=decision.signed_as,
        announced_on=timezone.localdate(decision.batch.announced_at),
        measure_owner=decision.measure_owner,
        first_milestone=decision.first_milestone,
        first_milestone_on=decision.first_milestone_on,
    )


def also_given(viewer, decision) -> list[tuple[str, str]]:
    """Titles and addresses of the other ideas that received the same answer, among those the viewer sees."""
    same = (
        Decision.objects.announced()
        .filter(subject_kind=Idea.subject_kind, batch_id=decision.batch_id, text=decision.text)
        .exclude(pk=decision.pk)
        .values("subject_reference")
    )
    ideas = Idea.objects.visible_to(viewer).filter(reference__in=same).order_by("reference")[:ALSO_SHOWN]
    return [(idea.title, idea.get_absolute_url()) for idea in ideas.only("title", "reference")]


def _openings() -> dict:
    return {
        Outcome.ACCEPTED: _("Yes."),
        Outcome.PILOT: _("Yes, we try."),
        Outcome.DEFERRED: _("Later."),
        Outcome.DECLINED: _("No."),
        Outcome.ALREADY_DONE: _("It's already there."),
    }


def first_reading(idea) -> str:
    """ "Read by Odile M. on 4 March." Empty before it happened."""
    if idea.first_read_on is None:
        return ""
    words = {"date": _day(idea.first_read_on), "name": idea.first_read_by.short_name if idea.first_read_by else ""}
    if not words["name"]:
        return _("Read on %(date)s.") % words
    if idea.service is not None:
        return _("Read by %(name)s on %(date)s, passed on to %(service)s.") % {**words, "service": idea.service.name}
    return _("Read by %(name)s on %(date)s.") % words


def step_sentence(idea, promise: Promise | None, answer: Answer | None, measure: MeasureRow | None = None) -> str:
    """The sentence under the word of the step, as the glossary writes it."""
    words = {
        "unit": idea.unit.name if idea.unit else idea.space.name,
        "date": _day(promise.promised_on) if promise else "",
    }
    kind = idea.stage_kind
    if not idea.is_shown and kind not in (*SIDE_KINDS, *DECIDED):
        return _("Answer promised before %(date)s.") % words if promise else ""
    if idea.is_imported:
        return _("Brought in from another platform: nothing is owed here.")
    if kind == StageKind.NEEDS_INFO:
        return _question_sentence(promise)
    if kind in DECIDED:
        if answer is None:
            return ""
        return _("%(who)s answered on %(date)s.") % {"who": answer.signed_by, "date": _day(answer.announced_on)}
    if kind in FOLLOWED:
        return followed_sentence(kind, measure)
    if kind == StageKind.GRADUATED:
        return _("Each of its milestones was validated by its mentor.")
    if kind in SIDE_KINDS:
        return {
            StageKind.STOPPED: _("The City stopped it, and says why."),
            StageKind.WITHDRAWN: _("Its author took it back."),
            StageKind.DORMANT: _("The question to the author had no answer. They can wake it up."),
            StageKind.MERGED: _("It joined another idea: one answer is given to both."),
            StageKind.REMOVED: _("It no longer shows. Its author has the reason."),
        }.get(kind, "")
    if public_step(idea) == PublicStep.STUDY:
        return _("%(unit)s studies it. Answer promised before %(date)s.") % words
    return _("It is visible and can be supported. Answer promised before %(date)s.") % words


def followed_sentence(kind: str, measure: MeasureRow | None) -> str:
    """Where the measure of an idea stands, in a sentence."""
    if kind == StageKind.DELIVERED:
        return _("The team says that it is done. Others will look at it, then confirm.")
    if kind == StageKind.VERIFIED:
        return _("It was seen on the ground, by others than those who did it.")
    if measure is not None and measure.silent_days:
        return _("Nobody has had news for %(days)d days.") % {"days": measure.silent_days}
    if measure is not None and measure.news_on is not None:
        return _("Last news on %(date)s.") % {"date": _day(measure.news_on)}
    return _("What was decided is under way.")


def _question_sentence(promise: Promise | None) -> str:
    if promise is None or promise.paused_until is None:
        return _("The team has a question for the author.")
    return _("The team has a question for the author. The delay is paused until %(date)s.") % {
        "date": _day(promise.paused_until)
    }


def timeline(idea, journal, answer: Answer | None) -> list[TimelineStep]:
    """The five public steps, plus the side word of what left its way.

    What staff do between two public steps isn't told: two ideas at the same public step read the same.
    """
    current = public_step(idea)
    if idea.is_imported:
        return [_received(idea, "done")]
    if idea.stage_kind in SIDE_KINDS:
        return _left_its_way(idea, journal, answer)
    order = list(PublicStep)
    reached = order.index(current) if current else 0
    steps = []
    for position, step in enumerate(order):
        state = "done" if position < reached else "current" if position == reached else "todo"
        if step in (PublicStep.IN_PROGRESS, PublicStep.CONFIRMED) and idea.stage_kind in NOT_FOLLOWED:
            break
        if step == PublicStep.RECEIVED:
            steps.append(_received(idea, state))
        elif step == PublicStep.STUDY:
            steps.append(_study(idea, journal, state))
        elif step == PublicStep.DECIDED:
            steps.append(_decided(idea, answer, state))
        else:
            steps.append(_followed(idea, journal, step, state))
    return steps


def _received(idea, state: str) -> TimelineStep:
    asked = state == "current" and idea.stage_kind == StageKind.NEEDS_INFO
    return TimelineStep(
        step=PublicStep.RECEIVED.value,
        label=step_label(idea) if asked else str(PublicStep.RECEIVED.label),
        state=state,
        on=idea.week if idea.is_sealed and not idea.is_imported else timezone.localdate(idea.created_at),
        when_label=when_label(idea),
        who=author_label(idea),
        fact=first_reading(idea),
    )


def _study(idea, journal, state: str) -> TimelineStep:
    label = str(PublicStep.STUDY.label)
    entered = next((entry for entry in journal if entry.to_kind in STUDIED), None)
    if idea.stage_kind == StageKind.NEEDS_INFO and state == "current":
        label = step_label(idea)
    if entered is None or state == "todo":
        # An idea answered without a study says nothing at this step.
        return TimelineStep(step=PublicStep.STUDY.value, label=label, state=state)
    day = timezone.localdate(entered.at)
    moved = next((entry for entry in reversed(journal) if entry.from_kind == StageKind.TRANSFERRED), None)
    fact = ""
    if moved is not None and idea.transfer_count:
        fact = _("Passed on to %(direction)s on %(date)s.") % {
            "direction": idea.direction.name if idea.direction else "",
            "date": _day(timezone.localdate(moved.at)),
        }
    return TimelineStep(
        step=PublicStep.STUDY.value,
        label=label,
        state=state,
        on=day,
        when_label=_day(day),
        who=idea.unit.name if idea.unit else "",
        fact=fact,
    )


def _followed(idea, journal, step: PublicStep, state: str) -> TimelineStep:
    """In progress, then confirmed: the day its measure got there, and what was said of it."""
    kinds = _CONFIRMED if step == PublicStep.CONFIRMED else _UNDER_WAY
    entered = next((entry for entry in reversed(journal) if entry.to_kind in kinds), None)
    if entered is None or state == "todo":
        return TimelineStep(step=step.value, label=str(step.label), state=state)
    day = timezone.localdate(entered.at)
    label = entered.to_stage.public_text if state == "current" else str(step.label)
    fact = entered.text if entered.to_kind not in (StageKind.IN_PROGRESS, StageKind.COHORT) else ""
    return TimelineStep(step=step.value, label=label, state=state, on=day, when_label=_day(day), fact=fact)


def _decided(idea, answer: Answer | None, state: str) -> TimelineStep:
    after = (*FOLLOWED, StageKind.GRADUATED, StageKind.STOPPED)
    if answer is None or idea.stage_kind not in (*DECIDED, *after):
        return TimelineStep(step=PublicStep.DECIDED.value, label=str(PublicStep.DECIDED.label), state=state)
    label = stage_of(idea).public_text
    if idea.stage_kind in after:
        kinds = STAGES_OF_OUTCOME.get(answer.outcome, (answer.outcome,))
        known = process_cache.graph(idea.process_id).stages_of_kind(*kinds)
        label = known[0].public_text if known else str(PublicStep.DECIDED.label)
    return TimelineStep(
        step=PublicStep.DECIDED.value,
        label=label,
        state=state,
        on=answer.announced_on,
        when_label=_day(answer.announced_on),
        who=answer.signed_by,
        fact=answer.reason_label,
    )


def _left_its_way(idea, journal, answer: Answer | None = None) -> list[TimelineStep]:
    last = next((entry for entry in reversed(journal) if entry.to_kind == idea.stage_kind), None)
    steps = [_received(idea, "done")]
    if any(entry.to_kind in STUDIED for entry in journal):
        steps.append(_study(idea, journal, "done"))
    if idea.stage_kind == StageKind.STOPPED and answer is not None:
        steps.append(_decided(idea, answer, "done"))
    if last is None:
        return steps
    by_week = last.actor_id is None and last.actor_role == Actor.AUTHOR
    day = timezone.localdate(last.at)
    public_reason = last.text if idea.stage_kind != StageKind.REMOVED else ""
    return [
        *steps,
        TimelineStep(
            step=idea.stage_kind,
            label=step_label(idea),
            state="current",
            on=day,
            when_label=week_label(day) if by_week else _day(day),
            who=author_label(idea) if last.actor_role == Actor.AUTHOR else "",
            fact=public_reason,
            side=True,
        ),
    ]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
