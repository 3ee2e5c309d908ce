"""Comments and replies, one level deep, said in one's own name or in that of a role."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, metrics, text

from ..enums import Channel, Circle, IdentityMode, PhaseVerb, Signature
from ..models import Space
from ..rules import is_open, takes_part
from . import authorship, contributions
from .supports import add_to_count, target_field

MAX_LENGTH = 1500


def publish_comment(
    target,
    *,
    actor,
    body: str,
    comment_model: type[models.Model],
    counts_model: type[models.Model],
    identity_mode: str = IdentityMode.NAMED,
    signature: str = Signature.PERSON,
    parent=None,
    official_role: str = "",
    roles_held: frozenset[str] | set[str] = frozenset(),
    channel: str = Channel.WEB,
    submission_token: UUID | None = None,
    space: Space | None = None,
    now: datetime | None = None,
    on_published: Callable[[models.Model], None] | None = None,
    writer: contributions.Writer | None = None,
    written_at: datetime | None = None,
    at_any_time: bool = False,
    columns: dict | None = None,
):
    """Publish one comment under ``target`` and return it; the same ``submission_token`` returns the first one.

    ``actor`` is an account or a Viewer. A reply to a reply hangs on the first-level comment and names whom it
    answers. Refuses: one's own word outside the circle, a badge for a role not in ``roles_held`` on the subject
    (PermissionDenied), an empty or long text, a closed space, a mode the space doesn't offer, a comment elsewhere
    as parent (ValidationError). An official word is always said by name. ``on_published`` runs in the
    same transaction (the app's outbox rows go there). ``writer`` and ``written_at``: as in ``submit_idea``, for a
    text that came on paper or by a kiosk; the caller vouches. ``at_any_time``: whatever the phase, for what the room
    opens by itself. ``columns``: what its own table adds, or says otherwise.
    """
    viewer = as_viewer(writer.user if writer else actor)
    space = space or target.space
    moment = now or clock.now()
    unknown = writer is not None and not viewer.is_authenticated and space.circle != Circle.MEMBERS
    _check_badge(official_role, roles_held)
    if not unknown and (not viewer.is_authenticated or not (official_role or takes_part(viewer, space))):
        raise PermissionDenied
    body = check_body(body)
    if not at_any_time and not is_open(space, PhaseVerb.COMMENT, written_at or moment):
        raise ValidationError(_("Comments are closed here."), code="closed")
    if official_role:
        identity_mode = IdentityMode.NAMED
    fk = target_field(comment_model, type(target))
    root, answered = _thread(parent, fk, target)
    identity = contributions.identity_fields(
        space,
        viewer.user,
        identity_mode=identity_mode,
        signature=signature,
        now=moment,
        team=writer.team if writer else "",
    )
    comment = comment_model(
        **{fk.name: target},
        **identity | (columns or {}),
        body=body,
        body_html=text.plain_to_html(body),
        parent=root,
        in_reply_to=answered,
        official_role=str(official_role),
        channel=channel,
        submission_token=submission_token,
    )
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
            if comment.identity_mode == IdentityMode.PROTECTED and viewer.user is not None:
                authorship.seal(comment.handle, viewer.user)
            contributions.freeze_space(space, moment)
            if on_published is not None:
                on_published(comment)
            add_to_count(counts_model, target.pk, "comments", 1)
    except IntegrityError:
        first = _already_sent(comment_model, fk, target, submission_token)
        if first is None:
            raise
        metrics.duplicates_refused.inc()
        return first
    return comment


def check_body(body: str) -> str:
    """The text of a comment without its outer spaces; refuses an empty one and one over 1,500 characters."""
    body = (body or "").replace("\r\n", "\n").strip()
    if not body:
        raise ValidationError({"body": _("Write your comment before sending it.")}, code="required")
    if len(body) > MAX_LENGTH:
        raise ValidationError(
            {"body": _("Your comment is too long: %(max)s characters at most.") % {"max": MAX_LENGTH}},
            code="max_length",
        )
    return body


def thread_position(parent):
    """``(parent, in_reply_to)`` of an answer to ``parent``: replies stay one level deep."""
    if parent is None:
        return None, None
    if parent.parent_id is None:
        return parent, None
    return parent.parent, parent


def _thread(parent, fk, target):
    if parent is not None and getattr(parent, fk.attname) != target.pk:
        raise ValidationError(_("The comment you answer is no longer there."), code="parent")
    return thread_position(parent)


def _check_badge(official_role: str, roles_held) -> None:
    if official_role and (official_role not in Role.values or official_role not in roles_held):
        raise PermissionDenied(_("You don't hold this role here."))


def _already_sent(comment_model, fk, target, submission_token):
    if submission_token is None:
        return None
    sent = comment_model.objects.filter(submission_token=submission_token, **{fk.attname: target.pk})
    return sent.first()
