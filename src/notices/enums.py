"""Closed lists of notices: what one may mute, and where a mail stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What a message is about; a person mutes a category, never one message."""

    MINE = "mine", _("My ideas")
    FOLLOWED = "followed", _("Ideas I support or follow")
    TASKS = "tasks", _("What is expected of me")
    NEWS = "news", _("Outcomes and news")
    ACCOUNT = "account", _("My account and my rights")


# Legal duties and security: these always arrive.
NEVER_MUTED = frozenset({Category.TASKS, Category.ACCOUNT})


class Channel(models.TextChoices):
    """How a message reaches somebody beside their inbox on Terrain, which always has it."""

    MAIL = "mail", pgettext_lazy("channel", "By e-mail, at once")
    DIGEST = "digest", pgettext_lazy("channel", "In the summary of Tuesday")
    PRODUCT = "product", pgettext_lazy("channel", "On Terrain only")


class MailState(models.TextChoices):
    """Claim → send → mark. ``uncertain``: two copies may have left, a person decides; ``refused``: none did.

    ``skipped``: there was nothing left to say when it was due.
    """

    QUEUED = "queued", pgettext_lazy("mail", "Queued")
    CLAIMED = "claimed", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "Uncertain")
    REFUSED = "refused", pgettext_lazy("mail", "Refused")
    SKIPPED = "skipped", pgettext_lazy("mail", "Nothing left to say")


class StopReason(models.TextChoices):
    """Why no mail leaves for an address any more."""

    BOUNCE = "bounce", _("The mailbox sends our e-mails back")
    COMPLAINT = "complaint", _("An e-mail was reported as unwanted")


class Means(models.TextChoices):
    """How somebody without e-mail is told."""

    LETTER = "letter", pgettext_lazy("means", "By letter, at my place of work")
    SMS = "sms", pgettext_lazy("means", "By text message")
    CALL = "call", pgettext_lazy("means", "By a call")
    NONE = "none", pgettext_lazy("means", "On Terrain only")


class ErrandState(models.TextChoices):
    """A letter: waiting → printed → done. A call: waiting → done or given up. A text message: as a mail."""

    WAITING = "waiting", pgettext_lazy("errand", "Waiting")
    PRINTED = "printed", pgettext_lazy("errand", "Printed")
    CLAIMED = "claimed", pgettext_lazy("errand", "Being sent")
    DONE = "done", pgettext_lazy("errand", "Done")
    GIVEN_UP = "given_up", pgettext_lazy("errand", "Given up")
    UNCERTAIN = "uncertain", pgettext_lazy("errand", "Uncertain")


class CallOutcome(models.TextChoices):
    """What came of a call."""

    TOLD = "told", pgettext_lazy("call", "I told them")
    NO_ANSWER = "no_answer", pgettext_lazy("call", "Nobody answered")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("call", "The number isn't theirs")
    STOP = "stop", pgettext_lazy("call", "They ask not to be called any more")


class SendingState(models.TextChoices):
    """A mass sending: held → approved → sent, or cancelled."""

    HELD = "held", pgettext_lazy("sending", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("sending", "Leaving")
    SENT = "sent", pgettext_lazy("sending", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("sending", "Cancelled")
