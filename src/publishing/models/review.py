"""The first step of a page's review: somebody else reads it."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class PeerReviewTask(AbstractGroupApprovalTask):
    """A step where a member of the groups approves what another person wrote: nobody approves their own text."""

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

    def get_actions(self, obj, user):
        """Asking for changes is always possible; approving isn't for who wrote the last version."""
        actions = super().get_actions(obj, user)
        revision = obj.get_latest_revision()
        if revision is not None and revision.user_id == user.pk:
            return [action for action in actions if action[0] != "approve"]
        return actions

    @classmethod
    def get_description(cls):
        return _("A member of the chosen groups, other than the author, approves the page")
