"""What every gesture of the room asks first: the panel held, who acts, words that are neither empty nor long."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Membership, Panel
from panels.rules import membership_id, refuse_unless
from panels.services.preparing import WrongState, hold
from src.foundations.text import tidy

from .. import rules
from ..models import Recommendation
from ..models.drafting import MOST_TABLE


def writing(panel: Panel) -> Panel:
    """The panel, held while it writes and votes."""
    return hold(panel, PanelState.DELIBERATING)


def organising(actor, panel: Panel, *states: str) -> Panel:
    """The panel, held in one of these states, for its organisers alone."""
    held = hold(panel, *states)
    refuse_unless(rules.may_organise_votes(actor, held))
    return held


def held_draft(recommendation: Recommendation) -> Recommendation:
    """A recommendation as it is now, of a panel that writes, still a draft."""
    panel = writing(recommendation.panel)
    found = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    found.panel = panel
    if not found.is_draft:
        raise WrongState(_("The text of this recommendation no longer changes."), code="state")
    return found


def member_of(actor, panel: Panel) -> Membership | None:
    """The seat of whoever acts; None for the team."""
    return Membership.objects.filter(pk=membership_id(actor, panel)).first()


def sitting(actor, panel: Panel) -> Membership:
    """The seat of whoever acts. Refuses everybody else: the team neither supports, signs nor grades."""
    found = member_of(actor, panel)
    if found is None:
        raise PermissionDenied(_("Members alone do this; the team doesn’t."))
    return found


def writer(actor, panel: Panel, for_table: str) -> dict:
    """In whose name words are written: a member's own, or a table's, typed by the team."""
    found = member_of(actor, panel)
    if found is not None:
        return {"written_by": found, "for_table": "", "typed_by": None}
    refuse_unless(rules.may_draft(actor, panel))
    table = tidy(for_table, one_line=True)
    if not table:
        raise ValidationError({"for_table": _("Write for whom you type: a table, a member.")})
    if len(table) > MOST_TABLE:
        raise ValidationError({"for_table": _("Eighty characters at most.")})
    return {"written_by": None, "for_table": table, "typed_by": getattr(actor, "user", actor)}


def worded(field: str, text: str, most: int, *, one_line: bool = False, missing: str = "") -> str:
    """Words put in order. Refuses none of them, and too many, beside their field."""
    said = tidy(text, one_line=one_line)
    if not said:
        raise ValidationError({field: missing or _("Write it: it is read by all.")})
    if len(said) > most:
        raise ValidationError({field: _("Shorten it: %(most)d characters at most.") % {"most": most}})
    return said
