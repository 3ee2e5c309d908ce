"""What is waiting in somebody's inbox on Terrain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Category
from ..querysets import InboxQuerySet


class InboxItem(models.Model):
    """One message for one person. A sealed author is addressed by the handle of their contribution, never by name."""

    code = models.CharField(max_length=80)
    category = models.CharField(max_length=16, choices=Category)
    key = models.CharField(max_length=160)
    # What it is about ("ideas:7K3F9Q"): messages about the same thing are shown together. Empty: it stands alone.
    about = models.CharField(max_length=80, blank=True, default="", db_default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="inbox_items"
    )
    handle = models.UUIDField(null=True, blank=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    # Only for accounts: what a sealed author has read is kept in ReadMarks, so that no row ties them to a handle.
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, handle__isnull=False)
                | models.Q(user__isnull=False, handle__isnull=True),
                name="inbox_one_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(handle__isnull=True) | models.Q(read_at__isnull=True),
                name="inbox_handle_never_marked",
            ),
            models.CheckConstraint(condition=models.Q(category__in=Category.values), name="inbox_category_known"),
            models.UniqueConstraint(
                fields=["user", "key"], condition=models.Q(user__isnull=False), name="inbox_once_per_user"
            ),
            models.UniqueConstraint(
                fields=["handle", "key"], condition=models.Q(handle__isnull=False), name="inbox_once_per_handle"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="inbox_user_order"),
            # What a message quotes may be hidden: all those of one event are found.
            models.Index(fields=["key"], name="inbox_event"),
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True, user__isnull=False), name="inbox_unread"
            ),
        ]


class ReadMarks(models.Model):
    """Which messages addressed by handle a person has read: encrypted, of one size, rewritten at each reading.

    Everybody who opens their inbox has a row, whether or not they ever wrote under a protected name.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="inbox_read_marks"
    )
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read marks")
        verbose_name_plural = _("read marks")
