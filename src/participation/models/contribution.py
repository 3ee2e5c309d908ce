"""What every contribution carries: a random reference, an identity mode, and never a sequence anybody sees."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import Channel, IdentityMode, RemovalReason, Signature, Visibility


def in_place_of_a_name(identity_mode: str) -> str:
    """« Nom protégé » or « Anonyme » in the reader's language; empty for who signs."""
    if identity_mode == IdentityMode.PROTECTED:
        return gettext("Protected name")
    return gettext("Anonymous") if identity_mode == IdentityMode.ANONYMOUS else ""


class AbstractContribution(models.Model):
    """Common part of ideas and comments.

    ``author`` is set only when the mode is ``named`` (a check says so). Otherwise ``handle`` is all there is;
    the link to the account is sealed (SealedAuthor), and ``week`` is the only date kept of the author's gestures.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    identity_mode = models.CharField(_("identity"), max_length=16, choices=IdentityMode)
    signature = models.CharField(max_length=16, choices=Signature, default=Signature.PERSON)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    handle = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What is shown as the author: "Nadia B., conductrice", "Équipe des Serres", "Nom protégé", an import's label.
    signed_as = models.CharField(max_length=160, blank=True)
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.WEB)
    # Monday of the week it was made: every public order is (week, reference).
    week = models.DateField(editable=False)
    # Exact only for named contributions; for the others, midnight of ``week``.
    created_at = models.DateTimeField(editable=False)
    is_imported = models.BooleanField(default=False, editable=False)
    # Moderation: hidden, its author and the moderators still read it. Read with the row: no page pays a statement.
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility, default=Visibility.SHOWN, editable=False
    )
    removal_reason = models.CharField(max_length=16, choices=RemovalReason, blank=True, editable=False)
    # Ten equal posts leave one row.
    submission_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(identity_mode=IdentityMode.NAMED) | models.Q(author__isnull=True),
                name="%(app_label)s_%(class)s_author_only_when_named",
            ),
            models.CheckConstraint(
                condition=models.Q(identity_mode__in=IdentityMode.values),
                name="%(app_label)s_%(class)s_identity_mode_known",
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="%(app_label)s_%(class)s_visibility_known",
            ),
            models.CheckConstraint(
                condition=models.Q(visibility=Visibility.REMOVED) & ~models.Q(removal_reason="")
                | ~models.Q(visibility=Visibility.REMOVED) & models.Q(removal_reason=""),
                name="%(app_label)s_%(class)s_removed_with_reason",
            ),
        ]

    @property
    def signed_words(self) -> str:
        """Its signature as the reader reads it: what stands in the place of a name is in their language."""
        return (in_place_of_a_name(self.identity_mode) or self.signed_as) if self.signed_as else ""

    @property
    def is_shown(self) -> bool:
        """Whether its circle reads it; otherwise its author and the moderators do."""
        return self.visibility == Visibility.SHOWN
