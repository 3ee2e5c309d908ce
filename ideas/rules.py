"""Who may do what with an idea: small predicates (who, where, when) combined once, in one table."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext as _

from src.accountability.rules import ANSWERERS, can_meet_condition
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation import neutral
from src.participation.enums import IdentityMode, PhaseVerb, Signature
from src.participation.limits import inside_limits
from src.participation.rules import can_see_space, is_open, takes_part
from src.workflow import process_cache
from src.workflow.enums import CLOSING, Actor, StageKind
from src.workflow.selectors import transitions_for

from .enums import IDEA_ROLES, NOTE_ROLES, OFFICIAL_VOICES

FREE_EDIT = timedelta(minutes=60)
# Before anybody was given the idea, its author may still say where it belongs and correct it.
EARLY = frozenset({StageKind.SUBMITTED, StageKind.NEEDS_INFO, StageKind.OPEN})
SILENT = frozenset({StageKind.WITHDRAWN, StageKind.REMOVED, StageKind.MERGED, StageKind.DORMANT})
# An idea others may join: read, and not being answered yet.
TAKES_MERGES = frozenset({StageKind.OPEN, StageKind.QUALIFIED, StageKind.IN_REVIEW})
# Answers that say what could change them.
REFUSED = frozenset({StageKind.DECLINED, StageKind.DEFERRED})
ACTIVITY = "ideas"


def can(user, action: str, idea) -> bool:
    """Whether ``user`` may do ``action`` on ``idea`` now; KeyError for an action nobody declared."""
    return TABLE[action](as_viewer(user), idea)


def can_view(user, idea) -> bool:
    """Whether ``user`` may see ``idea``; the same answer as ``Idea.objects.visible_to``."""
    viewer = as_viewer(user)
    if idea.is_of(viewer):
        return True
    roles = idea.roles_of(viewer)
    return bool(roles) or (idea.is_shown and can_see_space(viewer, idea.space))


def can_read_comment(user, comment, idea) -> bool:
    """Whether ``user`` reads the words of a comment under an idea they see: the same answer as ``visible_to``.

    What moderation hides is read by its author and the moderators; the others see that it stood there.
    """
    viewer = as_viewer(user)
    return comment.is_shown or is_own_comment(viewer, comment) or Role.MODERATOR in idea.roles_of(viewer)


def is_own_comment(viewer, comment) -> bool:
    """Whether the viewer wrote the comment, under a name or not."""
    if comment.author_id is not None:
        return viewer.is_authenticated and comment.author_id == viewer.user_id
    return comment.handle in viewer.own_handles


def why_not_report(user, idea, comment=None) -> str:
    """The sentence that says why a text can't be reported; empty when it can."""
    viewer = as_viewer(user)
    if not viewer.is_agent:
        return _("Reports are made by the City's agents, once signed in.")
    if is_own_comment(viewer, comment) if comment is not None else idea.is_of(viewer):
        return _("This text is yours.")
    if not (comment or idea).is_shown:
        return _("This text is already hidden.")
    return ""


def why_not_thank(idea) -> str:
    """The sentence that says why an idea's author can't thank those who answered; empty when they can."""
    if idea.decision_id is None:
        return _("There is no answer to thank for.")
    if not idea.is_shown or idea.stage_kind in SILENT:
        return _("This idea is no longer shown: nothing can be added to it.")
    if idea.comments.filter(thanked_id=idea.decision_id).exists():
        return _("You have already thanked those who answered.")
    period = neutral.current()
    return neutral.held_words(period) if period else ""


def moderates(user, idea, comment=None) -> bool:
    """Whether ``user`` decides on an idea, or on a comment under it: never on what they wrote, or under their idea.

    Whether they reported it is asked of the reports, when they decide.
    """
    viewer = as_viewer(user)
    return idea.is_moderated_by(viewer) and (comment is None or not is_own_comment(viewer, comment))


def may_propose(user, space) -> bool:
    """Whether ``user`` may send an idea to ``space`` now: in its circle and limits, while a phase says so."""
    viewer = as_viewer(user)
    return (
        viewer.is_authenticated
        and ACTIVITY in space.activities
        and space.process_id is not None
        and takes_part(viewer, space)
        and is_open(space, PhaseVerb.PROPOSE)
        and inside_limits(viewer, space)
    )


def stage_of(idea):
    """The stage of an idea, from the process kept in memory."""
    return process_cache.graph(idea.process_id).stage(idea.stage_id)


def accepts_supports(idea) -> bool:
    return not idea.is_imported and stage_of(idea).accepts_supports


