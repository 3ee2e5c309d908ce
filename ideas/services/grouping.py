"""Sending the text of a group, signed with its name, its spokesperson named, its document beside."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import orphans, uploads
from src.participation.enums import IdentityMode, Signature
from src.participation.services.contributions import signature_of

from .. import validators
from ..models import GroupKind, Idea, IdeaGroup
from .submitting import Receipt, submit_idea

NAME_MIN, NAME_MAX, TITLE_MAX = 3, 80, 120


def submit_group_idea(
    *,
    actor,
    space,
    kind: str,
    name: str,
    body: str,
    title: str = "",
    document=None,
    document_title: str = "",
    submission_token: UUID | None = None,
) -> Receipt:
    """Send an idea signed by a group: as ``submit_idea``, under the group's name, with who speaks for it.

    ``actor`` is its spokesperson, shown by name. The document is a PDF, made anew before it is kept (no property, no
    program, no file inside). Refuses what ``submit_idea`` refuses, a space where nobody signs, an unknown kind, a name
    too short, a document without a title. The same token answers the first sending.
    """
    viewer = as_viewer(actor)
    if not viewer.is_authenticated:
        raise PermissionDenied(_("Sign in to speak for a group."))
    name = validators.tidy(name, one_line=True)[:NAME_MAX]
    errors = {}
    if len(name) < NAME_MIN:
        errors["name"] = _("Write the name of the group.")
    if kind not in GroupKind.values:
        errors["kind"] = _("Say what kind of group it is.")
    document_title = validators.tidy(document_title, one_line=True)[:TITLE_MAX]
    if document is not None and not document_title:
        errors["document_title"] = _("Give the document a title, for those who can't open it.")
    if errors:
        raise ValidationError(errors)
    try:
        clean = uploads.safe_pdf(document) if document is not None else ""
    except ValidationError as refusal:
        raise ValidationError({"document": refusal.messages})
    group = IdeaGroup(
        kind=kind,
        speaker=viewer.user,
        spokesperson=signature_of(viewer.user, Signature.PERSON),
        document=clean,
        document_title=document_title if clean else "",
    )
    with orphans.files_with_their_rows(group.document):
        receipt = submit_idea(
            actor=viewer.user,
            space=space,
            body=body,
            title=title,
            identity_mode=IdentityMode.NAMED,
            signature=Signature.GROUP,
            team_label=name,
            submission_token=submission_token,
        )
        if receipt.is_new:
            group.idea = receipt.idea
            group.save()
    return receipt


@transaction.atomic
def remove_document(*, idea, actor) -> None:
    """Take the document away, and its file with it; for the spokesperson, before the answer. Safe twice."""
    viewer = as_viewer(actor)
    if idea.author_id is None or idea.author_id != viewer.user_id:
        raise PermissionDenied(_("Only the spokesperson of the group takes its document away."))
    Idea.objects.select_for_update().values_list("pk").get(pk=idea.pk)
    group = IdeaGroup.objects.filter(idea=idea).exclude(document="").first()
    if group is None:
        return
    file = group.document
    IdeaGroup.objects.filter(pk=group.pk).update(document="", document_title="")
    orphans.delete_after_commit(file)
