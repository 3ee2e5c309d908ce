"""Members: made of those who confirmed a seat, given an account and a space; their work begins, and they may leave."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from src.directory.enums import AccountKind, Role
from src.directory.services import create_account
from src.directory.services.codes import IssuedCode, issue_codes
from src.foundations import clock
from src.foundations.references import new_reference
from src.participation.ballots.rules import ACTIVITY as BALLOTS
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.models import SpaceMember, SpaceRoleGrant
from src.participation.services import end_space_role, grant_space_role, plan_phase
from src.participation.services.spaces import end_invitation, invite_member, open_space
from src.questionnaires.rules import ACTIVITY as QUESTIONNAIRES

from .. import rules
from ..enums import WORKING, CandidateState, MembershipWay, PanelState, TeamRole
from ..models import Candidate, Membership, Panel
from .preparing import WrongState, hold, move
from .recording import record

# What a panel asks of its members, in the rooms below.
ACTIVITIES = (QUESTIONNAIRES, BALLOTS)
# Once the mandate is over, the team still follows the answers.
AFTER = timedelta(days=400)
LONGEST_NAME = 60
# Of accounts made here: they say nothing of the ticket.
PREFIX = "membre-"


def seat_member(
    candidate: Candidate, *, way: str = MembershipWay.DRAWN, designated_by: str = "", term_ends_on=None
) -> Membership:
    """Make a member of somebody who has just been seated, in the caller's transaction; invited where members work.

    Somebody drawn for a renewal sits on the panel that is renewed.
    """
    panel = candidate.panel.renews or candidate.panel
    last = Membership.objects.filter(panel=panel).aggregate(last=Max("number"))["last"] or 0
    made = Membership.objects.create(
        panel=panel,
        candidate=candidate,
        number=last + 1,
        way=way,
        designated_by=designated_by,
        term_ends_on=term_ends_on,
        since=clock.today(),
    )
    _invite(made)
    return made


def end_membership(candidate: Candidate) -> None:
    """End it for somebody who has just left their seat, in the caller's transaction: they work there no more."""
    found = Membership.objects.sitting().filter(candidate=candidate).select_related("panel").first()
    if found is None:
        return
    Membership.objects.filter(pk=found.pk).update(left_on=clock.today())
    for invited in SpaceMember.objects.filter(space_id=found.panel.space_id, user_id=candidate.account_id):
        until = clock.today() - timedelta(days=1)
        end_invitation(invited, until=max(until, invited.since))


@transaction.atomic
def begin_work(*, actor, panel: Panel, because: str = "") -> Panel:
    """Open the members' space and begin the work. Organisers. With empty seats, refused without a reason.

    The space takes questionnaires and votes; every member who has an account is invited, the team looks after it.
    A questionnaire published there is open at once, until the team closes it.
    """
    states = (PanelState.RECRUITING,) if panel.draws_nobody else (PanelState.DRAWN, PanelState.SEATED)
    held = hold(panel, *states)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.is_renewal:
        raise WrongState(_("Those drawn for a renewal join the standing panel: begin there."), code="kind")
    if not Membership.objects.sitting().filter(panel=held).exists():
        raise WrongState(_("Nobody has a seat yet."), code="state")
    if held.state == PanelState.DRAWN:
        if not because.strip():
            raise ValidationError(
                {"because": _("Seats are empty: write why the panel begins so. Everybody reads it.")}
            )
        held.incomplete_because = because.strip()
    held.space = open_space(
        actor=getattr(actor, "user", actor),
        slug=f"panel-{held.slug}"[:64],
        name=held.title[:120],
        circle=Circle.MEMBERS,
        activities=list(ACTIVITIES),
        identity_modes=[IdentityMode.NAMED],
        steering_unit=held.commissioner,
        on_home_page=False,
    )
    plan_phase(
        actor=getattr(actor, "user", actor), space=held.space, name=_("Questions to members"),
        verbs=[PhaseVerb.ANSWER], starts_at=clock.now(),
    )  # fmt: skip
    Panel.objects.filter(pk=held.pk).update(space=held.space, incomplete_because=held.incomplete_because)
    follow_team(held)
    for one in Membership.objects.sitting().filter(panel=held).select_related("panel", "candidate__account"):
        _invite(one)
    move(held, PanelState.DELIBERATING, actor, "work_begun")
    return held


