"""The kind of space that reform texts live in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.participation.enums import CONTRIBUTING
from src.participation.kinds import PlannedPhase, SpaceKind, register

from .rules import ACTIVITY

REFORM_TEXT = SpaceKind(
    code="reform-text",
    name=_("Text submitted to those it concerns"),
    purpose=_("Before a charter or a rule changes, have it read and corrected article by article."),
    does=(
        _("You bring the text in; it is cut into articles, which you correct before opening it."),
        _("Each person agrees, proposes another wording or asks a question, article by article."),
        _("The next version says where each change comes from, and each contributor is told once."),
    ),
    example=_("For example: the charter of rosters, article by article, then its second version."),
    activity=ACTIVITY,
    process="",
    phases=(PlannedPhase(pgettext_lazy("phase", "Contributions"), CONTRIBUTING, 28),),
    icon="doc-full",
)

register(REFORM_TEXT)
