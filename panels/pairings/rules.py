"""Who pairs questionnaires, and which may be."""

from django.utils.translation import gettext as _

from panels import rules as panel_rules
from panels.enums import WORKING
from src.questionnaires import asking
from src.questionnaires.models import AnswerRoll, Questionnaire

COMPARED = frozenset({asking.SCALE, asking.SINGLE})


def may_run(user, panel) -> bool:
    """Organisers and facilitators pair, and open the second."""
    return panel_rules.may_run(user, panel)


def may_give_up(user, panel) -> bool:
    """Organisers."""
    return panel_rules.may_organise(user, panel)


def is_at_work(panel) -> bool:
    """Whether the panel has its space and isn't over."""
    return panel.state in WORKING and panel.space_id is not None


def why_not_paired(questionnaire: Questionnaire) -> str:
    """Why a questionnaire can't be the first of two, in a sentence; empty when it can."""
    if not questionnaire.is_secret:
        return _("Its answers must be secret: choose it before its questions are published.")
    if questionnaire.closed_at is not None:
        return _("It is closed: pair it before anybody answers.")
    if questionnaire.axes or questionnaire.edition_of is not None:
        return _("Its results are told by category, or over time: they can’t also be told beside another one.")
    revision = questionnaire.revision or questionnaire.draft
    asked = [one for one in revision.ordered if one.is_asked]
    if not asked:
        return _("It asks nothing yet: write its questions first.")
    if any(one.kind not in COMPARED for one in asked):
        return _("Keep scales and questions of one choice alone: nothing else can be told before and after.")
    if any(one.condition for one in asked):
        return _("Ask each question of everybody: one that depends on another can’t be paired.")
    if AnswerRoll.objects.filter(questionnaire=questionnaire).exists():
        return _("Somebody has answered already: pair it before.")
    return ""
