"""What the city answers: given to a direction, signed by name, published, and the measure it becomes."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Panel
from panels.services.preparing import WrongState, hold, move
from panels.services.recording import record
from src.accountability.models import Measure, MeasureOrigin, ResponseOwed
from src.accountability.services import begin, close, owe, reassign
from src.foundations import clock

from .. import rules
from ..enums import Outcome
from ..models import Answer, Reply
from .adopting import KIND
from .gates import organising, worded

MOST_WORDS, MOST_MORE = 4000, 1000
MOST_STUDY = timedelta(days=366)
OPEN = (PanelState.HANDED_OVER, PanelState.ANSWERED, PanelState.FOLLOWED_UP)


@transaction.atomic
def assign(*, actor, reply: Reply, unit) -> Reply:
    """Have another direction answer; the day doesn't move. Organisers. Refuses a reply that is answered."""
    panel = panel_of(reply)
    organising(actor, panel, *OPEN)
    held = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if held.awaited_on is None:
        raise WrongState(_("This reply was given: nothing is owed any more."), code="state")
    held.unit = unit
    held.save(update_fields=["unit"])
    for owed in ResponseOwed.objects.open().filter(subject_kind=KIND, subject_reference=held.reference):
        reassign(owed, unit)
    record("reply_assigned", panel, actor=actor, about=f"reply:{held.reference}", at_once=True)
    return held


@transaction.atomic
def answer(
    *, actor, reply: Reply, outcome: str, text: str, signed_name: str, signed_capacity: str, change: str = "",
    would_change: str = "", study_until: date | None = None, after: int | None = None,
) -> Answer:  # fmt: skip
    """Publish the answer to a recommendation, signed by somebody by name; it stays, and everybody reads it.

    Who decides for the direction that owes it. Accepted with a change, it says which; refused in this form, what would
    change the answer; under study, until which day, and another answer is then owed for that day. ``after``: how many
    answers were read. Refuses the others, an answer that isn't whole, one given meanwhile.
    """
    panel = hold(panel_of(reply), *OPEN)
    held = Reply.objects.select_for_update(of=("self",)).select_related("unit", "article").get(pk=reply.pk)
    if not rules.may_answer(actor, held):
        raise PermissionDenied(_("Only who decides for the direction that owes this reply answers."))
    number = (held.answers.aggregate(last=Max("number"))["last"] or 0) + 1
    if held.awaited_on is None or (after is not None and after != number - 1):
        raise WrongState(_("An answer was published meanwhile: read it first."), code="state")
    words = _checked(outcome, text, change, would_change, study_until)
    made = Answer.objects.create(
        reply=held,
        number=number,
        signed_name=worded("signed_name", signed_name, 120, one_line=True, missing=_("Somebody signs, by name.")),
        signed_capacity=worded(
            "signed_capacity", signed_capacity, 140, one_line=True, missing=_("Write in what capacity they sign.")
        ),
        signed_by=getattr(actor, "user", actor),
        published_on=clock.today(),
        **words,
    )
    _answered(held, made)
    record(
        "reply_published", panel, actor=actor, about=f"reply:{held.reference}", payload={"outcome": str(outcome)},
        at_once=True,
    )  # fmt: skip
    missing = Reply.objects.filter(article__opinion=held.article.opinion_id, answered_on__isnull=True)
    if panel.state == PanelState.HANDED_OVER and not missing.exists():
        move(panel, PanelState.ANSWERED, actor, "answered")
    return made


def _answered(reply: Reply, made: Answer) -> None:
    """Close the clock that ran, and start that of the study."""
    today = clock.today()
    for owed in ResponseOwed.objects.open().filter(subject_kind=KIND, subject_reference=reply.reference):
        close(owed, today)
    reply.answered_on = reply.answered_on or today
    reply.study_until = made.study_until
    reply.save(update_fields=["answered_on", "study_until"])
    if made.study_until is not None:
        owe(KIND, reply.reference, reply.unit, started_on=today, days=(made.study_until - today).days)


def _checked(outcome: str, text: str, change: str, would_change: str, study_until: date | None) -> dict:
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Choose what the city answers.")})
    words = {
        "outcome": outcome,
        "text": worded("text", text, MOST_WORDS, missing=_("Write the reply, and its reason.")),
        "change": "",
        "would_change": "",
        "study_until": None,
    }
    if outcome == Outcome.CHANGED:
        words["change"] = worded("change", change, MOST_MORE, missing=_("Write what changes."))
    if outcome == Outcome.REFUSED:
        missing = _("Write what would change the answer.")
        words["would_change"] = worded("would_change", would_change, MOST_MORE, missing=missing)
    if outcome == Outcome.STUDY:
        today = clock.today()
        if study_until is None or not today < study_until <= today + MOST_STUDY:
            raise ValidationError({"study_until": _("Write until which day, within a year.")})
        words["study_until"] = study_until
    return words


@transaction.atomic
def begin_measure(*, actor, reply: Reply, title: str, changes: str, first_step: str, first_step_on: date) -> Measure:
    """Begin the measure that an accepted reply becomes, with its first step; everybody follows it.

    Who decides for the direction. Refuses a reply that accepts nothing, and what measures refuse.
    """
    given = reply.answer
    if given is None or given.outcome not in (Outcome.ACCEPTED, Outcome.CHANGED):
        raise WrongState(_("A measure is born of a recommendation that is accepted."), code="state")
    return begin(
        actor=actor,
        unit=reply.unit,
        title=title,
        changes=changes,
        first_step=first_step,
        first_step_on=first_step_on,
        subject_kind=KIND,
        subject_reference=reply.reference,
    )


@transaction.atomic
def link_measure(*, actor, reply: Reply, measure: Measure) -> MeasureOrigin:
    """Say that a measure which exists comes of this recommendation too; twice changes nothing.

    Who decides for the direction. Refuses a measure that isn't published, and a reply that accepts nothing.
    """
    if not rules.may_answer(actor, reply):
        raise PermissionDenied(_("Only who decides for the direction that owes this reply answers."))
    given = reply.answer
    if given is None or given.outcome not in (Outcome.ACCEPTED, Outcome.CHANGED):
        raise WrongState(_("A measure is born of a recommendation that is accepted."), code="state")
    if not measure.is_published:
        raise ValidationError({"measure": _("Choose a measure that everybody reads.")})
    origin, _made = MeasureOrigin.objects.get_or_create(
        measure=measure, subject_kind=KIND, subject_reference=reply.reference
    )
    return origin


def pass_replies_on(unit, successor) -> None:
    """What a closing unit owes to panels passes to its successor with its days; the directory calls it."""
    if successor is not None:
        Reply.objects.awaited().filter(unit=unit).update(unit=successor)


def panel_of(reply: Reply) -> Panel:
    """The panel that a reply is owed to."""
    return reply.article.opinion.panel
