"""A text signed by a group: a team, a union or association section, a collective; and its document."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations.uploads import PrivateStorage


class GroupKind(models.TextChoices):
    TEAM = "team", pgettext_lazy("group", "Team")
    UNION = "union", pgettext_lazy("group", "Trade union section")
    ASSOCIATION = "association", pgettext_lazy("group", "Association section")
    COLLECTIVE = "collective", pgettext_lazy("group", "Collective")


def random_name(group, filename: str) -> str:
    """A name that says nothing of what the file was called."""
    return f"ideas/{secrets.token_hex(16)}.pdf"


class IdeaGroup(models.Model):
    """Who signs an idea sent in the name of a group: its name is the idea's ``signed_as``; somebody answers for it.

    Beside a signed idea whose signature is a group's, and no other (trigger).
    """

    idea = models.OneToOneField("ideas.Idea", models.CASCADE, related_name="group")
    kind = models.CharField(_("kind of group"), max_length=16, choices=GroupKind)
    # "Nadia B., conductrice", written once; and the account, the idea's author.
    speaker = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    spokesperson = models.CharField(_("spokesperson"), max_length=160, blank=True)
    document = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    document_title = models.CharField(_("title of the document"), max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("group that signs an idea")
        verbose_name_plural = _("groups that sign ideas")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_kind_known"),
            models.CheckConstraint(
                condition=Q(document="", document_title="") | ~Q(document="") & ~Q(document_title=""),
                name="group_document_has_title",
            ),
        ]

    def __str__(self):
        return f"{self.idea_id} {self.kind}"
