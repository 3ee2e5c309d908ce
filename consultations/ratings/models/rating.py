"""One rating, and the key of the day under which networks are told apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Channel, Grade, Pattern, Reason

LANGUAGES = ("fr", "en", "pt", "ar")
WORDS = 280
EVERY_REASON = sum(Reason.values)
EVERY_PATTERN = sum(Pattern.values)


class Rating(models.Model):
    """One visit, rated: a face, perhaps what counted and one line. Nobody's: no account, no address, no contact.

    ``at`` is exact for the check of the next days, then midnight of its day. ``network`` is a keyed hash whose key
    lives two days; the hash itself is emptied after a week. ``display`` tells one display of the page from another, so
    that sending twice leaves one row; it is emptied too.
    """

    point = models.ForeignKey("ratings.RatingPoint", models.PROTECT, related_name="ratings")
    grade = models.PositiveSmallIntegerField(choices=Grade)
    reasons = models.PositiveSmallIntegerField(default=0)
    # One line, read by the unit alone and never published (ADR 0362).
    words = models.CharField(max_length=WORDS, blank=True)
    language = models.CharField(max_length=2, default="fr")
    easy = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    day = models.DateField()
    # Seconds between the display of the page and the gesture; empty where no page was displayed.
    seconds = models.PositiveIntegerField(null=True, blank=True)
    network = models.CharField(max_length=16, blank=True)
    display = models.CharField(max_length=32, null=True, blank=True, unique=True)
    flags = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(condition=models.Q(grade__range=(1, 5)), name="rating_grade_of_five"),
            models.CheckConstraint(condition=models.Q(reasons__lte=EVERY_REASON), name="rating_reasons_known"),
            models.CheckConstraint(condition=models.Q(flags__lte=EVERY_PATTERN), name="rating_flags_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="rating_channel_known"),
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="rating_language_known"),
        ]
        indexes = [models.Index(fields=["point", "day"], name="rating_point_day")]


class NetworkKey(models.Model):
    """The random key of one day's network hashes, encrypted; deleted two days later, and the hashes are nobody's."""

    day = models.DateField(unique=True)
    sealed = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")
