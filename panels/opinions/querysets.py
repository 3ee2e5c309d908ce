"""Which recommendations, opinions and replies a viewer may know of."""

from django.db import models

from panels.querysets import FACT, MEMBER_FACT
from src.directory.viewer import as_viewer
from src.foundations import clock


def inside(viewer) -> list[int]:
    """Ids of the panels whose members' space the viewer enters: members and the team."""
    viewer = as_viewer(viewer)
    return sorted({*(viewer.fact(FACT) or {}), *(viewer.fact(MEMBER_FACT) or {})})


class RecommendationQuerySet(models.QuerySet):
    """Recommendations."""

    def visible_to(self, user):
        """Drafts, votes and the rest: for members and the team; in the opinion, once handed over: for everybody."""
        told = models.Q(article__opinion__handed_over_on__isnull=False)
        return self.filter(models.Q(panel_id__in=inside(user)) | told)

    def whole(self):
        """With what a list reads of each: versions, votes, in four more statements."""
        return self.prefetch_related("versions__written_by", "votes__ballot")


class MinorityQuerySet(models.QuerySet):
    """Minority opinions."""

    def standing(self):
        """Those that weren't withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class OpinionQuerySet(models.QuerySet):
    """Opinions."""

    def visible_to(self, user):
        """Handed over: everybody's. Adopted and not yet handed over: for members and the team."""
        return self.filter(models.Q(panel_id__in=inside(user)) | models.Q(handed_over_on__isnull=False))


class ReplyQuerySet(models.QuerySet):
    """Replies owed; they exist once the opinion is handed over, and are then everybody's."""

    def visible_to(self, _user):
        """Everybody's, missing ones too."""
        return self.all()

    def awaited(self):
        """Those for which something is owed: a first answer, or the end of a study."""
        return self.filter(models.Q(answered_on__isnull=True) | models.Q(study_until__isnull=False))

    def late(self, on=None):
        """Those whose day is past."""
        day = on or clock.today()
        return self.filter(
            models.Q(answered_on__isnull=True, due_on__lt=day)
            | models.Q(answered_on__isnull=False, study_until__lt=day)
        )
