"""Who answers what is looked at again, in words for everybody, and what waits so for one person."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from src.accountability.models import Decision
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import together
from src.workflow.enums import StageKind

from ..models import Idea
from ..querysets import SHOWN
from ..services.beside_choice import looked_at_again
from ..services.hearing import hearing_of, hearings_of

SHOWN_AT_MOST = 10


def hearing_sentence(idea) -> str:
    """Who answers an idea again, where whoever decides nearest can't; empty where they can. Four statements."""
    hearing = hearing_of(idea)
    words = {"unit": idea.unit.name if idea.unit else idea.space.name}
    if hearing.is_missing:
        return (
            _(
                "Nobody else decides for %(unit)s, nor above it: the administration gives this role to somebody else. "
                "The promised date holds."
            )
            % words
        )
    if not hearing.is_above:
        return ""
    if hearing.unit is None:
        return _("Nobody else decides for %(unit)s: whoever decides for the whole City answers.") % words
    return _("Nobody else decides for %(unit)s: %(above)s, above it, answers.") % {**words, "above": hearing.unit.name}


@together.reading
def to_hear(viewer):
    """Ideas looked at again that wait for this person's answer. One statement where none does, three at most."""
    viewer = as_viewer(viewer)
    if not viewer.is_agent or not viewer.has_role(Role.DECISION_MAKER):
        return []
    waiting = Idea.objects.in_hands_of(viewer, Role.DECISION_MAKER).filter(
        looked_at_again(), ~answered_already(viewer), stage_kind=StageKind.DECISION_PENDING
    )
    ideas = yield _read(waiting)
    hearings = yield from hearings_of.asking(ideas)
    return [idea for idea in ideas if viewer.user_id in hearings[idea.pk].people]


@together.reading
def heard_by_nobody(viewer):
    """For administrators: ideas looked at again that nobody may answer. One statement where none is, three at most."""
    viewer = as_viewer(viewer)
    if not viewer.is_agent or not viewer.has_role(Role.ADMINISTRATOR):
        return []
    again = Idea.objects.filter(
        SHOWN,
        looked_at_again(),
        is_imported=False,
        owed__answered_on__isnull=True,
        owed__cancelled_on__isnull=True,
        stage_kind__in=[StageKind.IN_REVIEW, StageKind.DECISION_PENDING],
    )
    ideas = yield _read(again)
    hearings = yield from hearings_of.asking(ideas)
    return [idea for idea in ideas if hearings[idea.pk].is_missing]


def answered_already(viewer) -> Exists:
    """Whether the viewer signed or drafted an answer to the idea of the outer query, in its turn."""
    mine = Q(decided_by=viewer.user_id) | Q(drafted_by=viewer.user_id)
    given = Decision.objects.announced().filter(
        mine, subject_kind=Idea.subject_kind, subject_reference=OuterRef("reference"), turn=OuterRef("turn")
    )
    return Exists(given)


def _read(ideas):
    return ideas.select_related("unit", "space", "owed").order_by("owed__promised_on", "reference")[:SHOWN_AT_MOST]
