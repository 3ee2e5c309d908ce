"""The comments of an idea, page by page: first-level ones with the first of their replies, or one whole thread."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.foundations import keyset
from src.foundations.written import Written
from src.participation.enums import RemovalReason, Visibility

from .. import rules
from ..enums import IDEA_ROLES
from ..models import IdeaComment
from .rows import author_label, when_label

COMMENTS = 20
# Shown under their comment; a longer thread has pages of its own.
REPLIES = 10
# What isn't signed is dated from midnight of its Monday, so this order tells no hour either.
ORDER = ("created_at", "reference")
_REFERENCE = re.compile(r"[0-9A-Za-z]{6}")


@dataclass(frozen=True, kw_only=True)
class CommentNode:
    """A comment and its replies, or the first of them; ``replies_total`` counts them all."""

    comment: IdeaComment
    reference: str
    author_label: str
    official_label: str
    # The author's thanks to those who answered.
    is_thanks: bool
    html: str
    week: date
    when_label: str
    alignment: int | None
    in_reply_to_label: str
    is_mine: bool
    # Moderation hides it: ``html`` is then empty, but for its author and the moderators.
    hidden: str = ""
    is_readable: bool = True
    may_report: bool = False
    may_moderate: bool = False
    replies: list = field(default_factory=list)
    replies_total: int = 0


@dataclass(frozen=True, kw_only=True)
class CommentPage:
    """One page; ``thread`` names the first-level comment whose replies it pages, empty for the whole list."""

    nodes: list[CommentNode]
    previous_cursor: str = ""
    next_cursor: str = ""
    thread: str = ""


def comment_page(idea, viewer, *, cursor: str = "", at: str = "", thread: str = "") -> CommentPage:
    """A page of comments, oldest first, in two statements; three for ``at``.

    ``at`` is the reference of a comment or a reply: the page that holds it. ``thread`` is that of a first-level
    comment: this one alone, with its replies page by page. A reference that isn't of this idea counts as none.
    """
    comments = IdeaComment.objects.filter(idea=idea)
    start = 0
    if not cursor and _REFERENCE.fullmatch(at):
        thread, start = _place_of(comments, at.upper())
    if _REFERENCE.fullmatch(thread):
        root = comments.filter(reference=thread.upper(), parent=None).first()
        if root is not None:
            return _thread(comments, root, viewer, idea, cursor, start)
    return _list(comments, viewer, idea, cursor, start)


def _place_of(comments, reference) -> tuple[str, int]:
    """Where a comment is shown: its thread when that has pages of its own, and how many come before the page."""
    key = {
        "root": Coalesce("parent__reference", "reference"),
        "root_at": Coalesce("parent__created_at", "created_at"),
    }
    earlier = Q(created_at__lt=OuterRef("root_at")) | Q(created_at=OuterRef("root_at"), reference__lt=OuterRef("root"))
    elder = Q(created_at__lt=OuterRef("created_at")) | Q(
        created_at=OuterRef("created_at"), reference__lt=OuterRef("reference")
    )
    found = (
        comments.filter(reference=reference)
        .annotate(**key)
        .annotate(
            before=_count(comments.filter(earlier, parent=None)),
            rank=_count(comments.filter(elder, parent=OuterRef("parent_id"))),
        )
        .values_list("parent_id", "root", "before", "rank")
        .first()
    )
    if found is None:
        return "", 0
    parent_id, root, before, rank = found
    if parent_id is not None and rank >= REPLIES:
        return root, rank - rank % COMMENTS
    return "", before - before % COMMENTS


def _count(queryset) -> Coalesce:
    """The number of rows of a correlated query, as a value."""
    counted = queryset.order_by().values("idea_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _list(comments, viewer, idea, cursor, start) -> CommentPage:
    page = keyset.paginate(comments.filter(parent=None), order=ORDER, cursor=cursor, size=COMMENTS, start=start)
    replies: dict[int, list[IdeaComment]] = {}
    if page.items:
        parents = [comment.pk for comment in page.items]
        # As many places as a page has comments: the last one stands in those left over.
        for reply in _first_replies.rows(*parents, *[parents[-1]] * (COMMENTS - len(parents))):
            replies.setdefault(reply.parent_id, []).append(reply)
    nodes = []
    for comment in page.items:
        below = replies.get(comment.pk, [])
        nodes.append(_node(comment, viewer, idea, below, below[0].among if below else 0))
    return CommentPage(nodes=nodes, previous_cursor=page.previous_cursor, next_cursor=page.next_cursor)


def _replies_of(*parents):
    """The first replies of each, and how many each has."""
    per_parent = {"partition_by": F("parent_id")}
    return (
        IdeaComment.objects.filter(parent__in=parents)
        .select_related("in_reply_to")
        .annotate(
            rank=Window(RowNumber(), order_by=[F("created_at").asc(), F("reference").asc()], **per_parent),
            among=Window(Count("pk"), **per_parent),
        )
        .filter(rank__lte=REPLIES)
        .order_by(*ORDER)
    )


_first_replies = Written(COMMENTS, _replies_of)


def _thread(comments, root, viewer, idea, cursor, start) -> CommentPage:
    below = comments.filter(parent=root).select_related("in_reply_to")
    page = keyset.paginate(below, order=ORDER, cursor=cursor, size=COMMENTS, start=start)
    return CommentPage(
        nodes=[_node(root, viewer, idea, page.items, len(page.items))],
        previous_cursor=page.previous_cursor,
        next_cursor=page.next_cursor,
        thread=root.reference,
    )


def hidden_sentence(comment) -> str:
    """What stands in the place of a comment that moderation hides, so that its replies still make sense."""
    if comment.is_shown:
        return ""
    if comment.visibility == Visibility.WITHHELD:
        return _("This comment is hidden until somebody of the moderation has read it.")
    return _("This comment was removed by the moderation (%(reason)s).") % {
        "reason": RemovalReason(comment.removal_reason).label.lower()
    }


def _node(comment, viewer, idea, replies=(), replies_total: int = 0) -> CommentNode:
    official = ""
    if comment.official_role in IDEA_ROLES:
        official = Role(comment.official_role).label
    answered = comment.in_reply_to if comment.parent_id else None
    readable = rules.can_read_comment(viewer, comment, idea)
    return CommentNode(
        comment=comment,
        reference=comment.reference,
        author_label=author_label(comment),
        official_label=str(official),
        is_thanks=comment.thanked_id is not None,
        html=comment.body_html if readable else "",
        week=comment.week,
        when_label=when_label(comment),
        alignment=comment.alignment,
        in_reply_to_label=author_label(answered) if answered else "",
        is_mine=viewer.is_authenticated and rules.is_own_comment(viewer, comment),
        hidden=hidden_sentence(comment),
        is_readable=readable,
        may_report=not rules.why_not_report(viewer, idea, comment),
        may_moderate=rules.moderates(viewer, idea, comment),
        replies=[_node(reply, viewer, idea) for reply in replies],
        replies_total=replies_total,
    )
