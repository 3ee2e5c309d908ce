"""Chainable reads of questionnaires and answers; ``visible_to`` is the gate."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.participation.querysets import in_circle


class QuestionnaireQuerySet(models.QuerySet):
    """Questionnaires."""

    def visible_to(self, user):
        """Published ones whose space the person may read; those who organise also read what they prepare."""
        viewer = as_viewer(user)
        revisions = self.model._meta.get_field("revisions").related_model
        published = Exists(revisions.objects.filter(questionnaire=OuterRef("pk"), published_at__isnull=False))
        return self.filter((Q(published) & in_circle(viewer)) | organised_by(viewer))

    def organised_by(self, user):
        """Those the person builds, opens and closes."""
        return self.filter(organised_by(as_viewer(user)))

    def for_pages(self):
        """With what pages read: the space, its phases, revisions and their questions; four statements in all."""
        return self.select_related("space", "release", "synthesis", "frame").prefetch_related(
            "space__phases", "revisions__questions"
        )


def organised_by(viewer, prefix: str = "") -> Q:
    """Questionnaires of the spaces a person looks after; all of them for administrators of the city.

    The role is held in the space itself: whoever facilitates paper for the whole city organises nothing here.
    """
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    if viewer.has_role(Role.ADMINISTRATOR):
        return Q(pk__isnull=False)
    return Q(**{f"{prefix}space_id__in": sorted(viewer.role_spaces(Role.FACILITATOR))})


class AnswerSetQuerySet(models.QuerySet):
    """Answers of people: read by their author alone."""

    def of(self, user):
        """The person's own, signed or sealed."""
        viewer = as_viewer(user)
        if viewer.is_authenticated:
            return self.filter(Q(author_id=viewer.user_id) | Q(handle__in=viewer.own_handles))
        return self.none()


class AnswerImportQuerySet(models.QuerySet):
    """Files of answers: seen by those who organise the questionnaire."""

    def visible_to(self, user):
        """Those of the questionnaires the person organises."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(questionnaire__space_id__in=sorted(viewer.role_spaces(Role.FACILITATOR)))
