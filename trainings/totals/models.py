"""What many people answered, added up eleven at least at a time; nobody is in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.models import Module, QuestionRevision


class Total(models.Model):
    """How many people, and how many of them took each choice, by its place as written."""

    people = models.PositiveIntegerField()
    choices = models.JSONField(default=dict)
    # Everything sent until then is counted; what came after waits for its own eleven people.
    counted_until = models.DateTimeField()

    class Meta:
        abstract = True

    def taken(self, place: int) -> int:
        """How many people took a choice."""
        return self.choices.get(str(place), 0)

    def share(self, count: int) -> int:
        """In whole percents of the people counted."""
        return round(100 * count / self.people)


class QuestionTotal(Total):
    """The first attempts at one wording of a question."""

    revision = models.OneToOneField(QuestionRevision, models.PROTECT, related_name="total")
    right = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("total of a question")
        verbose_name_plural = _("totals of questions")
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=11), name="question_total_of_eleven"),
            models.CheckConstraint(condition=Q(right__lte=models.F("people")), name="question_total_right_of_all"),
        ]

    def __str__(self):
        return f"total:{self.revision_id}"


class SceneTotal(Total):
    """The choices taken at one scene of a scenario, of those who reached an end."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    node = models.CharField(max_length=40)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("total of a scene")
        verbose_name_plural = _("totals of scenes")
        constraints = [
            models.UniqueConstraint(fields=["module", "node"], name="scene_total_once"),
            models.CheckConstraint(condition=Q(people__gte=11), name="scene_total_of_eleven"),
        ]

    def __str__(self):
        return f"total:{self.module_id}:{self.node}"
