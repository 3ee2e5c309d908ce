"""The parts of the work on a panel, as its desk lists them to whoever works there: each says where it stands.

A part is a function of the viewer and the panel; it answers nothing to whoever has no work there. ``PARTS`` keeps
them in the order of the work.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.foundations import clock
from theme.templatetags.theme import short_day

from . import consistency, rules, selectors
from .enums import WORKING, CandidateState, Departure, DrawState, InvitationState, PanelState, TeamRole
from .models import Invitation, Quota, Relaxation
from .pool import COUNTED

STEPS = (
    PanelState.DRAFT, PanelState.RECRUITING, PanelState.POOL_CLOSED, PanelState.DRAWN, PanelState.SEATED,
    PanelState.DELIBERATING, PanelState.OPINION_ADOPTED, PanelState.HANDED_OVER, PanelState.ANSWERED,
    PanelState.FOLLOWED_UP,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part: where it leads, what waits there (``count``), and whether the panel waits for it (``is_next``)."""

    title: str
    url: str
    state: str
    icon: str = "list-checks"
    count: int = 0
    is_next: bool = False
    verb: str = ""

    @property
    def says(self) -> str:
        """The verb of its link."""
        return self.verb or pgettext("button", "Open")


def link(name: str, panel=None, **kwargs) -> str:
    """The address of a page of panels, empty when there is no such page."""
    if panel is not None:
        kwargs["slug"] = panel.slug
    try:
        return reverse(f"panels:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


def parts_for(viewer, panel) -> list[Part]:
    """The parts somebody works on, in their order."""
    found = (part(viewer, panel) for part in PARTS)
    return [one for one in found if one is not None and one.url]


def step_of(panel) -> dict:
    """Where the panel stands between its preparation and its last hearing, for ``theme/c/progress_steps.html``."""
    total = len(STEPS)
    step = STEPS.index(panel.state) + 1 if panel.state in STEPS else total
    words = {"step": step, "total": total, "state": panel.get_state_display()}
    return {"step": step, "total": total, "label": _("Step %(step)d of %(total)d: %(state)s") % words}


def role_words(viewer, panel) -> str:
    """The role somebody holds on a panel, in words; empty for an administrator who holds none."""
    role = rules.role_in(viewer, panel)
    return str(TeamRole(role).label) if role else ""


def stop_address(viewer, panel) -> str:
    """Where the panel is stopped; empty for who may not, and where there is nothing to stop."""
    if panel.state in (PanelState.DRAFT, PanelState.CLOSED):
        return ""
    return link("stop", panel) if rules.may_organise(viewer, panel) or rules.may_create(viewer) else ""


def throw_address(viewer, panel) -> str:
    """Where a panel in preparation is thrown away; empty for who may not, and once people were asked."""
    if not panel.is_draft or panel.batches.exists():
        return ""
    return link("throw_away", panel) if rules.may_organise(viewer, panel) or rules.may_create(viewer) else ""


def figures_for(panel) -> list[dict]:
    """How many letters went out, people registered, people in the draw; two statements, none in preparation."""
    if panel.is_draft:
        return []
    posted = (InvitationState.SENT, InvitationState.RETURNED, InvitationState.USED)
    letters = Invitation.objects.filter(batch__panel=panel, state__in=posted).count()
    counted = panel.candidates.aggregate(
        registered=Count("pk"),
        waiting=Count("pk", filter=Q(state=CandidateState.VOLUNTEERED)),
        drawable=Count("pk", filter=Q(state__in=COUNTED)),
    )
    figures = [(letters, _("Letters posted")), (counted["registered"], _("Registrations"))]
    if panel.is_preparing:
        figures += [(counted["waiting"], _("Wait for a decision")), (counted["drawable"], _("May be drawn"))]
    return [{"value": value, "label": label} for value, label in [*figures, (panel.seats, _("Seats"))]]


def mandate(viewer, panel) -> Part | None:
    """The question, the dates, whom to call."""
    if not (rules.may_organise(viewer, panel) or rules.may_create(viewer)):
        return None
    said = _("Everything may still change.") if panel.is_draft else _("Title, dates and telephone may still change.")
    return Part(_("Question, dates and contact"), link("edit", panel), said, icon="pencil")


def team(viewer, panel) -> Part | None:
    """Who works for the panel, who watches over it."""
    if not (rules.may_organise(viewer, panel) or rules.may_create(viewer)):
        return None
    missing = consistency.roles_missing(panel)
    count = panel.team.working().count()
    said = " ".join(missing) or ngettext("%(n)d person.", "%(n)d people.", count) % {"n": count}
    waits = bool(missing) and rules.may_create(viewer)
    return Part(_("Team"), link("team", panel), said, icon="users", count=count, is_next=waits)


def lists(viewer, panel) -> Part | None:
    """Where people come from."""
    if not rules.may_organise(viewer, panel):
        return None
    count = panel.source_lists.count()
    said = ngettext("%(n)d list.", "%(n)d lists.", count) % {"n": count}
    if not count:
        said = _("Say where people come from: add a list.")
    return Part(_("Source lists"), link("lists", panel), said, icon="map-pin", count=count, is_next=not count)


def quotas(viewer, panel) -> Part | None:
    """What the panel must reflect; for a guarantor, what waits for a signature."""
    if not (rules.may_organise(viewer, panel) or rules.may_watch(viewer, panel)):
        return None
    count = Quota.objects.filter(value__criterion__panel=panel).count()
    said = ngettext("%(n)d quota.", "%(n)d quotas.", count) % {"n": count}
    if not count:
        said = _("Say what the panel must reflect: bring in the quotas.")
    waiting = Relaxation.objects.filter(quota__value__criterion__panel=panel, signed_at__isnull=True).count()
    if waiting:
        told = ngettext("%(n)d relaxation waits for a signature.", "%(n)d relaxations wait for a signature.", waiting)
        said = f"{said} {told % {'n': waiting}}"
    is_next = bool(waiting) if rules.may_watch(viewer, panel) else not count
    return Part(_("Quotas"), link("quotas", panel), said, icon="scale", count=count, is_next=is_next)


def registration(viewer, panel) -> Part | None:
    """Opening registration, closing it, opening it again."""
    if not rules.may_organise(viewer, panel):
        return None
    title = _("Registration")
    if panel.is_draft:
        faults = consistency.faults_before_opening(panel)
        said = ngettext("%(n)d thing is missing.", "%(n)d things are missing.", len(faults)) % {"n": len(faults)}
        said = said if faults else _("Nothing is missing: registration may open.")
        return Part(title, link("open", panel), said, icon="circle-play", is_next=not faults)
    if panel.is_recruiting:
        said = _("Open until %(day)s.") % {"day": short_day(panel.registration_ends_on)}
        return Part(title, link("close", panel), said, icon="lock", verb=pgettext("button", "Close"))
    if panel.state == PanelState.POOL_CLOSED:
        said = _("Closed. It may be opened again until a draw is sealed.")
        return Part(title, link("reopen", panel), said, icon="lock", verb=pgettext("button", "Open again"))
    return None


def draws(viewer, panel) -> Part | None:
    """The draws: trials, the one to seal, to reveal, to certify."""
    if panel.is_draft or not (rules.may_organise(viewer, panel) or rules.may_watch(viewer, panel)):
        return None
    found = list(selectors.draws_of(viewer, panel))
    real = [one for one in found if not one.is_trial and one.state != DrawState.VOID]
    trials = sum(one.is_trial for one in found)
    said = _("No draw yet.")
    if real:
        words = {"number": real[-1].number, "state": real[-1].get_state_display().lower()}
        said = _("Draw %(number)d: %(state)s.") % words
    if trials:
        said += " " + ngettext("%(n)d trial.", "%(n)d trials.", trials) % {"n": trials}
    is_ready = not real or real[-1].state != DrawState.SEALED or real[-1].beacon_on <= clock.today()
    is_ready = is_ready and not (real and real[-1].state == DrawState.REVEALED)
    begun = panel.state == PanelState.POOL_CLOSED or real and real[-1].state != DrawState.CERTIFIED
    waits = bool(begun) and rules.may_organise(viewer, panel) and is_ready
    signs = any(one.state == DrawState.REVEALED for one in real) and rules.may_watch(viewer, panel)
    return Part(_("Draws"), link("draws", panel), said, icon="gavel", count=len(found), is_next=waits or signs)


def seats(viewer, panel) -> Part | None:
    """Who has each seat, once a draw is certified."""
    if panel.is_preparing or not (rules.may_enter(viewer, panel) or rules.may_watch(viewer, panel)):
        return None
    rows = list(selectors.seats_of(panel))
    empty = sum(one.holder is None and one.left_because != Departure.TERM for one in rows)
    said = ngettext("%(n)d seat is empty.", "%(n)d seats are empty.", empty) % {"n": empty}
    said = said if empty else _("Every seat has somebody.")
    is_next = bool(empty) and rules.may_enter(viewer, panel)
    return Part(_("Seats"), link("seats", panel), said, icon="user-round-check", count=len(rows), is_next=is_next)


def letters(viewer, panel) -> Part | None:
    """Letters to the people drawn from the lists: made, printed, posted, brought back."""
    if not rules.may_organise(viewer, panel):
        return None
    found = list(selectors.batches_of(viewer, panel))
    waiting = [one for one in found if one.secret is not None]
    said = ngettext("%(n)d batch.", "%(n)d batches.", len(found)) % {"n": len(found)}
    if waiting:
        told = ngettext("%(n)d is to be printed or posted.", "%(n)d are to be printed or posted.", len(waiting))
        said = f"{said} {told % {'n': len(waiting)}}"
    if not found:
        said = _("Send the names of the people drawn from your lists.") if panel.is_recruiting else _("No letter yet.")
    is_next = panel.is_recruiting and (bool(waiting) or not found)
    return Part(_("Letters"), link("letters", panel), said, icon="mail", count=len(found), is_next=is_next)


def entering(viewer, panel) -> Part | None:
    """Registering somebody who calls, while people register."""
    if not (panel.is_recruiting and rules.may_enter(viewer, panel)):
        return None
    return Part(
        _("Registrations by telephone"), link("enter", panel), _("Somebody calls: type what they say."), "phone"
    )


def papers(viewer, panel) -> Part | None:
    """Registrations on paper, typed by two people."""
    if not (panel.is_recruiting and rules.may_enter(viewer, panel)):
        return None
    count = panel.paper_entries.exclude(typed_by=viewer.user_id).count()
    told = ngettext("%(n)d paper waits for its second typing.", "%(n)d papers wait for their second typing.", count)
    said = told % {"n": count} if count else _("None waits for you.")
    title = _("Registrations on paper")
    return Part(title, link("papers", panel), said, icon="clipboard-list", count=count, is_next=bool(count))


def candidates(viewer, panel) -> Part | None:
    """Tickets and states, for the whole team; what waits, for those who decide."""
    if panel.is_draft or not rules.role_in(viewer, panel):
        return None
    waiting = panel.candidates.filter(state=CandidateState.VOLUNTEERED).count()
    told = ngettext("%(n)d ticket waits for a decision.", "%(n)d tickets wait for a decision.", waiting)
    said = told % {"n": waiting} if waiting else _("Tickets, and where each stands.")
    is_next = bool(waiting) and panel.is_recruiting and rules.may_enter(viewer, panel)
    return Part(_("Candidates"), link("candidates", panel), said, icon="inbox", count=waiting, is_next=is_next)


def calls(viewer, panel) -> Part | None:
    """The queue of calls."""
    if panel.is_draft or not rules.may_enter(viewer, panel):
        return None
    count = selectors.call_counts(viewer, panel)["to_make"]
    told = ngettext("%(n)d call is to be made now.", "%(n)d calls are to be made now.", count)
    said = told % {"n": count} if count else _("Nobody waits for a call now.")
    return Part(_("Calls"), link("calls", panel), said, icon="phone", count=count, is_next=bool(count))


def members(viewer, panel) -> Part | None:
    """Who sits, their accounts and badges, and the beginning of their work."""
    is_welcoming = panel.draws_nobody and panel.is_recruiting
    if panel.is_renewal or not (panel.state in WORKING or is_welcoming) or not rules.may_run(viewer, panel):
        return None
    count = panel.memberships.sitting().count()
    said = ngettext("%(n)d member.", "%(n)d members.", count) % {"n": count}
    waits = panel.state == PanelState.SEATED and rules.may_organise(viewer, panel)
    if waits:
        said = _("Every seat has somebody: the work may begin.")
    return Part(_("Members"), link("members", panel), said, icon="users", count=count, is_next=waits)


def renewal(viewer, panel) -> Part | None:
    """Having those drawn for a renewal join the standing panel, once every seat has somebody."""
    if not panel.is_renewal or panel.state != PanelState.SEATED or not rules.may_organise(viewer, panel):
        return None
    said = _("Every seat has somebody: they may join the panel.")
    return Part(_("Have the new members join"), link("take_over", panel), said, icon="users", is_next=True)


PARTS = [
    mandate, team, lists, quotas, registration, letters, entering, papers, candidates, draws, calls, seats, members,
    renewal,
]  # fmt: skip


def register(*parts) -> None:
    """Add the parts of a room above, once, after those of recruitment."""
    PARTS.extend(part for part in parts if part not in PARTS)
