"""Who works at the paper desk, and where: facilitators of the city, and partners for their places and their dates."""

from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer


def may_use_desk(user) -> bool:
    """Whether the person is a facilitator of some place today."""
    return as_viewer(user).has_place_role(Role.FACILITATOR)


def may_work_for(user, unit) -> bool:
    """Whether the person is a facilitator for this place today; the same answer as ``Batch.visible_to``."""
    return as_viewer(user).has_role(Role.FACILITATOR, unit=unit)


def why_not_check(user, batch) -> str:
    """Why this person can't give the second look; empty when they can."""
    viewer = as_viewer(user)
    if batch.typed_by_id == viewer.user_id:
        return _("You typed this batch: somebody else gives it its second look.")
    if batch.checked_by_id not in (None, viewer.user_id):
        return _("Somebody else has begun the second look of this batch.")
    return ""
