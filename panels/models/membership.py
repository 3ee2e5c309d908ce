"""Who sits on a panel, how they came, since when; what their own space and their letters are made for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import MembershipWay
from ..querysets import MembershipQuerySet
from .candidate import Candidate
from .panel import Panel


class Membership(models.Model):
    """Somebody who took a seat. It ends when they leave it; what they did meanwhile stays theirs.

    ``shown_name`` is what the other members and the team read, chosen by its owner: a first name is enough.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="memberships")
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="membership")
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=MembershipWay, default=MembershipWay.DRAWN)
    # Of a designated member: the association that named them.
    designated_by = models.CharField(_("named by"), max_length=140, blank=True)
    shown_name = models.CharField(_("name on the badge"), max_length=60, blank=True)
    # Everything that members read is posted to them too.
    by_post = models.BooleanField(_("everything by post too"), default=False)
    since = models.DateField()
    # The last day promised, on a standing panel.
    term_ends_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("member of a panel")
        verbose_name_plural = _("members of panels")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_member_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="panel_member_from_one"),
            models.CheckConstraint(condition=Q(way__in=MembershipWay.values), name="panel_member_way_known"),
            models.CheckConstraint(
                condition=Q(way=MembershipWay.DESIGNATED) & ~Q(designated_by="")
                | ~Q(way=MembershipWay.DESIGNATED) & Q(designated_by=""),
                name="panel_member_designated_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("since")), name="panel_member_leaves_after"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """What stands for somebody among members: the name they chose, or their number."""
        return self.shown_name or _("Member %(n)d") % {"n": self.number}
