"""Ideas and comments as an opening of identity sees them: a reference, a text, no author.

Read without ``visible_to``: what is opened is often what moderation removed, or stands in a box of members. The
caller holds one of the three functions; for one's own texts, the caller's keyring.
"""

from src.participation.opening_subjects import Contribution

from .models import Idea, IdeaComment
from .models.comment import comment_url
from .paper.sheets import COMMENT_KIND


def idea(reference: str) -> Contribution | None:
    """The idea of that reference."""
    found = Idea.objects.filter(reference=reference).first()
    return _of_idea(found) if found else None


def comment(reference: str) -> Contribution | None:
    """The comment of that reference."""
    found = IdeaComment.objects.select_related("idea").filter(reference=reference).first()
    return _of_comment(found) if found else None


def ideas_of(handles) -> list[Contribution]:
    """The ideas of these handles."""
    return [_of_idea(found) for found in Idea.objects.filter(handle__in=handles).order_by("week", "reference")]


def comments_of(handles) -> list[Contribution]:
    """The comments of these handles."""
    found = IdeaComment.objects.select_related("idea").filter(handle__in=handles).order_by("week", "reference")
    return [_of_comment(one) for one in found]


def _of_idea(found: Idea) -> Contribution:
    return Contribution(
        kind=Idea.subject_kind,
        reference=found.reference,
        handle=found.handle,
        identity_mode=found.identity_mode,
        week=found.week,
        title=found.title,
        text=found.body,
        url=found.get_absolute_url(),
        is_imported=found.is_imported,
    )


def _of_comment(found: IdeaComment) -> Contribution:
    return Contribution(
        kind=COMMENT_KIND,
        reference=found.reference,
        handle=found.handle,
        identity_mode=found.identity_mode,
        week=found.week,
        title=found.idea.title,
        text=found.body,
        url=comment_url(found.idea.reference, found.reference),
        is_imported=found.is_imported,
    )
