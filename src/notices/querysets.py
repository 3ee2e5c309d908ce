"""Chainable reads of the inbox, and of what is carried to people without e-mail."""

from django.db import models

from src.directory.viewer import WHOLE_CITY
from src.foundations import clock

from .enums import NEVER_MUTED, ErrandState, Means


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


class ErrandQuerySet(models.QuerySet):
    """Messages carried to people without e-mail."""

    def due(self, now):
        """Those whose moment has come, for people still there."""
        return self.filter(state=ErrandState.WAITING, not_before__lte=now, user__is_active=True)

    def letters_to_print(self, path: str):
        """Letters that wait for people posted in a branch."""
        return self.due(clock.now()).filter(means=Means.LETTER, user__current_affectation__unit__path__startswith=path)

    def of_branches(self, paths):
        """Those of people posted under one of these paths; "/" is the whole city, none is nothing."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(user__current_affectation__unit__path__startswith=path)
        return self if WHOLE_CITY in paths else self.filter(condition)
