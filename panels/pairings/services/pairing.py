"""A pairing from its first questionnaire to its figures: linked, the second opened, both told; or given up."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.enums import WORKING, PanelState
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from panels.services.recording import record
from src.foundations import clock
from src.foundations.text import tidy
from src.questionnaires import services as asking
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import AnswerRoll, Questionnaire
from src.questionnaires.services.opening import smallest

from .. import figures, marks, rules
from ..enums import Ending
from ..models import Pairing

MOST_TITLE = 140


@transaction.atomic
def link(*, actor, panel: Panel, before: Questionnaire) -> Pairing:
    """Say that a questionnaire of the panel's space is asked again at the end; its questions are published with it.

    The team, before anybody answers: each box bears the mark by which the two are paired. Refuses, in a sentence, what
    can't be told before and after.
    """
    held = _held(actor, panel)
    first = Questionnaire.objects.select_for_update(of=("self",)).filter(pk=before.pk, space=held.space_id).first()
    if first is None:
        raise ValidationError({"before": _("Choose a questionnaire of the panel’s own space.")})
    first = _read(first)
    if Pairing.objects.filter(before=first).exists() or Pairing.objects.filter(after=first).exists():
        raise ValidationError({"before": _("It is asked before and after already.")})
    why_not = rules.why_not_paired(first)
    if why_not:
        raise ValidationError({"before": why_not})
    made = Pairing.objects.create(panel=held, before=first, locked=marks.new_key(), linked_at=clock.now())
    if first.revision is None:
        asking.publish(actor=getattr(actor, "user", actor), questionnaire=first)
    _note("linked", made, actor)
    return made


@transaction.atomic
def unlink(*, actor, pairing: Pairing) -> None:
    """Take the link back while nobody has answered: the questionnaire is one like the others. The team."""
    held = _hold(actor, pairing)
    if AnswerRoll.objects.filter(questionnaire=held.before_id).exists() or held.before.closed_at is not None:
        raise WrongState(_("Somebody has answered: the two stay together."), code="answered")
    _note("unlinked", held, actor)
    held.delete()


@transaction.atomic
def open_after(*, actor, pairing: Pairing, title: str) -> Questionnaire:
    """Make the second questionnaire of the first one's questions, and publish it: it is open at once. The team.

    Refuses before the first is closed, and when too few answered it to tell anything.
    """
    held = _hold(actor, pairing)
    said = tidy(title, one_line=True)
    if not said or len(said) > MOST_TITLE:
        raise ValidationError({"title": _("Give it a title, of 140 characters at most.")})
    if held.after_id is not None:
        raise WrongState(_("The second questionnaire is there already."), code="state")
    if held.before.closed_at is None:
        raise WrongState(_("Close the first questionnaire first."), code="open")
    user = getattr(actor, "user", actor)
    made = asking.duplicate(actor=user, source=_read(held.before), space=held.panel.space, title=said)
    made = _read(made)
    asking.describe(
        actor=user, questionnaire=made, title=said, introduction=held.before.introduction,
        minutes=held.before.minutes, answer_mode=AnswerMode.SECRET,
    )  # fmt: skip
    asking.publish(actor=user, questionnaire=made)
    Pairing.objects.filter(pk=held.pk).update(after=made)
    _note("after_opened", held, actor)
    return made


@transaction.atomic
def give_up(*, actor, pairing: Pairing) -> Pairing:
    """Ask nothing a second time: the answers of the first are destroyed without being read. Organisers.

    Refuses while the first takes answers, and once the second was opened: close it, and both are told.
    """
    hold_panel(pairing.panel)
    rules.panel_rules.refuse_unless(rules.may_give_up(actor, pairing.panel))
    held = _locked(pairing)
    if held.before.closed_at is None or held.after_id is not None:
        raise WrongState(_("Close what is open first: both are then told beside each other."), code="open")
    _end(held, Ending.GIVEN_UP)
    _note("given_up", held, actor)
    return held


@transaction.atomic
def settle(pairing: Pairing) -> bool:
    """Tell both once both are closed; end it when too few answered one of them. Whether it ended now; safe twice."""
    held = (
        Pairing.objects.select_for_update(of=("self",)).select_related("panel", "before", "after").get(pk=pairing.pk)
    )
    if held.is_over or held.before.closed_at is None:
        return False
    if held.answered_before is None:
        held.answered_before = AnswerRoll.objects.filter(questionnaire=held.before_id).count()
        held.save(update_fields=["answered_before"])
    if held.answered_before < smallest():
        _end(held, Ending.FEW)
    elif held.after is None or held.after.closed_at is None:
        return False
    elif AnswerRoll.objects.filter(questionnaire=held.after_id).count() < smallest():
        _end(held, Ending.FEW)
    else:
        revision = _read(held.before).revision
        boxes = [
            asking.take_boxes(questionnaire=held.before, people=held.answered_before),
            asking.take_boxes(questionnaire=held.after),
        ]
        _write(held, Ending.TOLD, figures.of(revision.ordered, *boxes))
    record("pairing_ended", held.panel, about=f"pairing:{held.reference}", payload={"ending": str(held.ending)})
    return True


def end_of_panels() -> int:
    """Give up what waits for a second questionnaire on panels that are over; answers how many."""
    over = Pairing.objects.filter(
        panel__state=PanelState.CLOSED, ended_at__isnull=True, after__isnull=True, before__closed_at__isnull=False
    )
    return sum(_given_up(one.pk) for one in over.order_by("pk"))


@transaction.atomic
def _given_up(pk: int) -> bool:
    held = Pairing.objects.select_for_update(of=("self",)).select_related("panel", "before", "after").get(pk=pk)
    if held.is_over or held.after_id is not None:
        return False
    _end(held, Ending.GIVEN_UP)
    record("pairing_ended", held.panel, about=f"pairing:{held.reference}", payload={"ending": str(held.ending)})
    return True


def _end(held: Pairing, ending: str) -> None:
    """Destroy what is sealed, unread, and the key."""
    for one in (held.before, held.after):
        if one is not None and one.closed_at is not None and not one.is_told:
            asking.take_boxes(questionnaire=one, are_read=False)
    _write(held, ending, [])


def _write(held: Pairing, ending: str, told: list[dict]) -> None:
    held.ending, held.ended_at, held.locked, held.figures = ending, clock.now(), None, told
    held.save(update_fields=["ending", "ended_at", "locked", "figures"])


def _held(actor, panel: Panel) -> Panel:
    held = hold_panel(panel, *WORKING)
    rules.panel_rules.refuse_unless(rules.may_run(actor, held))
    if held.space_id is None:
        raise WrongState(_("Begin the work first: members have no space yet."), code="state")
    return held


def _hold(actor, pairing: Pairing) -> Pairing:
    _held(actor, pairing.panel)
    return _locked(pairing)


def _locked(pairing: Pairing) -> Pairing:
    held = Pairing.objects.select_for_update(of=("self",)).select_related("panel__space", "before").get(pk=pairing.pk)
    if held.is_over:
        raise WrongState(_("It is over: nothing of it changes any more."), code="state")
    return held


def _read(questionnaire: Questionnaire) -> Questionnaire:
    """As pages read it: with its questions."""
    return Questionnaire.objects.for_pages().get(pk=questionnaire.pk)


def _note(verb: str, pairing: Pairing, actor) -> None:
    record(f"pairing_{verb}", pairing.panel, actor=actor, about=f"pairing:{pairing.reference}", at_once=True)
