"""Who reads, contributes, organises and moderates; and where a text stands: computed when asked, never stored."""

from datetime import datetime

from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.limits import inside_limits, limits_of, who_may_propose
from src.participation.rules import anonymous_offered, identity_modes_offered, phase_status, phases_of, takes_part
from src.participation.rules import is_open as space_is_open

from .enums import ContributionKind, OutcomeKind, TextState

ACTIVITY = "texts"
CARRIED = (OutcomeKind.TAKEN, OutcomeKind.PARTLY)


def state_of(text, now: datetime | None = None) -> TextState:
    """Where it stands now; a late tick closes nothing late."""
    moment = now or clock.now()
    if text.closed_at is not None:
        return TextState.CLOSED
    if text.current is None:
        return TextState.PREPARED
    if not text.space.is_draft and space_is_open(text.space, PhaseVerb.COMMENT, moment):
        return TextState.OPEN
    phases = [phase for phase in phases_of(text.space) if PhaseVerb.COMMENT in phase.verbs]
    over = any(phase.ends_at is not None and phase.ends_at <= moment for phase in phases)
    coming = any(phase.starts_at > moment for phase in phases)
    return TextState.STUDIED if over and not coming else TextState.COMING


def is_open(text, now: datetime | None = None) -> bool:
    """Whether contributions are taken now."""
    return state_of(text, now) == TextState.OPEN


def until(text):
    """When the period of contributions that runs ends; None without an end."""
    return phase_status(text.space).until_of(PhaseVerb.COMMENT)


def opens_at(text):
    """When the next period of contributions begins, when one is planned."""
    now = clock.now()
    coming = [p.starts_at for p in phases_of(text.space) if PhaseVerb.COMMENT in p.verbs and p.starts_at > now]
    return min(coming, default=None)


def why_not_contribute(user, text) -> str:
    """The sentence for somebody who may not contribute; empty for those who may, were it open."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return _("Sign in to contribute. Without an account, use the sheet of paper.")
    if not takes_part(viewer, text.space):
        return _("This text is for the people of its space.")
    if not inside_limits(viewer, text.space):
        return _("Only the people concerned contribute (%(who)s).") % {"who": who_may_propose(text.space)}
    return ""


def closed_sentence(text) -> str:
    """Why nothing is taken at the moment."""
    state = state_of(text)
    if state == TextState.CLOSED:
        return _("This text is closed: contributions are over.")
    if state == TextState.STUDIED:
        return _("The period of contributions is over: each of them is being answered.")
    return _("This text doesn't take contributions at the moment.")


def modes_offered(text) -> list[str]:
    """The ways a person signed in may contribute."""
    return list(identity_modes_offered(text.space))


def is_own(user, contribution) -> bool:
    """Whether the person wrote it, named or not."""
    viewer = as_viewer(user)
    if contribution.author_id is not None:
        return viewer.is_authenticated and contribution.author_id == viewer.user_id
    return contribution.handle in viewer.own_handles


def why_not_change(user, contribution, text, *, answered: bool) -> str:
    """Why its author may not change or take back a contribution now; empty when they may.

    Until the period ends, on the last version, as long as nobody replied or supported it and it has no outcome: others
    answered these words. Read on facts, never on the hour it was sent: a protected one has none.
    """
    if not is_own(user, contribution):
        return _("This contribution isn't yours.")
    if contribution.is_withdrawn:
        return _("This contribution was taken back.")
    if not contribution.is_shown:
        return _("The moderation is reading this contribution: it can't be changed.")
    if not is_open(text) or text.current.pk != contribution.unit.version_id:
        return _("The period of contributions to this version is over: it stays as it was sent.")
    if answered:
        return _("Somebody replied, supported it or gave it an outcome: it stays as it was sent.")
    return ""


def may_organise(user, text) -> bool:
    """Whether the person cuts, opens, rewrites and closes it; the same answer as ``organised_by``."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or text.space_id in viewer.role_spaces(Role.FACILITATOR)


def may_use_workshop(user) -> bool:
    """Whether there is anything the person organises."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or bool(viewer.role_spaces(Role.FACILITATOR))


def moderates(user, text, contribution=None) -> bool:
    """Whether the person decides on contributions here; never on their own."""
    viewer = as_viewer(user)
    unit = text.space.steering_unit
    held = viewer.is_agent and viewer.has_role(
        Role.MODERATOR, unit_path=unit.path if unit else "", space_id=text.space_id
    )
    return held and (contribution is None or not is_own(viewer, contribution))


def reads(user, contribution, text) -> bool:
    """Whether the person reads its words: what moderation hides is its author's and the moderators'."""
    return contribution.is_shown or is_own(user, contribution) or moderates(user, text)


def outcomes_for(kind: str, text) -> list[str]:
    """The outcomes that fit: a wording is never only "answered", and only an agreement is "taken" by a closed text."""
    found = list(OutcomeKind)
    if kind == ContributionKind.AMEND:
        found.remove(OutcomeKind.ANSWERED)
    if text.closed_at is not None and kind != ContributionKind.SUPPORT:
        found = [one for one in found if one not in CARRIED]
    return found


def paper_mode(space) -> str:
    """The identity of what a sheet says: nobody's where the space allows it, else a protected name; or none."""
    if anonymous_offered(space):
        return IdentityMode.ANONYMOUS
    return IdentityMode.PROTECTED if IdentityMode.PROTECTED in identity_modes_offered(space) else ""


def why_no_sheet(text) -> str:
    """Why no sheet of paper is taken here; empty when it is."""
    if not paper_mode(text.space):
        return _("Contributions are signed here: a sheet, which asks for no name, can't be taken.")
    if any(limit.job_family_id is not None for limit in limits_of(text.space)):
        return _("A sheet doesn't say its author's job: it can't be taken here.")
    return ""


def why_not_from(space, place) -> str:
    """Why sheets gathered at this place aren't taken; empty when they are."""
    above = {int(part) for part in place.path.split("/") if part} if place is not None else set()
    units = {limit.unit_id for limit in limits_of(space) if limit.unit_id is not None}
    if units and not units & above:
        return _("These sheets don't come from a place concerned (%(who)s).") % {"who": who_may_propose(space)}
    if space.circle == Circle.MEMBERS and space.member_unit_id not in above:
        return _("These sheets don't come from a place of this space.")
    return ""
