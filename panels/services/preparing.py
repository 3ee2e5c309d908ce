"""A panel from its preparation to the end of registration: who works for it, where people come from, its states."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.search.freshness import changed

from .. import consistency, rules
from ..enums import BINDING, CandidateState, ListKind, PanelState, TeamRole
from ..models import Panel, SourceList, TeamMember
from .recording import record

FIELDS = (
    "slug", "kind", "site", "title", "question", "outside_mandate", "commissioner", "seats", "direct_seats",
    "contact_name", "contact_phone",
    "contact_hours", "contact_address", "registration_ends_on", "draw_on", "starts_on", "ends_on", "reply_days",
)  # fmt: skip
# Once people were asked, what they were asked and how many seats there are stay.
FIELDS_ONCE_ASKED = frozenset(FIELDS) - {
    "slug", "kind", "site", "question", "outside_mandate", "commissioner", "seats", "direct_seats",
}  # fmt: skip
# The kind under which the search knows panels.
FOUND_AS = "panel"
# Pages of the room itself.
TAKEN = frozenset({"atelier", "inscription", "les-miens", "nouveau"})


class WrongState(ValidationError):
    """The panel stands elsewhere; the sentence says where."""


@transaction.atomic
def create_panel(*, actor, **fields) -> Panel:
    """Begin to prepare a panel. Refuses who isn't an administrator, a panel nobody answers for, dates out of order."""
    rules.refuse_unless(rules.may_create(actor))
    _refuse_taken(fields.get("slug", ""))
    now = clock.now()
    panel = Panel(state_since=now, created_at=now, **_known(fields, FIELDS))
    panel.full_clean()
    _save(panel)
    record("created", panel, actor=actor)
    return panel


@transaction.atomic
def change_panel(*, actor, panel: Panel, **fields) -> Panel:
    """Write a panel again; once people were asked, its question, its direction and its seats no longer change."""
    held = hold(panel)
    rules.refuse_unless(rules.may_organise(actor, held) or rules.may_create(actor))
    _refuse_taken(fields.get("slug", ""))
    for name, value in _known(fields, FIELDS if held.is_draft else FIELDS_ONCE_ASKED).items():
        setattr(held, name, value)
    held.full_clean()
    _save(held)
    changed(FOUND_AS, held.pk)
    record("changed", held, actor=actor, payload={"fields": sorted(fields)})
    return held


@transaction.atomic
def name_to_team(*, actor, panel: Panel, person, role: str, shown_name: str = "", capacity: str = "") -> TeamMember:
    """Give somebody their one role on a panel, in place of another. Administrators alone.

    Refuses as organiser, keeper of the profiles or guarantor somebody of the direction that asks: trying bounds would
    tell them who registered. Refuses a guarantor without a name
    and a capacity to show.
    """
    rules.refuse_unless(rules.may_create(actor))
    if role not in TeamRole.values:
        raise ValidationError(_("This role isn’t one of a panel."))
    if role != TeamRole.FACILITATOR and rules.is_of_commissioner(person, panel):
        raise ValidationError(_("This person works for the direction that asks: name somebody else."))
    if panel.candidates.filter(account=person).exists():
        raise ValidationError(_("This person is a candidate: name somebody else."))
    if role == TeamRole.GUARANTOR and not (shown_name and capacity):
        raise ValidationError(_("A guarantor is named, with the capacity in which they watch."))
    member, _made = TeamMember.objects.update_or_create(
        panel=panel,
        person=person,
        defaults={
            "role": role, "shown_name": shown_name, "capacity": capacity, "since": clock.today(), "until": None,
        },
    )  # fmt: skip
    _look_after(panel)
    record("team_named", panel, actor=actor, payload={"role": str(role)}, at_once=True)
    return member


@transaction.atomic
def end_role(*, actor, member: TeamMember) -> None:
    """End somebody's role today."""
    rules.refuse_unless(rules.may_create(actor))
    TeamMember.objects.filter(pk=member.pk).delete()
    _look_after(member.panel)
    record("team_ended", member.panel, actor=actor, payload={"role": str(member.role)}, at_once=True)


def _look_after(panel: Panel) -> None:
    from .members import follow_team  # here because members are seated through this module

    follow_team(panel)


@transaction.atomic
def add_source_list(*, actor, panel: Panel, slug: str, label: str, kind: str, seats: int | None = None) -> SourceList:
    """Add an origin, with its reserved seats or none, before registration closes."""
    held = hold(panel, PanelState.DRAFT, PanelState.RECRUITING)
    rules.refuse_unless(rules.may_organise(actor, held))
    if kind not in ListKind.values:
        raise ValidationError({"kind": _("Choose a kind of list.")})
    made = SourceList(panel=held, slug=slug, label=label, kind=kind, seats=seats, position=held.source_lists.count())
    made.full_clean()
    made.save()
    record("list_added", held, actor=actor, about=f"list:{slug}", payload={"seats": seats})
    return made


@transaction.atomic
def remove_source_list(*, actor, source_list: SourceList) -> None:
    """Take a list away. Refuses once people were asked."""
    held = hold(source_list.panel, PanelState.DRAFT)
    rules.refuse_unless(rules.may_organise(actor, held))
    SourceList.objects.filter(pk=source_list.pk).delete()
    record("list_removed", held, actor=actor, about=f"list:{source_list.slug}")


