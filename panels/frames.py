"""What one draw is made from: people, the rules of every panel, seats; of the whole panel, or of empty seats."""

from dataclasses import dataclass

from src.foundations import sealing

from .enums import HOLDING, CandidateState
from .models import Draw, Seat
from .pool import crossed_of, engine_pool, lottery_pool, people_of, quotas_of, shuffled

TRIAL = sealing.register_purpose("panel-trial")


@dataclass(frozen=True)
class Frame:
    """People as ``people_of`` gives them, quotas and crossed quotas as they are sealed, and a number of seats."""

    people: list
    quotas: list[dict]
    crossed: list[dict]
    seats: int

    @property
    def pool(self):
        """The same, as the engine takes it."""
        return engine_pool(self.people, self.quotas, self.crossed, self.seats)


def frame_of(draw: Draw) -> Frame:
    """What a draw would be made from now."""
    panel = draw.panel
    if draw.completes_id:
        return residual_frame(panel, draw.fills)
    return Frame(_people(draw), quotas_of(panel, with_source=True), crossed_of(panel), panel.seats)


def _people(draw: Draw) -> list:
    if not draw.is_trial:
        return people_of(draw.panel, (CandidateState.IN_POOL,))
    # The same trial comes out the same after a death, and nobody can undo it without the key.
    secret = sealing.keyed_hash(f"{draw.panel_id}:{draw.number}", TRIAL).encode()
    return shuffled(people_of(draw.panel), secret)


def residual_frame(panel, fills) -> Frame:
    """Those of the reserve who share no home with who sits, under what the quotas still ask of these empty seats.

    Other seats that are empty are read as held by those who left them.
    """
    from .lottery import residual_pool  # numpy loads when somebody asks for a draw

    rows = Seat.objects.filter(panel=panel).exclude(number__in=fills).values_list("holder__ticket", "left_by__ticket")
    staying = [holder or left for holder, left in rows]
    people = [one for one in people_of(panel, (*HOLDING, CandidateState.RESERVE))]
    people += of_tickets(panel, {left for holder, left in rows if holder is None})
    found = residual_pool(lottery_pool(panel, people), staying, ())
    able = {one.ticket for one in found.people}
    reserve = [one for one in people_of(panel, (CandidateState.RESERVE,)) if one[0] in able]
    left = {rule.label: {"minimum": rule.minimum, "maximum": rule.maximum} for rule in found.rules}
    return Frame(
        reserve,
        [one | left[((one["feature"], one["value"]),)] for one in quotas_of(panel, with_source=True)],
        [one | left[tuple(one["values"])] for one in crossed_of(panel)],
        len(fills),
    )


def of_tickets(panel, tickets) -> list:
    """Of those who left, the ones of these tickets whose answers are still there."""
    gone = (CandidateState.WITHDRAWN, CandidateState.EXCLUDED)
    return [one for one in people_of(panel, gone) if one[0] in tickets] if tickets else []