def follow_team(panel: Panel) -> None:
    """Give organisers and facilitators the members' space to look after, and take it from those who no longer are."""
    if panel.space_id is None:
        return
    team = panel.team.working().filter(role__in=[TeamRole.ORGANISER, TeamRole.FACILITATOR], person__isnull=False)
    wanted = {one.person_id: one for one in team.select_related("person")}
    today = clock.today()
    for grant in SpaceRoleGrant.objects.filter(space_id=panel.space_id, role=Role.FACILITATOR, ends_on__gte=today):
        if wanted.pop(grant.user_id, None) is None:
            end_space_role(grant)
    for one in wanted.values():
        grant_space_role(
            user=one.person, role=Role.FACILITATOR, space=panel.space, ends_on=max(panel.ends_on, today) + AFTER
        )


@transaction.atomic
def give_accounts(*, actor, panel: Panel, members: Iterable[Membership] | None = None) -> list[IssuedCode]:
    """Give an account to members who have none, and one code each for a letter, in clear here and nowhere else.

    Organisers. ``members`` narrows it; one who has an account gets a new code in place of the former, if the account
    was made here. The name on it is the name on their badge. Refuses before the work begins.
    """
    held = hold(panel, *WORKING)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.space_id is None:
        raise WrongState(_("Begin the work first: members have no space yet."), code="state")
    wanted = Membership.objects.sitting().filter(panel=held)
    if members is not None:
        wanted = wanted.filter(pk__in=[one.pk for one in members])
    accounts = []
    for one in wanted.select_related("candidate__account"):
        if one.candidate.account is None:
            _open_account(one)
        elif members is None or not one.candidate.account.username.startswith(PREFIX):
            continue
        accounts.append(one.candidate.account)
    issued = issue_codes(accounts, actor=getattr(actor, "user", actor)) if accounts else []
    record("accounts_given", held, actor=actor, payload={"count": len(issued)})
    return issued


def _open_account(membership: Membership) -> None:
    account = create_account(
        username=f"{PREFIX}{new_reference(6)}",
        kind=AccountKind.EXTERNAL,
        first_name=membership.label[:LONGEST_NAME],
    )
    Candidate.objects.filter(pk=membership.candidate_id).update(account=account)
    membership.candidate.account = account
    _invite(membership)


@transaction.atomic
def link_account(*, candidate: Candidate, account) -> Membership:
    """Join somebody's seat to the account they are signed in with; whoever calls it has proved the ticket.

    Refuses who has no seat, who has another account already, and somebody of the panel's team.
    """
    found = Membership.objects.sitting().select_related("panel", "candidate").filter(candidate=candidate).first()
    user = getattr(account, "user", account)
    if found is None:
        raise WrongState(_("This ticket has no seat."), code="state")
    panel = hold(found.panel, *WORKING)
    if found.candidate.account_id not in (None, user.pk):
        raise WrongState(_("This seat already has an account."), code="account")
    if rules.role_in(user, panel):
        raise ValidationError(_("You work for this panel: you can’t sit on it."))
    others = Membership.objects.sitting().filter(panel=panel, candidate__account=user)
    if others.exclude(pk=found.pk).exists():
        raise ValidationError(_("Your account already has a seat on this panel."))
    Candidate.objects.filter(pk=candidate.pk).update(account=user)
    found.candidate.account = user
    _invite(found)
    record("account_linked", panel, actor=user, about=f"member:{found.number}")
    return found


@transaction.atomic
def name_badge(*, membership: Membership, shown_name: str, by_post: bool | None = None, actor=None) -> Membership:
    """Write the name others read, and whether everything is posted too; by its owner, or by the team for them."""
    if actor is not None:
        rules.refuse_unless(
            rules.membership_id(actor, membership.panel) == membership.pk or rules.may_run(actor, membership.panel)
        )
    name = " ".join(shown_name.split())
    if len(name) > LONGEST_NAME:
        raise ValidationError({"shown_name": _("Sixty characters at most.")})
    membership.shown_name = name
    if by_post is not None:
        membership.by_post = by_post
    membership.save(update_fields=["shown_name", "by_post"])
    account = membership.candidate.account
    if account is not None and account.username.startswith(PREFIX):
        account.first_name = membership.label
        account.save(update_fields=["first_name"])
    return membership


def _invite(membership: Membership) -> None:
    """Let somebody who has an account in where members work."""
    panel, account = membership.panel, membership.candidate.account
    if panel.space_id is None or account is None:
        return
    if not SpaceMember.objects.filter(space_id=panel.space_id, user=account).exists():
        invite_member(space=panel.space, user=account)


def members_confirmed(panel: Panel) -> list[Membership]:
    """Make members of everybody seated who is none yet; answers them. Those of a renewal join when it takes over."""
    if panel.is_renewal:
        return []
    new = Candidate.objects.filter(seat__panel=panel, state=CandidateState.SEATED, membership__isnull=True)
    return [
        seat_member(one)
        for one in new.select_related("panel__space", "panel__renews", "account").order_by("seat__number")
    ]
