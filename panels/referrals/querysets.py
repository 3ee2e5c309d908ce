"""Which referrals a viewer may know of."""

from django.db import models
from django.db.models import F, Q

from panels.querysets import FACT, MEMBER_FACT
from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import ASKING_ROLES, ReferralState


def inside(viewer) -> list[int]:
    """Ids of the panels where somebody sits or works."""
    return sorted({*(viewer.fact(FACT) or {}), *(viewer.fact(MEMBER_FACT) or {})})


def asked_for(viewer) -> Q:
    """A condition: those of the units somebody answers for."""
    condition = Q(pk__in=[])
    for role in ASKING_ROLES:
        condition |= viewer.role_condition(role, "unit__path")
    return condition


class ReferralQuerySet(models.QuerySet):
    """Referrals."""

    def public(self):
        """Those that a panel accepted, whatever became of them."""
        return self.filter(accepted_at__isnull=False)

    def visible_to(self, user):
        """Accepted ones, for everybody; the others for their panel, its team, and who answers for the unit."""
        viewer = as_viewer(user)
        return self.filter(Q(accepted_at__isnull=False) | Q(panel_id__in=inside(viewer)) | asked_for(viewer))

    def asked_by(self, user):
        """Those of the units the person answers for."""
        return self.filter(asked_for(as_viewer(user)))

    def late(self):
        """Those whose answer, or whose account by the direction, is past its day."""
        today = clock.today()
        return self.filter(
            Q(state=ReferralState.ACCEPTED, reply_on__lt=today)
            | Q(state=ReferralState.ANSWERED, follow_due_on__lt=today)
        )

    def for_pages(self):
        """With what pages read: the unit that asks and, of a panel, its direction; one statement."""
        return self.select_related(
            "unit", "panel__commissioner", "panel__space", "form_test", "workshop", "questionnaire"
        )

    def latest_first(self):
        """By the day something last happened."""
        return self.order_by(F("state_since").desc(), "-pk")
