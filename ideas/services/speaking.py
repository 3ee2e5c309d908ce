"""Supports, follows and comments of ideas: when they are open, and for whom."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import outbox
from src.participation.enums import Channel, Circle
from src.participation.rules import takes_part
from src.participation.services import comments, supports
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, validators
from ..enums import OFFICIAL_VOICES
from ..models import IdeaComment, IdeaCounts, IdeaFollow, IdeaSupport
from . import merging


def set_support(*, idea, actor, wanted: bool) -> bool:
    """Bring a support to the wanted state; True when it changed. Ten equal posts leave one row.

    Refuses one's own idea (also protected), a stage or a phase that takes none: with a sentence. Withdrawing one's
    support is allowed as long as supports are open.
    """
    viewer = as_viewer(actor)
    if not rules.can_view(viewer, idea):
        raise PermissionDenied(_("You can't support this idea."))
    refusal = rules.why_not_support(viewer, idea)
    if refusal and not wanted and merging.may_withdraw_moved(idea, viewer):
        # It followed a merge: nobody's support is moved without a way to take it back.
        refusal = ""
    if refusal and not idea.is_of(viewer) and not takes_part(viewer, idea.space):
        raise PermissionDenied(refusal)
    if refusal:
        raise TransitionNotAllowed(refusal)
    changed = supports.set_support(
        idea,
        viewer.user,
        wanted,
        support_model=IdeaSupport,
        counts_model=IdeaCounts,
        own_handles=viewer.own_handles,
    )
    if changed and not wanted:
        merging.forget_moved(idea, viewer)
    return changed


def set_follow(*, idea, actor, wanted: bool) -> bool:
    """Bring one's wish for news to the wanted state; True when it changed. One hears of one's own idea anyway."""
    viewer = as_viewer(actor)
    if not rules.can(viewer, "follow", idea):
        raise PermissionDenied(_("You can't follow this idea."))
    return supports.set_follow(
        idea,
        viewer.user,
        wanted,
        follow_model=IdeaFollow,
        counts_model=IdeaCounts,
        own_handles=viewer.own_handles,
    )


def comment(
    *,
    idea,
    actor,
    body: str,
    parent=None,
    identity_mode: str = "named",
    signature: str = "person",
    official_role: str = "",
    submission_token=None,
    at=None,
    channel: str = Channel.WEB,
    writer=None,
    written_at=None,
):
    """Publish a comment or a reply under an idea and answer it; the same token answers the first one.

    Refuses with PermissionDenied who doesn't see the idea, doesn't hold the role they speak for, or speaks for
    themself outside the circle (a role gives official words alone), with TransitionNotAllowed an idea that left its
    way, with ValidationError a text outside the limits. ``writer``: a text that came on paper or by a kiosk, for
    which the caller vouches.
    """
    viewer = as_viewer(writer.user if writer else actor)
    unknown = writer is not None and not viewer.is_authenticated and idea.space.circle != Circle.MEMBERS
    if not unknown and (not viewer.is_authenticated or not rules.can_view(viewer, idea)):
        raise PermissionDenied(_("You can't comment on this idea."))
    if official_role and not idea.roles_of(viewer) & OFFICIAL_VOICES:
        raise PermissionDenied(_("You don't hold this role here."))
    if not unknown and not official_role and not takes_part(viewer, idea.space):
        raise PermissionDenied(_("You read this idea by your role: only the members of its space comment on it."))
    if not rules.takes_comments(idea, written_at):
        raise TransitionNotAllowed(_("Comments are closed on this idea."))
    try:
        body = validators.clean_comment(body)
    except ValidationError as error:
        raise ValidationError({"body": error})
    return comments.publish_comment(
        idea,
        actor=viewer,
        body=body,
        comment_model=IdeaComment,
        counts_model=IdeaCounts,
        identity_mode=identity_mode,
        signature=signature,
        parent=parent,
        official_role=official_role,
        roles_held=idea.roles_of(viewer) & OFFICIAL_VOICES,
        submission_token=submission_token,
        now=at,
        on_published=_tell,
        channel=channel,
        writer=writer,
        written_at=written_at,
    )


def _tell(published) -> None:
    outbox.emit("ideas.commented", {"reference": published.reference}, key=f"ideas.commented:{published.reference}")
