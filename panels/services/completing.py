"""A draw for seats left empty, once the reserve of the one that filled them is spent."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import rules
from ..advising import Words
from ..enums import SITTING, Departure, DrawState
from ..frames import Frame, residual_frame
from ..models import Draw, Panel, Seat
from .drawing import begin
from .preparing import WrongState, hold
from .seats import next_of_reserve

MOST_NAMED = 5


def empty_seats(panel: Panel) -> list[Seat]:
    """The seats that nobody has, in their order; those of ended terms wait for a renewal, which is another panel."""
    left = Seat.objects.filter(panel=panel, holder__isnull=True).exclude(left_because=Departure.TERM)
    found = left.select_related("panel", "left_by", "draw")
    return list(found.order_by("number"))


def spent_seats(panel: Panel) -> list[Seat]:
    """Those of the empty seats for which nobody is left in the sealed reserve."""
    return [one for one in empty_seats(panel) if next_of_reserve(one) is None]


@transaction.atomic
def prepare_residual(*, actor, panel: Panel, seats: Collection[int], rows: int = 1000, renews: bool = False) -> Draw:
    """Begin a draw of empty seats, by their numbers, among the reserve, on what the quotas still ask; its table is
    made by a job, and it is sealed, revealed and certified as the first one.

    Refuses a seat that somebody has or that a renewal fills, and one for which the sealed reserve still has somebody
    (nobody draws again what was drawn), unless it is announced that seats change hands by a draw alone (``renews``).
    Refuses while another such draw isn't ended, and what no panel can meet, with the quotas that contradict.
    """
    held = hold(panel, *SITTING)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.draws.filter(completes__isnull=False).exclude(state__in=(DrawState.CERTIFIED, DrawState.VOID)).exists():
        raise WrongState(_("Another draw for empty seats isn’t ended: end it, or make it void."), code="standing")
    wanted = {one.number: one for one in empty_seats(held) if one.number in seats}
    if not wanted or len(wanted) != len(set(seats)):
        raise ValidationError({"seats": _("Choose seats that are empty.")})
    for number, one in wanted.items() if not renews else ():
        if next_of_reserve(one) is not None:
            words = _("The sealed reserve still has somebody for seat %(seat)d: give it first.")
            raise ValidationError({"seats": words % {"seat": number}})
    _refuse_impossible(held, residual_frame(held, sorted(wanted)))
    certified = held.draws.get(state=DrawState.CERTIFIED, completes__isnull=True)
    return begin(held, actor=actor, rows=rows, completes=certified, fills=sorted(wanted))


def _refuse_impossible(panel: Panel, frame: Frame) -> None:
    """Say at once what the job would find: nobody is left, or what the quotas still ask can't be met."""
    from ..lottery import advice  # numpy and the solver load when somebody asks for a draw

    if not frame.people:
        raise WrongState(_("Nobody of the reserve may be drawn any more."), code="empty")
    told = advice(frame.pool)
    if told.feasible:
        return
    said = Words(panel)
    named = {said(label) for label, _side in told.conflict} | {said(one.label) for one in told.problems if one.label}
    raise WrongState(
        _("No panel meets what the quotas still ask of these seats (%(names)s). Ask for somebody else, signed.")
        % {"names": ", ".join(sorted(named)[:MOST_NAMED]) or _("the seats themselves")},
        code="impossible",
    )
