"""The author's thanks to those who answered: one short comment an answer, said as the idea is."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import outbox
from src.notices.services import send
from src.participation.services import comments
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, validators
from ..models import IdeaComment, IdeaCounts
from .telling import context_of, quoted

THANKS_MAX = 300


def thank(*, idea, actor, body: str, submission_token=None, at=None) -> IdeaComment:
    """Thank those who answered the idea, once an answer; the same token answers the first one.

    A comment under the idea, under the name or the protected name the idea has: reported, hidden and objected to as
    any other. Refuses with PermissionDenied somebody else than the author, with TransitionNotAllowed an idea without
    an answer or thanked already, with ValidationError a text outside the limits. Those thanked are told.
    """
    viewer = as_viewer(actor)
    if not viewer.is_authenticated or not idea.is_of(viewer):
        raise PermissionDenied(_("Only its author thanks those who answered an idea."))
    if submission_token is not None:
        sent = IdeaComment.objects.filter(submission_token=submission_token, idea=idea, thanked__isnull=False).first()
        if sent is not None:
            return sent
    refusal = rules.why_not_thank(idea)
    if refusal:
        raise TransitionNotAllowed(refusal)
    try:
        body = validators.clean_statement(body, largest=THANKS_MAX)
    except ValidationError as error:
        raise ValidationError({"body": error})
    try:
        return comments.publish_comment(
            idea,
            actor=viewer,
            body=body,
            comment_model=IdeaComment,
            counts_model=IdeaCounts,
            identity_mode=idea.identity_mode,
            signature=idea.signature,
            submission_token=submission_token,
            now=at,
            on_published=_tell,
            at_any_time=True,
            columns={"thanked_id": idea.decision_id, "signed_as": idea.signed_as},
        )
    except IntegrityError:
        # Two at once: the other one is there.
        raise TransitionNotAllowed(rules.why_not_thank(idea))


def tell_thanked(reference: str) -> None:
    """Who signed, who drafted and who assessed read that they are thanked, never the author themself."""
    thanks = (
        IdeaComment.objects.select_related("idea__space", "idea__unit", "idea__owed", "thanked")
        .filter(reference=reference, thanked__isnull=False)
        .first()
    )
    if thanks is None or not thanks.is_shown or not thanks.idea.is_shown:
        return
    idea, decision = thanks.idea, thanks.thanked
    people = {decision.decided_by_id, decision.drafted_by_id}
    people |= set(idea.assessors.filter(assessment__isnull=False).values_list("user_id", flat=True))
    context = context_of(idea) | {"text": quoted(thanks.body), "comment": reference}
    recipients = sorted(people - {None, idea.author_id})
    # The key of any comment: what moderation hides is hidden in the messages too.
    send("ideas.thanked", recipients=recipients, context=context, key=f"commented:{reference}")


def _tell(published) -> None:
    outbox.emit("ideas.thanked", {"reference": published.reference}, key=f"ideas.thanked:{published.reference}")
