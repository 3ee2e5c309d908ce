"""The kinds of space that ideas run: what an organiser chooses from in the administration."""

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.foundations import clock
from src.participation.ballots.rules import ACTIVITY as VOTING
from src.participation.ballots.services import prepare_choice
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.kinds import EVERYTHING, PlannedPhase, SpaceKind, register
from src.workflow.enums import StageKind

from .forms.cohort import wizard_fields
from .models import CohortMilestone, Idea
from .rules import ACTIVITY
from .services.accompanying import plan_cohort
from .services.jury import jurors_of

REACTIONS = (PhaseVerb.SUPPORT, PhaseVerb.COMMENT)


def lacks_a_decider(space) -> list[str]:
    """Where one cell decides for all, somebody must hold that role for it."""
    today = clock.today()
    above = [int(part) for part in space.steering_unit.path.split("/") if part] if space.steering_unit else []
    held = RoleGrant.objects.filter(
        Q(unit__isnull=True) | Q(unit_id__in=above),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.DECISION_MAKER,
        starts_on__lte=today,
    )
    if held.exists():
        return []
    return [gettext("Nobody decides for the unit that runs it: give the role of decision-maker there.")]


def choice_is_announced(space) -> str:
    """Why the number to choose no longer changes."""
    if Idea.objects.filter(space=space, stage_kind=StageKind.SELECTED).exists():
        return gettext("The choice was announced: as many as were told are chosen.")
    return ""


def with_its_vote(space, *, actor=None) -> None:
    """Whoever creates it finds the vote in preparation: what was studied is written in it, or it is thrown away.

    A space that a command loads (``actor`` None) has none: its choice is loaded with it.
    """
    if actor is None:
        return
    prepare_choice(actor=actor, space=space, after=space.phases.latest("ends_at").ends_at)


PERMANENT_BOX = SpaceKind(
    code="permanent-box",
    name=_("Permanent box"),
    purpose=_("One idea, one answer, all year round."),
    does=(
        _("Everybody proposes, supports and comments whenever they like."),
        _("A direction studies each idea, and a named person answers before a promised day."),
    ),
    example=_("For example: “Simpler together”, ideas to work or serve better."),
    activity=ACTIVITY,
    process="permanent-box",
    phases=(PlannedPhase(pgettext_lazy("phase", "Open all year round"), EVERYTHING, None),),
    icon="lightbulb",
)
CHOOSE_TOGETHER = SpaceKind(
    code="choose-together",
    name=_("Collect, study, choose"),
    purpose=_("Many proposals, some studied, a number fixed in advance chosen and announced together."),
    does=(
        _("People propose until a day; the cell keeps some proposals for the study."),
        _("Each one studied receives its answer the same day, chosen or not."),
        _("Exactly as many as said are chosen: one more or one less can’t be announced."),
        _(
            "A vote of agents is prepared for the end of the study: the cell opens it, or throws it away and chooses "
            "itself."
        ),
    ),
    example=_("For example: “Sober services”, 64 proposals, 21 studied, 7 chosen."),
    activity=ACTIVITY,
    process="choose-together",
    phases=(
        PlannedPhase(pgettext_lazy("phase", "Proposals"), EVERYTHING, 42),
        PlannedPhase(pgettext_lazy("phase", "Study"), REACTIONS, 60),
    ),
    icon="list-checks",
    numbers={"chosen_count": 7},
    set_up=with_its_vote,
    lacks=lacks_a_decider,
    settled=choice_is_announced,
    beside=(VOTING,),
)


JURORS_AT_LEAST = 3


def lacks_a_jury(space) -> list[str]:
    """A call with a jury opens once three people may score, and somebody decides."""
    sentences = lacks_a_decider(space)
    if len(jurors_of(space)) < JURORS_AT_LEAST:
        sentences.append(
            gettext("The jury has fewer than three people: give them the role of assessor in this space.")
        )
    return sentences


JURY_CALL = SpaceKind(
    code="jury-call",
    name=_("Call with a jury"),
    purpose=_("A question, a day to answer it, a jury, laureates announced together."),
    does=(
        _("People propose until a day; the cell keeps the proposals that go before the jury."),
        _("Each juror scores without seeing the others, and never where they have a conflict of interest."),
        _("The laureates and all the others receive their answer the same day."),
    ),
    example=_("For example: “Mind your back”, tools and gestures against pain at work, 4 laureates."),
    activity=ACTIVITY,
    process="jury-call",
    phases=(
        PlannedPhase(pgettext_lazy("phase", "Proposals"), EVERYTHING, 42),
        PlannedPhase(pgettext_lazy("phase", "Jury"), REACTIONS, 45),
    ),
    icon="users",
    numbers={"chosen_count": 4},
    team=Role.INSTRUCTOR,
    lacks=lacks_a_jury,
    settled=choice_is_announced,
)


def lacks_a_cohort(space) -> list[str]:
    """A cohort opens once it has its milestones, signed applications among agents, and somebody who decides."""
    sentences = lacks_a_decider(space)
    if space.cohort_seats is None:
        sentences.append(gettext("Say how many seats the cohort has."))
    if not CohortMilestone.objects.filter(space=space).exists():
        sentences.append(gettext("Plan its milestones and its demo day."))
    if set(space.identity_modes) != {IdentityMode.NAMED}:
        sentences.append(gettext("A cohort names its people: applications are signed, and nothing else is offered."))
    if space.circle == Circle.EVERYONE:
        sentences.append(gettext("A cohort names agents: it is for agents or for the members of a space."))
    return sentences


def seats_are_told(space) -> str:
    """Why the number of seats no longer changes."""
    if space.first_contribution_at is not None:
        return gettext("Frozen since the first application: people applied knowing how many seats there are.")
    return ""


COHORT = SpaceKind(
    code="cohort",
    name=_("Cohort"),
    purpose=_("People apply, a number of them hold a seat, and a mentor goes with each project until its demo day."),
    does=(
        _("One applies alone or together; each says yes for themself, and their managers say when they are free."),
        _("Seats are counted, for each direction too: one more can’t be given."),
        _("The mentor, and nobody else, validates each milestone; without all of them, no diploma."),
    ),
    example=_("For example: “The Stopover”, 20 agents, 2 of each direction."),
    activity=ACTIVITY,
    process="cohort",
    phases=(
        PlannedPhase(pgettext_lazy("phase", "Applications"), (PhaseVerb.PROPOSE, PhaseVerb.COMMENT), 42),
        PlannedPhase(pgettext_lazy("phase", "Cohort"), (PhaseVerb.COMMENT,), 300),
    ),
    icon="group",
    identity_modes=(IdentityMode.NAMED,),
    numbers={"cohort_seats": 20, "direction_seats": 2},
    optional_numbers=frozenset({"direction_seats"}),
    fields=wizard_fields,
    set_up=plan_cohort,
    lacks=lacks_a_cohort,
    settled=seats_are_told,
)


def register_all() -> None:
    """Offer them, in the order of the first screen."""
    for kind in (PERMANENT_BOX, CHOOSE_TOGETHER, JURY_CALL, COHORT):
        register(kind)
