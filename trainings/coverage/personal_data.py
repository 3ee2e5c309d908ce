"""What coverage keeps of people: who set a target; all else is totals."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from .models import CoverageMonth, CoverageTarget

OWNER = "trainings_coverage"


def _targets(user):
    for one in CoverageTarget.objects.filter(set_by=user).select_related("obligation__track"):
        yield {"title": one.obligation.track.title, "until": one.by_on, "decided_at": one.set_at}


declare(
    CoverageTarget,
    owner=OWNER,
    classification="C1",
    retention=_("as long as the mandatory training; your name until your account is erased"),
    title=_("Targets of trainings I set"),
    export=_targets,
    erase=lambda user: CoverageTarget.objects.filter(set_by=user).update(set_by=None),
    reason="A decision of the city; who typed it leaves with the account.",
)
declare_impersonal(OWNER, ((CoverageMonth, "Totals by direction and month, nobody's name."),))
code_words.register(
    "verb",
    {
        "trainings.target_set": _("Target of a training set"),
        "trainings.target_removed": _("Target of a training removed"),
    },
)
