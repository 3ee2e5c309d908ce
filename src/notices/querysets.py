"""Chainable reads of the inbox."""

from django.db import models

from .enums import NEVER_MUTED


class InboxQuerySet(models.QuerySet):
    """Messages of the inbox."""

    def belonging_to(self, viewer):
        """Those addressed to this account, and those addressed to the handles of their own contributions."""
        if not viewer.is_authenticated:
            return self.none()
        mine = models.Q(user_id=viewer.user_id)
        handles = viewer.own_handles
        if handles:
            # A category muted by a sealed author can't be left out when sending: it is left out here.
            muted = models.Exists(
                self.model._meta.apps.get_model("notices", "Mute").objects.filter(
                    user_id=viewer.user_id, category=models.OuterRef("category")
                )
            )
            mine |= models.Q(handle__in=handles) & (models.Q(category__in=NEVER_MUTED) | ~muted)
        return self.filter(mine)

    def newest_of_each(self):
        """One message for each thing: the newest of those about it; what is about nothing stands alone."""
        alone = models.Q(about="")
        together = self.exclude(about="").order_by().values("about").annotate(newest=models.Max("pk")).values("newest")
        return self.filter(alone | models.Q(pk__in=together))

    def unread_rows(self):
        """Those without a date of reading; rows of handles never have one (see ``read_marks``)."""
        return self.filter(read_at__isnull=True)
