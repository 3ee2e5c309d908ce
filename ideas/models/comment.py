"""Comments on ideas."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractComment

from ..querysets import IdeaCommentQuerySet


class IdeaComment(AbstractComment):
    """A comment or a reply under an idea."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="comments")
    # The answer its author thanks for: one word of thanks an answer.
    thanked = models.OneToOneField(
        "accountability.Decision", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    import_batch = models.ForeignKey(
        "ideas.ImportBatch", models.CASCADE, null=True, blank=True, related_name="comments", editable=False
    )
    import_key = models.CharField(max_length=120, blank=True, editable=False)

    objects = IdeaCommentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(AbstractComment.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            *AbstractComment.Meta.constraints,
            models.UniqueConstraint(
                fields=["idea", "import_key"], condition=~models.Q(import_key=""), name="idea_comment_import_once"
            ),
        ]
        indexes = [models.Index(fields=["idea", "week", "reference"], name="idea_comment_order")]


def comment_url(idea_reference: str, reference: str) -> str:
    """The address that opens the page holding a comment, whatever is written before it later."""
    return f"/idees/{idea_reference}/?commentaire={reference}#commentaire-{reference}"
