"""By which way somebody asked to be told, and the summaries already built."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Category, Channel


class ChannelChoice(models.Model):
    """The way one person chose for one category; without a row, an e-mail at once. Silence is a ``Mute``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channel_choices")
    category = models.CharField(max_length=16, choices=Category)
    channel = models.CharField(max_length=16, choices=Channel)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chosen channel")
        verbose_name_plural = _("chosen channels")
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="channel_once"),
            models.CheckConstraint(
                condition=models.Q(category__in=["mine", "followed", "news"]), name="channel_not_for_duties"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="channel_known"),
        ]


class AnyHour(models.Model):
    """Somebody who asked to be written to at night and on days off too; without a row, mails wait for hours."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mails at any hour")
        verbose_name_plural = _("mails at any hour")


class DigestIssue(models.Model):
    """One weekly summary: which messages it covers, and how far its mails are written (resumed after a kill)."""

    key = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    last_user_id = models.PositiveBigIntegerField(default=0)
    built_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("weekly summary")
        verbose_name_plural = _("weekly summaries")
        constraints = [models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="digest_in_order")]
