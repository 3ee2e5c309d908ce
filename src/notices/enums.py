"""Closed lists of notices: what one may mute, and where a mail stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a message is about; a person mutes a category, never one message."""

    MINE = "mine", _("My ideas")
    FOLLOWED = "followed", _("Ideas I support or follow")
    TASKS = "tasks", _("What is expected of me")
    NEWS = "news", _("Outcomes and news")
    ACCOUNT = "account", _("My account and my rights")


# Legal duties and security: these always arrive.
NEVER_MUTED = frozenset({Category.TASKS, Category.ACCOUNT})


class MailState(models.TextChoices):
    """Claim → send → mark. ``uncertain``: two copies may have left, a person decides; ``refused``: none did."""

    QUEUED = "queued", _("Queued")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Uncertain")
    REFUSED = "refused", _("Refused")
