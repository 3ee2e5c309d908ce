"""What the city owes for an opinion: one reply a recommendation adopted, what it answered, what members think."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership, Panel
from src.foundations.references import new_reference

from ..enums import GradeValue, GradeWay, Outcome
from ..querysets import ReplyQuerySet
from .drafting import account
from .opinion import Article


class Reply(models.Model):
    """One reply owed, by a direction, on one day; missing until its first answer."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    article = models.OneToOneField(Article, models.PROTECT, related_name="reply")
    unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, related_name="+", verbose_name=_("direction that answers")
    )
    due_on = models.DateField()
    # The second day, of a reply that says "under study".
    study_until = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reply owed to a panel")
        verbose_name_plural = _("replies owed to panels")
        ordering = ["article__number"]

    def __str__(self):
        return self.reference

    @property
    def awaited_on(self) -> date | None:
        """The day by which something is still owed: the first reply, or the end of its study; None otherwise."""
        return self.due_on if self.answered_on is None else self.study_until

    def days_late(self, on: date) -> int:
        """How many days past what was promised; 0 when nothing is awaited, or not yet."""
        awaited = self.awaited_on
        return max(0, (on - awaited).days) if awaited else 0

    @property
    def answer(self) -> "Answer | None":
        """The last answer; no statement once ``answers`` are prefetched."""
        return max(self.answers.all(), key=lambda one: one.number, default=None)


class Answer(models.Model):
    """What the city answered, signed by somebody by name; it stays, a later one comes after it."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    text = models.TextField(_("reply and reason"))
    change = models.TextField(_("what changes"), blank=True)
    would_change = models.TextField(_("what would change the answer"), blank=True)
    study_until = models.DateField(_("under study until"), null=True, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=120)
    signed_capacity = models.CharField(_("in what capacity"), max_length=140)
    signed_by = account()
    published_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer to a recommendation")
        verbose_name_plural = _("answers to recommendations")
        ordering = ["reply", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="panel_answer_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="panel_answer_outcome_known"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(signed_name="") & ~Q(signed_capacity=""), name="panel_answer_is_signed"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CHANGED) & ~Q(change="") | ~Q(outcome=Outcome.CHANGED) & Q(change=""),
                name="panel_answer_says_its_change",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REFUSED) & ~Q(would_change="")
                | ~Q(outcome=Outcome.REFUSED) & Q(would_change=""),
                name="panel_answer_refusal_says_more",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.STUDY, study_until__isnull=False)
                | ~Q(outcome=Outcome.STUDY) & Q(study_until__isnull=True),
                name="panel_answer_study_has_an_end",
            ),
        ]

    def __str__(self):
        return f"{self.reply_id}, {self.outcome}"


class Grade(models.Model):
    """A member's word on an answer: one a member and answer, changed at will until the panel is over.

    It is told as totals alone, from eleven; who gave it is kept so that it stays one, and shown to nobody.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="grades")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    value = models.CharField(max_length=8, choices=GradeValue)
    way = models.CharField(max_length=8, choices=GradeWay, default=GradeWay.ACCOUNT)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("grade of a reply")
        verbose_name_plural = _("grades of replies")
        constraints = [
            models.UniqueConstraint(fields=["answer", "membership"], name="reply_grade_once"),
            models.CheckConstraint(condition=Q(value__in=GradeValue.values), name="reply_grade_known"),
            models.CheckConstraint(condition=Q(way__in=GradeWay.values), name="reply_grade_way_known"),
        ]

    def __str__(self):
        return str(self.answer_id)


class Hearing(models.Model):
    """Once a year the city comes back before the panel; published, its account stays."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="hearings_of_follow_up")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=140)
    city_words = models.TextField(_("what the city said"), blank=True)
    member_words = models.TextField(_("what the members said"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("yearly hearing")
        verbose_name_plural = _("yearly hearings")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_hearing_once"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(city_words=""), name="panel_hearing_told_has_words"
            ),
        ]

    def __str__(self):
        return f"{self.panel_id}, {self.held_on}"


class HearingLine(models.Model):
    """What the city says at a hearing of one measure."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="lines")
    measure = models.ForeignKey("accountability.Measure", models.PROTECT, related_name="+")
    said = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("measure at a hearing")
        verbose_name_plural = _("measures at hearings")
        constraints = [models.UniqueConstraint(fields=["hearing", "measure"], name="panel_hearing_line_once")]

    def __str__(self):
        return f"{self.hearing_id}, {self.measure_id}"
