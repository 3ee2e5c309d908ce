"""Chainable reads of questionnaires and answers; ``visible_to`` is the gate."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.participation.enums import AppealState, CaseState
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
        return self.select_related("space", "release", "synthesis", "frame", "edition__barometer").prefetch_related(
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


class BarometerQuerySet(models.QuerySet):
    """Barometers."""

    def visible_to(self, user):
        """Those of the spaces the person may read, and of those they organise."""
        viewer = as_viewer(user)
        return self.filter(in_circle(viewer) | organised_by(viewer))

    def organised_by(self, user):
        """Those whose editions the person opens."""
        return self.filter(organised_by(as_viewer(user)))


class AnswerSetQuerySet(models.QuerySet):
    """Answers of people: read by their author alone."""

    def of(self, user):
        """The person's own, signed or sealed."""
        viewer = as_viewer(user)
        if viewer.is_authenticated:
            return self.filter(Q(author_id=viewer.user_id) | Q(handle__in=viewer.own_handles))
        return self.none()


class CodedTextQuerySet(models.QuerySet):
    """Answers as coders meet them."""

    def kept(self):
        """Those that are read: an organiser set the others aside."""
        return self.filter(set_aside_at__isnull=True)

    def ticked(self):
        """Those an organiser said their circle may read."""
        return self.filter(shown_at__isnull=False)


class QuoteCaseQuerySet(models.QuerySet):
    """Looks at quotes."""

    def visible_to(self, user):
        """Those of the spaces where the person moderates; all of them for administrators of the city."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        space = "quote__codebook__questionnaire__space"
        held = viewer.role_condition(Role.MODERATOR, f"{space}__steering_unit__path")
        return self.filter(held | Q(**{f"{space}_id__in": sorted(viewer.role_spaces(Role.MODERATOR))}))

    def waiting(self):
        """What waits: a quote reported, or an objection."""
        return self.filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))


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
