"""Reads of obligations shaped for a page."""

from dataclasses import dataclass

from .models import Requirement
from .words import Why, moved, why


@dataclass(frozen=True)
class Asked:
    """One training somebody is asked to do, with the reasons drawn from the rules."""

    requirement: Requirement
    why: list[Why]
    moved: list[str]

    @property
    def training(self):
        return training_of(self.requirement)


def training_of(requirement: Requirement):
    """The one to follow: the shorter one, when there is one to renew with."""
    obligation = requirement.obligation
    if requirement.is_renewal and obligation.renewal_track_id is not None:
        return obligation.renewal_track
    return obligation.track


def asked_of(viewer) -> list[Asked]:
    """What somebody is asked: what is to do, the nearest day first, then what holds; what no longer is isn't told."""
    found = Requirement.objects.current().filter(agent_id=viewer.user_id, left_on__isnull=True)
    found = found.select_related("obligation__track", "obligation__renewal_track").order_by("due_on", "pk")
    ordered = sorted(found, key=lambda one: not one.is_asked_now)
    return [Asked(one, why(one.explanation), moved(one.explanation)) for one in ordered]
