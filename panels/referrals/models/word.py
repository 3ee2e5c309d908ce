"""What each member says of an open question; who doesn't agree with the panel's answer, and says so beside it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership

from .referral import Referral

WORD_MAX = 4000


class Word(models.Model):
    """One a member. A draft is its writer's alone; given, the other members and the team read it under their badge."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="words")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    text = models.TextField(_("my word"))
    is_given = models.BooleanField(default=False)
    written_on = models.DateField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of a member")
        verbose_name_plural = _("words of members")
        ordering = ["referral", "membership__number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "membership"], name="referral_word_once"),
            models.CheckConstraint(condition=~Q(text=""), name="referral_word_says_something"),
        ]

    def __str__(self):
        return f"{self.referral_id}"


class Disagreement(models.Model):
    """It travels with the answer, without a name; once the answer is published nobody takes it away."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="disagreements")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("why I don’t agree"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("disagreement with an answer")
        verbose_name_plural = _("disagreements with answers")
        ordering = ["referral", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "membership"], name="referral_disagreement_once"),
            models.CheckConstraint(condition=~Q(text=""), name="referral_disagreement_says_why"),
        ]

    def __str__(self):
        return f"{self.referral_id}"