@transaction.atomic
def open_registration(*, actor, panel: Panel) -> Panel:
    """Let people register. Refuses a panel without lists, criteria or a guarantor, and quotas that don't hold."""
    held = hold(panel, PanelState.DRAFT)
    rules.refuse_unless(rules.may_organise(actor, held))
    faults = consistency.faults_before_opening(held)
    if faults:
        raise ValidationError(faults)
    return move(held, PanelState.RECRUITING, actor, "registration_opened")


@transaction.atomic
def close_registration(*, actor, panel: Panel) -> Panel:
    """Nobody registers any more: those who may be drawn are in the draw.

    Refuses while a registration waits for its decision: somebody who registered in time is drawn or told why not.
    """
    held = hold(panel, PanelState.RECRUITING)
    rules.refuse_unless(rules.may_organise(actor, held))
    for code, sentence in consistency.faults_before_closing(held):
        raise WrongState(sentence, code=code)
    entering = held.candidates.filter(state=CandidateState.ELIGIBLE)
    count = entering.update(state=CandidateState.IN_POOL)
    moved = move(held, PanelState.POOL_CLOSED, actor, "registration_closed", {"count": count})
    from .figures import count_at_closing  # here because figures read what every service writes

    count_at_closing(moved)
    _forget_codes(held)
    return moved


def _forget_codes(panel: Panel) -> None:
    """Nothing is registered any more: addresses and secrets of letters go, if somebody forgot them."""
    from .letters import forget_addresses  # here because letters hold panels through this module

    for batch in panel.batches.filter(mailed_at__isnull=True):
        forget_addresses(batch)


@transaction.atomic
def reopen_registration(*, actor, panel: Panel, until) -> Panel:
    """Let people register again, with a later last day. Refuses while a draw stands sealed."""
    held = hold(panel, PanelState.POOL_CLOSED)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.draws.filter(state__in=BINDING).exists():
        raise WrongState(_("A draw of this panel is sealed: void it first, with its reason."), code="sealed")
    held.registration_ends_on = until
    if until < clock.today():
        raise ValidationError({"registration_ends_on": _("This day is past: choose a later one.")})
    held.full_clean()
    held.save(update_fields=["registration_ends_on"])
    held.candidates.in_pool().update(state=CandidateState.ELIGIBLE)
    from .figures import forget_closing  # here because figures read what every service writes

    forget_closing(held)
    return move(held, PanelState.RECRUITING, actor, "registration_reopened")


@transaction.atomic
def stop_panel(*, actor, panel: Panel, because: str) -> Panel:
    """End a panel, with a reason that everybody reads; people who registered are erased three months later."""
    held = hold(panel)
    rules.refuse_unless(rules.may_organise(actor, held) or rules.may_create(actor))
    if held.state in (PanelState.DRAFT, PanelState.CLOSED):
        raise WrongState(_("There is nothing to stop."), code="state")
    if not because.strip():
        raise ValidationError({"because": _("Write why: everybody reads it.")})
    held.stopped_because = because.strip()
    held.save(update_fields=["stopped_because"])
    from .figures import freeze_figures  # here because figures read what every service writes

    freeze_figures(held)
    return move(held, PanelState.CLOSED, actor, "stopped")


@transaction.atomic
def throw_away(*, actor, panel: Panel) -> None:
    """Take away a panel of which nobody was asked anything, with its team, lists and quotas; the journal keeps that.

    Refuses one that recruits or did, and one whose letters are begun: they have names.
    """
    held = hold(panel, PanelState.DRAFT)
    rules.refuse_unless(rules.may_organise(actor, held) or rules.may_create(actor))
    if held.batches.exists():
        raise WrongState(_("Letters of this panel were begun: it stays. Open it, or leave it."), code="letters")
    record("thrown_away", held, actor=actor, payload={"title": held.title}, at_once=True)
    held.delete()


def hold(panel: Panel, *states: str) -> Panel:
    """The panel as it is now, held until the end of the transaction; refuses another state than these."""
    held = Panel.objects.select_for_update(of=("self",)).select_related("commissioner").get(pk=panel.pk)
    if states and held.state not in states:
        raise WrongState(
            _("This panel is at “%(state)s”: this can’t be done now.") % {"state": held.get_state_display()},
            code="state",
        )
    return held


def move(panel: Panel, state: str, actor, verb: str, payload: dict | None = None) -> Panel:
    """Move a held panel; of two people at once, one moves it and the other reads where it stands."""
    before, now = panel.state, clock.now()
    if not Panel.objects.filter(pk=panel.pk, state=before).update(state=state, state_since=now):
        raise WrongState(_("Somebody has just moved this panel: read it again."), code="state")
    panel.state, panel.state_since = state, now
    changed(FOUND_AS, panel.pk)
    record(verb, panel, actor=actor, payload={"from": str(before), "to": str(state), **(payload or {})}, at_once=True)
    return panel


def _save(panel: Panel) -> None:
    """Two at once under one address: the second is refused in words, as if it had come after."""
    try:
        with transaction.atomic():
            panel.save()
    except IntegrityError:
        panel.validate_unique()
        raise


def _refuse_taken(slug: str) -> None:
    if slug in TAKEN:
        raise ValidationError({"slug": _("Terrain uses this address: choose another one.")})


def _known(fields: Mapping, names) -> dict:
    unknown = set(fields) - set(names)
    if unknown:
        raise ValidationError(
            _("This can’t change any more: %(names)s.") % {"names": ", ".join(sorted(unknown))}, code="frozen"
        )
    return dict(fields)
