"""Comments: one level of replies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.fields import SafeHtmlField

from .contribution import AbstractContribution


class AbstractComment(AbstractContribution):
    """A comment or a reply. A concrete table adds the real foreign key to what is commented.

    ``parent`` is always a first-level comment (a trigger or the service refuses more); a deeper imported reply
    hangs on its first-level ancestor and names whom it answers in ``in_reply_to``.
    """

    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    in_reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(_("comment"))
    body_html = SafeHtmlField(editable=False)
    # Role in whose name it is said ("instructor"): shown as an official badge. Empty: a person's own word.
    official_role = models.CharField(max_length=32, blank=True)
    # Debates imported from elsewhere: -1 against, 0 neutral, 1 for.
    alignment = models.SmallIntegerField(null=True, blank=True)

    class Meta(AbstractContribution.Meta):
        abstract = True