def takes_co_authors(idea) -> bool:
    """Whether its authors may still change: signed by a person, shown, on its way and not answered."""
    signed = idea.identity_mode == IdentityMode.NAMED and idea.signature == Signature.PERSON
    open_way = idea.stage_kind not in CLOSING | SILENT and idea.decision_id is None
    return signed and open_way and idea.is_shown and not idea.is_imported and idea.author_id is not None


def is_early(idea) -> bool:
    """Not given to a direction yet."""
    return not idea.is_imported and idea.stage_kind in EARLY and not idea.scale


def organises(user, space) -> bool:
    """Whether ``user`` runs the cohort of ``space``: milestones, mentors, diplomas."""
    viewer = as_viewer(user)
    path = space.steering_unit.path if space.steering_unit else ""
    roles = (Role.FACILITATOR, Role.IDEA_CORRESPONDENT)
    return viewer.is_agent and any(viewer.has_role(role, unit_path=path, space_id=space.pk) for role in roles)


def takes_people(idea) -> bool:
    """Whether an application may still name people: nobody has kept it yet."""
    return not idea.is_imported and idea.stage_kind in EARLY and not idea.scale


def in_free_edit(idea) -> bool:
    """Signed and sent less than an hour ago. An idea that isn't signed keeps no hour: it has no such window."""
    return not idea.is_sealed and clock.now() < idea.created_at + FREE_EDIT


def why_not_support(user, idea) -> str:
    """The sentence that says why a support can't be given now; empty when it can."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return _("Sign in to support this idea.")
    if idea.is_imported or idea.space.is_archive:
        return _("These contributions come from another platform: they can be read, not supported.")
    if not idea.is_shown:
        return _("This idea is hidden: nobody can support it at the moment.")
    if not stage_of(idea).accepts_supports:
        return _("Supports stopped when the answer was given or the idea left its way.")
    if idea.is_of(viewer):
        return _("You can't support your own proposal: your colleagues can.")
    if not takes_part(viewer, idea.space):
        return _("You read this idea by your role: only the members of its space support it.")
    if not is_open(idea.space, PhaseVerb.SUPPORT):
        return _("Supports aren't open here at the moment.")
    return ""


def has_seat(viewer, idea) -> bool:
    """Whether the viewer was asked to assess the idea and has neither answered nor stepped aside."""
    if idea.stage_kind != StageKind.IN_REVIEW or not viewer.has_role(Role.INSTRUCTOR):
        return False
    return idea.assessors.filter(user_id=viewer.user_id, is_declined=False, assessment__isnull=True).exists()


def _was_asked(viewer, idea) -> bool:
    return viewer.has_role(Role.INSTRUCTOR) and idea.assessors.filter(user_id=viewer.user_id).exists()


# ------------------------------------------------------------------------------------------------ predicates
def _is_author(viewer, idea) -> bool:
    return idea.is_of(viewer)


def _works_on_it(viewer, idea) -> bool:
    return bool(idea.roles_of(viewer) & IDEA_ROLES)


def _sees_workshop(viewer, idea) -> bool:
    if idea.is_of(viewer) or idea.is_imported:
        return False
    return _works_on_it(viewer, idea) or _was_asked(viewer, idea)


def _may_edit(viewer, idea) -> bool:
    return _is_author(viewer, idea) and is_early(idea) and (in_free_edit(idea) or idea.counts.supports == 0)


def takes_comments(idea, moment=None) -> bool:
    """Whether comments are open on the idea, now or at the moment they were written on paper."""
    open_stage = not idea.is_imported and idea.is_shown and idea.stage_kind not in SILENT
    return open_stage and is_open(idea.space, PhaseVerb.COMMENT, moment)


def _reads_open_comments(viewer, idea) -> bool:
    return viewer.is_authenticated and takes_comments(idea) and can_view(viewer, idea)


def _may_comment(viewer, idea) -> bool:
    """In one's own voice: a role alone doesn't give it."""
    return _reads_open_comments(viewer, idea) and takes_part(viewer, idea.space)


def _speaks_officially(viewer, idea) -> bool:
    return bool(idea.roles_of(viewer) & OFFICIAL_VOICES) and _reads_open_comments(viewer, idea)


def _may_support(viewer, idea) -> bool:
    return can_view(viewer, idea) and not why_not_support(viewer, idea)


def _may_thank(viewer, idea) -> bool:
    return viewer.is_authenticated and _is_author(viewer, idea) and not why_not_thank(idea)


def _may_follow(viewer, idea) -> bool:
    return viewer.is_authenticated and not idea.is_of(viewer) and not idea.is_imported and can_view(viewer, idea)


def _may_add_photo(viewer, idea) -> bool:
    return _is_author(viewer, idea) and idea.stage_kind not in CLOSING | SILENT


def _may_read_first(viewer, idea) -> bool:
    return idea.first_read_on is None and _works_on_it(viewer, idea)


def _may_note(viewer, idea) -> bool:
    return idea.acting_unit is not None and bool(idea.roles_of(viewer) & NOTE_ROLES)


def _moves(form: str, *, to_kind: str | None = None, from_kind: str | None = None) -> Callable:
    """A transition of the process with this form leaves the idea's stage, and the viewer holds one of its roles."""

    def predicate(viewer, idea) -> bool:
        return any(
            transition.form == form
            and (to_kind is None or transition.to_stage.kind == to_kind)
            and (from_kind is None or transition.from_stage.kind == from_kind)
            for transition in transitions_for(idea, viewer)
        )

    return predicate


