"""A form tried before it is used: the form, what testers are asked to do with it, how it went, what is to change."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership
from src.foundations.uploads import PrivateStorage

from ..enums import ChangeOutcome, TaskResult
from .referral import Referral

MOST_TASKS = 8
TASK_MAX = 240
CHANGE_MAX = 400
LONGEST_MINUTES = 240


def random_name(row, filename: str) -> str:
    """A name that says nothing of the file that was sent."""
    return f"panels/forms/{secrets.token_hex(16)}.pdf"


class FormTest(models.Model):
    """The form itself: a file, or an address, or both."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="form_test")
    document = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    link = models.URLField(_("address of the form"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("form to try")
        verbose_name_plural = _("forms to try")
        constraints = [
            models.CheckConstraint(condition=~Q(document="") | ~Q(link=""), name="form_test_has_a_form"),
        ]

    def __str__(self):
        return f"{self.referral_id}"


class Task(models.Model):
    """One thing to do with the form, in plain words."""

    test = models.ForeignKey(FormTest, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TASK_MAX)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("task of a form")
        verbose_name_plural = _("tasks of a form")
        ordering = ["test", "position"]
        constraints = [
            models.UniqueConstraint(fields=["test", "position"], name="form_task_place_once"),
            models.CheckConstraint(condition=Q(position__range=(1, MOST_TASKS)), name="form_task_one_of_eight"),
            models.CheckConstraint(condition=~Q(text=""), name="form_task_says_what"),
        ]

    def __str__(self):
        return self.text


class TestSheet(models.Model):
    """What one tester says, on a screen or on paper; who it was leaves with the answer's publication, or before."""

    test = models.ForeignKey(FormTest, models.CASCADE, related_name="sheets")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    on_paper = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True
    # It isn't a test of ours.
    __test__ = False

    class Meta:
        verbose_name = _("sheet of a tester")
        verbose_name_plural = _("sheets of testers")
        ordering = ["test", "pk"]
        constraints = [models.UniqueConstraint(fields=["test", "membership"], name="form_sheet_once")]

    def __str__(self):
        return f"{self.test_id}"


class TaskAnswer(models.Model):
    """How one task went for one tester."""

    sheet = models.ForeignKey(TestSheet, models.CASCADE, related_name="answers")
    task = models.ForeignKey(Task, models.CASCADE, related_name="answers")
    result = models.CharField(max_length=10, choices=TaskResult)
    stuck = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer of a tester")
        verbose_name_plural = _("answers of testers")
        ordering = ["sheet", "task__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "task"], name="form_task_answered_once"),
            models.CheckConstraint(condition=Q(result__in=TaskResult.values), name="form_task_result_known"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=LONGEST_MINUTES), name="form_task_minutes_bounded"
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id}, {self.task_id}"


class Change(models.Model):
    """One thing to change, written with the verdict; the direction says of each whether it did it, and if not why."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=CHANGE_MAX)
    outcome = models.CharField(max_length=10, choices=ChangeOutcome, blank=True)
    because = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thing to change in a form")
        verbose_name_plural = _("things to change in a form")
        ordering = ["referral", "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="form_change_place_once"),
            models.CheckConstraint(condition=~Q(text=""), name="form_change_says_what"),
            models.CheckConstraint(condition=Q(outcome__in=["", *ChangeOutcome.values]), name="form_change_known"),
            models.CheckConstraint(
                condition=~Q(outcome=ChangeOutcome.NOT_DONE) | ~Q(because=""), name="form_change_refused_because"
            ),
        ]

    def __str__(self):
        return self.text
