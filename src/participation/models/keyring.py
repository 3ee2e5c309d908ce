"""The sealed link from a contribution to its author, and the index by which authors find their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedAuthor(models.Model):
    """The truth: who made the contribution ``handle``, encrypted with a key kept outside the database.

    Constant-size ciphertext; no date, no account column. Dropped 24 months after the decision.
    """

    handle = models.UUIDField(primary_key=True)
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sealed link to an author")
        verbose_name_plural = _("sealed links to authors")


class AuthorKeyring(models.Model):
    """A rebuildable index of SealedAuthor, one row for every account from its creation.

    The ciphertext is padded to steps of 1 KB and written by the relay in shuffled batches with cover rewrites,
    so that neither its existence, its size, its order nor its ``xmin`` tells who wrote what.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="keyring")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("index of sealed links")
        verbose_name_plural = _("indexes of sealed links")


class ContributionDraft(models.Model):
    """What somebody is typing, encrypted with the field key, without an account column.

    ``token`` is known to the author's browser and keyring alone; deleted when the contribution is sent.
    """

    token = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=32)
    ciphertext = models.BinaryField()
    # The day alone: enough for the purge after 90 days.
    touched_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