def orients(viewer, idea) -> bool:
    """Whether the viewer is one of those who orient the idea, wherever it stands: they propose and undo merges."""
    return bool(idea.roles_of(viewer) & {Role.FACILITATOR, Role.IDEA_CORRESPONDENT})


def _may_withdraw(viewer, idea) -> bool:
    """Who sent it alone: a co-author leaves, and takes nobody else's text away."""
    return not idea.is_co_author(viewer) and _moves("withdraw")(viewer, idea)


def answers_somewhere(viewer) -> bool:
    """Whether the viewer answers for some unit: conditions are watched by them."""
    return viewer.is_agent and any(viewer.has_role(role) for role in ANSWERERS)


def answers_for(viewer, idea) -> bool:
    """Whether the viewer answers for the unit that has the idea in hand, and didn't write it."""
    return not idea.is_imported and can_meet_condition(
        viewer, idea.unit, idea.subject_kind, idea.reference, subject=idea
    )


def _may_meet(viewer, idea) -> bool:
    if not idea.is_shown or idea.stage_kind not in REFUSED or not answers_for(viewer, idea):
        return False
    return any(way.form == "reopen" for way in process_cache.graph(idea.process_id).ways_out(idea.stage_id))


def _may_merge(viewer, idea) -> bool:
    if not idea.is_shown or not orients(viewer, idea):
        return False
    return any(way.form == "merge" for way in process_cache.graph(idea.process_id).ways_out(idea.stage_id))


def _may_screen(viewer, idea) -> bool:
    return idea.stage_kind == StageKind.SUBMITTED and any(
        transition.form == "" and transition.to_stage.kind == StageKind.OPEN and set(transition.who) != {Actor.SYSTEM}
        for transition in transitions_for(idea, viewer)
    )


TABLE: dict[str, Callable] = {
    "view": can_view,
    # The author.
    "edit": _may_edit,
    "details": lambda viewer, idea: _is_author(viewer, idea) and is_early(idea),
    "photo": _may_add_photo,
    "withdraw": _may_withdraw,
    "thank": _may_thank,
    "invite": lambda viewer, idea: (
        viewer.is_authenticated and idea.author_id == viewer.user_id and takes_co_authors(idea)
    ),
    "answer": _moves("author_answer", from_kind=StageKind.NEEDS_INFO),
    "appeal": _moves("appeal"),
    "wake": _moves("author_answer", from_kind=StageKind.DORMANT),
    # Everybody in the circle.
    "report": lambda viewer, idea: can_view(viewer, idea) and not why_not_report(viewer, idea),
    "support": _may_support,
    "follow": _may_follow,
    "comment": _may_comment,
    "comment_officially": _speaks_officially,
    # Those who work on it; nobody on their own idea, because there they only hold "author".
    "see_workshop": _sees_workshop,
    "read_first": _may_read_first,
    "note": _may_note,
    "moderate": lambda viewer, idea: moderates(viewer, idea),
    "screen": _may_screen,
    "ask": _moves("question"),
    "remove": _moves("reason", to_kind=StageKind.REMOVED),
    "merge": _may_merge,
    "meet": _may_meet,
    "orient": _moves("orientation"),
    "shortlist": _moves("shortlist"),
    "jury": _moves("jury"),
    "graduate": _moves("graduation"),
    "transfer": _moves("transfer"),
    "transfer_answer": _moves("transfer_answer"),
    "study": _moves("study"),
    "assess": lambda viewer, idea: not idea.is_of(viewer) and has_seat(viewer, idea),
    "close_study": _moves("close_study"),
    "fast_answer": _moves("fast_answer"),
    "countersign": _moves("countersign"),
    "decide": _moves("decision"),
}
