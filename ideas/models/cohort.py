"""A cohort: who applies and holds a seat, who accompanies a project, and the milestones it reaches."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CohortPerson(models.Model):
    """Somebody an application names: what they agreed to, what their line of management agreed to, and their seat.

    The seats of a space are ranks from 1 to its number: unique, and never above it, they can't be one too many,
    whoever writes at the same moment. Moved by ``services.cohorts`` alone.
    """

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="people")
    # The idea's own space: what is unique in a cohort needs it here.
    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    # The day they said yes, from their own account; empty while they haven't.
    consented_on = models.DateField(null=True, blank=True)
    # From which day their line of management frees their time, and who said so.
    released_from = models.DateField(_("free from"), null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # The seat, from the day a favourable answer is prepared; read by the people who decide until it is announced.
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    direction = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    direction_rank = models.PositiveSmallIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person of an application")
        verbose_name_plural = _("people of applications")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "user"], name="cohort_person_once"),
            models.UniqueConstraint(fields=["space", "rank"], name="cohort_one_seat_a_rank"),
            models.UniqueConstraint(fields=["space", "direction", "direction_rank"], name="cohort_one_direction_seat"),
            # A person holds one seat of a cohort, whatever the applications that name them.
            models.UniqueConstraint(
                fields=["space", "user"], condition=Q(rank__isnull=False), name="cohort_one_seat_a_person"
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True, direction__isnull=True, direction_rank__isnull=True)
                | Q(rank__gt=0, direction__isnull=False, direction_rank__gt=0),
                name="cohort_seat_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(consented_on__isnull=False, released_from__isnull=False),
                name="cohort_seat_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(released_from__isnull=True, released_by__isnull=True)
                | Q(released_from__isnull=False, released_by__isnull=False, consented_on__isnull=False),
                name="cohort_release_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("user")), name="cohort_release_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.idea_id}: {self.user_id}"


class CohortMilestone(models.Model):
    """A step every project of a cohort goes through, with its day; the demo day is the last of them."""

    space = models.ForeignKey("participation.Space", models.CASCADE, related_name="cohort_milestones")
    name = models.CharField(_("milestone"), max_length=120)
    due_on = models.DateField(_("before"))
    is_demo_day = models.BooleanField(_("demo day"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("milestone of a cohort")
        verbose_name_plural = _("milestones of cohorts")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], name="cohort_milestone_once"),
            models.UniqueConstraint(fields=["space"], condition=Q(is_demo_day=True), name="cohort_one_demo_day"),
            models.CheckConstraint(condition=~Q(name=""), name="cohort_milestone_is_named"),
        ]

    def __str__(self):
        return self.name


class Mentorship(models.Model):
    """The one person who accompanies a project: neither of the team nor in its line of management."""

    idea = models.OneToOneField("ideas.Idea", models.CASCADE, related_name="mentorship")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mentor of a project")
        verbose_name_plural = _("mentors of projects")

    def __str__(self):
        return f"{self.idea_id}: {self.mentor_id}"


class MilestoneNote(models.Model):
    """What a project's mentor wrote of one milestone, and whether it is reached."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="milestone_notes")
    milestone = models.ForeignKey(CohortMilestone, models.PROTECT, related_name="notes")
    text = models.TextField(_("what was reached"))
    is_validated = models.BooleanField(_("validated"), default=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("milestone of a project")
        verbose_name_plural = _("milestones of projects")
        constraints = [
            models.UniqueConstraint(fields=["idea", "milestone"], name="milestone_noted_once"),
            models.CheckConstraint(condition=~Q(text=""), name="milestone_note_says"),
        ]

    def __str__(self):
        return f"{self.idea_id}: {self.milestone_id}"
