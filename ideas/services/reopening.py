"""A refusal looked at again: a condition is met and its supporters want it, or the day of a "later" comes."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.accountability.models import ReopeningCondition
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.participation.enums import Visibility
from src.workflow import process_cache
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.models import Transition
from src.workflow.services import fire

from .. import rules
from ..models import Idea, IdeaSupport, ReopeningAnswer, ReopeningRound, RoundState, Wish

TOPIC = "ideas.reopening"
# Forms of the steps that reopen, and the impersonal roles that take them.
REOPEN, REVISIT = "reopen", "revisit"
BY_SUPPORTERS, BY_PROMISED_DAY = "reopening", "promised_day"
AT_ONCE = 200


@transaction.atomic
def meet_condition(*, idea, condition: ReopeningCondition, actor, text: str, at=None) -> ReopeningRound:
    """Say that a condition of the idea's answer is met: its author and its supporters are asked whether to reopen.

    The round lasts fourteen days; the answer stands meanwhile. Refuses who doesn't answer for the direction, or wrote
    the idea (PermissionDenied); a text too short (ValidationError); a condition already met or of another answer, an
    idea hidden, looked at again, about which people are already asked, or whose process can't reopen it
    (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    if not rules.answers_for(viewer, idea):
        raise PermissionDenied(_("Only those who answer for the direction say that a condition is met."))
    refusal = why_not_reopen(idea)
    if not refusal and condition.decision_id != idea.decision_id:
        refusal = _("This condition is that of an earlier answer: another was given since.")
    # Holds the idea's row as it was read: of two people at once, or of a step at this very moment, one comes second.
    held = Idea.objects.filter(pk=idea.pk, stage_id=idea.stage_id, decision_id=idea.decision_id)
    if not refusal and not held.update(turn=F("turn")):
        refusal = _("The answer to this idea is already looked at again, or another was given.")
    if not refusal and _open_rounds(idea).exists():
        refusal = _("Those who supported this idea are already being asked: wait for the end of their answers.")
    if refusal:
        raise TransitionNotAllowed(refusal)
    try:
        accountability.meet_condition(condition, actor=viewer, unit=idea.unit, text=text, subject=idea, on=_day(at))
    except ValidationError as error:
        raise ValidationError({"text": error})
    opened = ReopeningRound.objects.create(
        condition=condition,
        idea=idea,
        opened_on=_day(at),
        ends_on=_day(at) + timedelta(days=settings.TERRAIN_REOPENING_ASKED_DAYS),
    )
    _emit(opened, "asked")
    return opened


@transaction.atomic
def answer_reopening(*, opened: ReopeningRound, actor, wish: str, at=None) -> ReopeningRound:
    """The wish of somebody asked, "yes" or "no", theirs to change until the round closes.

    A supporter answers by their account; the author, by name, handle or code, in the round's own column. Refuses who
    isn't asked (PermissionDenied), another word (ValidationError) and a round that is over (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    mine = opened.idea.is_of(viewer)
    if not mine and not is_asked(viewer, opened.idea):
        raise PermissionDenied(_("The question is put to those who supported this idea, and to its author."))
    if wish not in Wish.values:
        raise ValidationError({"wish": _("Choose yes or no.")})
    running = ReopeningRound.objects.filter(pk=opened.pk, state=RoundState.OPEN, ends_on__gte=_day(at))
    # Holds the row, so that no answer comes in while the round is being counted.
    if not running.update(**({"author_wish": wish} if mine else {"state": RoundState.OPEN})):
        raise TransitionNotAllowed(_("The question is closed: the answers are counted."))
    if not mine:
        ReopeningAnswer.objects.update_or_create(round=opened, user=viewer.user, defaults={"wish": wish})
    opened.refresh_from_db()
    return opened


def is_asked(viewer, idea) -> bool:
    """Whether the person supported the idea, which they still see: supports stop with the answer. One statement."""
    if not viewer.is_authenticated or not rules.can_view(viewer, idea):
        return False
    return IdeaSupport.objects.filter(idea=idea, user_id=viewer.user_id).exists()


def conclude_due(now) -> int:
    """Close the rounds whose days are over; how many. One about an idea that moderation hides waits."""
    day = timezone.localdate(now)
    due = ReopeningRound.objects.filter(
        state=RoundState.OPEN, ends_on__lt=day, idea__visibility=Visibility.SHOWN
    ).order_by("pk")
    closed = 0
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        try:
            conclude(pk)
        except TransitionNotAllowed:
            # Its author appealed at this very moment: the round is dropped at the next turn.
            continue
        closed += 1
    return closed


@transaction.atomic
def conclude(pk: int, *, at=None) -> str:
    """Count a round and close it: its state. A majority of yes, at least one, sends the idea back to the study.

    What each answered is forgotten; totals stay. Does nothing to a round already closed.
    """
    rounds = ReopeningRound.objects.filter(pk=pk, state=RoundState.OPEN)
    if not rounds.update(state=RoundState.OPEN):
        return ReopeningRound.objects.values_list("state", flat=True).get(pk=pk)
    opened = ReopeningRound.objects.select_related("condition").get(pk=pk)
    idea = Idea.objects.select_related("owed", "unit", "transfer_to", "space", "site", "direction").get(
        pk=opened.idea_id
    )
    if why_not_reopen(idea) or idea.decision_id != opened.condition.decision_id:
        return _close(opened, RoundState.DROPPED, at=at)
    wishes = [*opened.answers.values_list("wish", flat=True), opened.author_wish]
    yes, no = wishes.count(Wish.YES), wishes.count(Wish.NO)
    if yes <= no:
        state = _close(opened, RoundState.KEPT, yes=yes, no=no, at=at)
        _emit(opened, "kept")
        return state
    state = _close(opened, RoundState.REOPENED, yes=yes, no=no, at=at)
    data = {"text": opened.condition.met_text, "_round": opened}
    fire(idea, way_back(idea, REOPEN).slug, actor=None, as_role=BY_SUPPORTERS, vouched=True, data=data, at=at)
    return state


def revisit_due(now) -> int:
    """Send back to the study each "later" whose promised day comes, so that it is answered by then; how many.

    The same people may answer: it is the same responsibility, a turn later.
    """
    day, lead = timezone.localdate(now), timedelta(days=settings.TERRAIN_REVISIT_LEAD_DAYS)
    can_come_back = Transition.objects.filter(form=REVISIT).values("process")
    waiting = Idea.objects.filter(
        stage_kind=StageKind.DEFERRED,
        is_imported=False,
        visibility=Visibility.SHOWN,
        process__in=can_come_back,
        decision__revisit_on__lte=day + lead,
    ).select_related("owed", "unit", "transfer_to", "space", "site", "direction", "decision__batch")
    moved = 0
    for idea in waiting.order_by("decision__revisit_on", "pk")[:AT_ONCE]:
        promised = idea.decision.revisit_on
        answered = timezone.localdate(idea.decision.batch.announced_at)
        way = way_back(idea, REVISIT)
        if way is None or day < promised - min(lead, (promised - answered) / 2):
            continue
        try:
            fire(idea, way.slug, actor=None, as_role=BY_PROMISED_DAY, vouched=True, data={"_promised": promised})
        except TransitionNotAllowed:
            # Its author appealed at this very moment, or its supporters had it reopened.
            continue
        moved += 1
    return moved


def why_not_reopen(idea) -> str:
    """Why an idea can't be reopened now, in a sentence; empty when it can."""
    if not idea.is_shown:
        return _("This idea is hidden by the moderation: it can't be reopened now.")
    if idea.stage_kind not in rules.REFUSED:
        return _("The answer to this idea is already looked at again, or another was given.")
    if way_back(idea, REOPEN) is None:
        return _("The way this idea follows has no step to reopen it. An administrator can have it adopt a newer way.")
    return ""


def way_back(idea, form: str):
    """The step of the idea's process that reopens it; None where there is none."""
    ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    return next((way for way in ways if way.form == form), None)


# ------------------------------------------------------------------------------------------------ what the engine asks
def reopening_agreed(idea, viewer, data) -> str | None:
    """Guard: a refusal is reopened by those who supported the idea, never by a bare step."""
    return None if data.get("_round") is not None else _("Those who supported this idea say whether to reopen it.")


def promised_day_comes(idea, viewer, data) -> str | None:
    """Guard: a "later" comes back on its own date."""
    return None if data.get("_promised") is not None else _("A “later” comes back when its own date does.")


def drop_round(idea, transition, viewer, data, entry) -> None:
    """Effect of an appeal and of a promised day: the idea is looked at again, the question has no object left."""
    opened = _open_rounds(idea).first()
    if opened is not None:
        _close(opened, RoundState.DROPPED)


# ---------------------------------------------------------------------------------------------------------- plumbing
def _open_rounds(idea):
    return ReopeningRound.objects.filter(idea_id=idea.pk, state=RoundState.OPEN)


def _close(opened: ReopeningRound, state: str, *, yes=None, no=None, at=None) -> str:
    columns = {
        "state": state,
        "yes": yes,
        "no": no,
        "closed_on": _day(at),
        "author_wish": "",
    }
    ReopeningRound.objects.filter(pk=opened.pk).update(**columns)
    for name, value in columns.items():
        setattr(opened, name, value)
    ReopeningAnswer.objects.filter(round=opened).delete()
    return state


def _day(at):
    """The day of a gesture: today, unless it is told at its own date."""
    return timezone.localdate(at) if at else clock.today()


def _emit(opened: ReopeningRound, what: str) -> None:
    outbox.emit(TOPIC, {"round": opened.pk, "what": what}, key=f"{TOPIC}:{opened.pk}:{what}")
