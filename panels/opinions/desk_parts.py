"""The lines of the team's desk about recommendations, the opinion and its replies."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from panels import rules as panel_rules
from panels.desk import Part
from panels.enums import WORKING, PanelState
from src.foundations import clock

from . import selectors
from .enums import DraftState
from .models import Opinion, Reply
from .services.adopting import faults_before_adopting
from .views.gate import url


def recommendations(viewer, panel) -> Part | None:
    """The rule, drafts, votes and their counts."""
    if panel.state not in WORKING or not panel_rules.may_run(viewer, panel):
        return None
    organises = panel_rules.may_organise(viewer, panel)
    if selectors.rule_of(panel) is None:
        if not organises:
            return None
        said = _("Write what a recommendation needs to be adopted, before anybody votes.")
        return Part(_("Adoption rule"), url(panel, "rule"), said, icon="scale", is_next=True, verb=_("Write"))
    if panel.space_id is None:
        return None
    waiting = len(selectors.open_room_votes(panel))
    if waiting:
        said = ngettext(
            "%(n)d vote in the room is to be counted.", "%(n)d votes in the room are to be counted.", waiting
        )
        return Part(
            _("Recommendations"), url(panel, "count"), said % {"n": waiting}, icon="pencil", count=waiting,
            is_next=True, verb=pgettext("button", "Count"),
        )  # fmt: skip
    counts = selectors.counts_by_state(panel)
    drafts, voted = counts[DraftState.DRAFT], counts[DraftState.PROPOSED]
    said = _("%(drafts)d drafts, %(voted)d put to the vote, %(adopted)d adopted.") % {
        "drafts": drafts, "voted": voted, "adopted": counts[DraftState.ADOPTED],
    }  # fmt: skip
    return Part(_("Recommendations"), url(panel, "recommendations"), said, icon="pencil", count=drafts + voted)


def opinion(viewer, panel) -> Part | None:
    """Adopting the opinion, then handing it over."""
    if not panel_rules.may_organise(viewer, panel):
        return None
    if panel.state == PanelState.DELIBERATING and panel.space_id is not None:
        faults = faults_before_adopting(panel)
        said = faults[0] if faults else _("Everything is voted: the opinion may be adopted.")
        where = url(panel, "within") if faults else url(panel, "adopt")
        return Part(_("Opinion of the panel"), where, said, icon="file-text", is_next=not faults)
    if panel.state == PanelState.OPINION_ADOPTED:
        said = _("It is adopted: hand it over, and the city owes its replies.")
        return Part(_("Opinion of the panel"), url(panel, "hand_over"), said, icon="file-text", is_next=True)
    return None


def replies(viewer, panel) -> Part | None:
    """Replies given, missing, late; the yearly hearing."""
    if not panel_rules.may_run(viewer, panel):
        return None
    given = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first()
    if given is None:
        return None
    today, rows = clock.today(), list(Reply.objects.filter(article__opinion=given))
    late = sum(one.days_late(today) > 0 for one in rows)
    said = _("%(given)d replies of %(owed)d.") % {
        "given": sum(one.answered_on is not None for one in rows), "owed": len(rows),
    }  # fmt: skip
    if late:
        said += " " + ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late}
    is_next = bool(late) and panel_rules.may_organise(viewer, panel)
    return Part(_("Replies of the city"), url(panel, "replies"), said, icon="mail", count=late, is_next=is_next)
