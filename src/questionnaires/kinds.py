"""The kind of space that questionnaires live in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.participation.enums import PhaseVerb
from src.participation.kinds import PlannedPhase, SpaceKind, register

from .rules import ACTIVITY

CONSULTATION = SpaceKind(
    code="consultation",
    name=_("Questionnaire"),
    purpose=_("Ask the same questions to many people, and tell everybody what they answered."),
    does=(
        _("You write the questions, try them, publish them; the calendar opens and closes them."),
        _("Each person answers once, and changes their answers until it closes."),
        _("At closing, the figures are shown to whoever sees the space, from eleven answers up."),
    ),
    example=_("Better planned rosters: what agents with staggered hours live, before the rules change."),
    activity=ACTIVITY,
    process="",
    phases=(PlannedPhase(pgettext_lazy("phase", "Answers"), (PhaseVerb.ANSWER,), 28),),
    icon="list-ul",
)

register(CONSULTATION)
