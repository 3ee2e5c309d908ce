"""Authors together: an author asks colleagues, who accept or refuse, and may leave."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.backends import find_account
from src.directory.viewer import Viewer, as_viewer
from src.foundations import clock, outbox
from src.paper.forms import plain
from src.participation.enums import IdentityMode, Signature
from src.participation.rules import takes_part
from src.participation.services import supports
from src.participation.services.contributions import signature_of
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..models import CoAuthor, CoAuthorState, Idea, IdeaCounts, IdeaSupport

# With more, it is the text of a group: it is signed as such.
MOST = 10


def invite_co_author(*, idea, actor, last_name: str, identifier: str) -> CoAuthor:
    """Ask a colleague to sign too; they are told, and answer. Asking again who hasn't answered changes nothing.

    The last name and the address (or number) must go together: one mistyped letter asks nobody else. Refuses
    (ValidationError) somebody who isn't in the space's circle, who works on this very idea, who refused or left, and
    an eleventh; PermissionDenied for anybody but who sent it, and for what isn't signed by a person.
    """
    viewer = as_viewer(actor)
    _check_first_author(idea, viewer)
    person = find_account(identifier)
    if person is None or not person.is_active or plain(person.last_name) != plain(last_name):
        sentence = _("This name and this address or number don't go together. Check each letter with your colleague.")
        raise ValidationError({"identifier": sentence})
    if person.pk == viewer.user_id:
        raise ValidationError({"identifier": _("You are its author already.")})
    refusal = _why_not(idea, person)
    if refusal:
        raise ValidationError({"identifier": refusal})
    asked = CoAuthor.objects.filter(idea=idea, state__in=[CoAuthorState.ASKED, CoAuthorState.ACCEPTED])
    found = CoAuthor.objects.filter(idea=idea, user=person).first()
    if found is not None and found.state in (CoAuthorState.ASKED, CoAuthorState.ACCEPTED):
        return found
    if found is not None and found.state != CoAuthorState.DROPPED:
        raise ValidationError({"identifier": _("This colleague refused, or left: they aren't asked again.")})
    if asked.count() >= MOST:
        raise ValidationError(_("Ten colleagues at most. With more, the text of a group says it better."))
    try:
        with transaction.atomic():
            invitation, _made = CoAuthor.objects.update_or_create(
                idea=idea,
                user=person,
                defaults={"state": CoAuthorState.ASKED, "asked_on": clock.today(), "answered_on": None},
            )
            _tell(invitation, "asked")
    except IntegrityError:
        return CoAuthor.objects.get(idea=idea, user=person)
    return invitation


def answer_invitation(*, idea, actor, agrees: bool) -> CoAuthor:
    """Accept or refuse to be an author too. Accepting withdraws one's support: nobody supports their own idea.

    Refuses who wasn't asked (PermissionDenied), and an invitation taken back or an idea already answered
    (TransitionNotAllowed). The same answer twice changes nothing.
    """
    viewer = as_viewer(actor)
    invitation = CoAuthor.objects.filter(idea=idea, user_id=viewer.user_id).first()
    if invitation is None or not viewer.is_authenticated:
        raise PermissionDenied(_("You weren't asked to be an author of this idea."))
    wanted = CoAuthorState.ACCEPTED if agrees else CoAuthorState.REFUSED
    if invitation.state == wanted:
        return invitation
    if invitation.state != CoAuthorState.ASKED or not rules.takes_co_authors(idea):
        raise TransitionNotAllowed(_("This invitation is over."))
    if agrees and (refusal := _why_not(idea, viewer.user)):
        raise TransitionNotAllowed(refusal)
    with transaction.atomic():
        if agrees:
            supports.set_support(idea, viewer.user, False, support_model=IdeaSupport, counts_model=IdeaCounts)
        _move(invitation, CoAuthorState.ASKED, wanted, signature_of(viewer.user, Signature.PERSON) if agrees else "")
        _tell(invitation, wanted)
    return invitation


def leave_authors(*, idea, actor) -> None:
    """Stop being an author: one's name leaves the page at once. For a co-author; who sent it withdraws it instead."""
    viewer = as_viewer(actor)
    invitation = CoAuthor.objects.filter(idea=idea, user_id=viewer.user_id).first()
    if invitation is not None and invitation.state == CoAuthorState.LEFT:
        return
    if invitation is None or invitation.state != CoAuthorState.ACCEPTED:
        raise PermissionDenied(_("You aren't a co-author of this idea."))
    with transaction.atomic():
        _move(invitation, CoAuthorState.ACCEPTED, CoAuthorState.LEFT)
        _tell(invitation, CoAuthorState.LEFT)


def drop_invitation(*, idea, actor, invitation_pk: int) -> None:
    """Take back an invitation nobody answered yet; nobody is told. Who accepted leaves by themselves alone."""
    _check_first_author(idea, as_viewer(actor))
    invitation = CoAuthor.objects.filter(idea=idea, pk=invitation_pk).first()
    if invitation is None or invitation.state != CoAuthorState.ASKED:
        raise TransitionNotAllowed(_("This invitation is over."))
    with transaction.atomic():
        _move(invitation, CoAuthorState.ASKED, CoAuthorState.DROPPED)


def write_names(idea_pk: int) -> None:
    """Write on the idea's row who its authors are, from their answers. In the caller's transaction."""
    accepted = CoAuthor.objects.filter(idea_id=idea_pk, state=CoAuthorState.ACCEPTED).order_by("answered_on", "pk")
    people = list(accepted.values_list("user_id", "signed_as"))
    Idea.objects.filter(pk=idea_pk).update(
        co_author_ids="".join(f",{pk}" for pk, _name in people) + "," if people else "",
        co_signed_as=" ; ".join(name for _pk, name in people),
    )
    write_credits(idea_pk)
    outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": idea_pk})


def write_credits(idea_pk: int) -> int | None:
    """Write on the measures the idea became which co-authors want it; how many changed, None without a measure."""
    wanting = CoAuthor.objects.filter(idea_id=idea_pk, state=CoAuthorState.ACCEPTED, wants_credit=True)
    names = " ; ".join(wanting.order_by("answered_on", "pk").values_list("signed_as", flat=True))
    reference = Idea.objects.values_list("reference", flat=True).get(pk=idea_pk)
    return accountability.credit_co_authors(Idea.subject_kind, reference, names)


def _move(invitation, before: str, after: str, signed_as: str = "") -> None:
    """Move an answer once, whoever else answers at this moment, and the names with it."""
    # Two answers to one idea take turns: each then writes the names the other left.
    IdeaCounts.objects.select_for_update().filter(pk=invitation.idea_id).first()
    touched = CoAuthor.objects.filter(pk=invitation.pk, state=before).update(
        state=after, signed_as=signed_as, answered_on=clock.today(), wants_credit=False
    )
    if not touched:
        raise TransitionNotAllowed(_("This invitation is over."))
    invitation.refresh_from_db()
    write_names(invitation.idea_id)


def _check_first_author(idea, viewer) -> None:
    if not viewer.is_authenticated or idea.author_id != viewer.user_id:
        raise PermissionDenied(_("Only who sent the idea asks colleagues to sign it."))
    if idea.identity_mode != IdentityMode.NAMED or idea.signature != Signature.PERSON:
        raise PermissionDenied(_("Only an idea signed with one's name has several authors."))
    if not rules.takes_co_authors(idea):
        raise TransitionNotAllowed(_("The idea is answered, or has left its way: its authors don't change any more."))


def _why_not(idea, person) -> str:
    """Why this colleague can't be an author of this idea; empty when they can."""
    if not takes_part(Viewer(person), idea.space):
        return _("This colleague doesn't take part in this space.")
    works = (
        idea.owner_id == person.pk
        or idea.assessors.filter(user_id=person.pk, is_declined=False).exists()
        or idea.journal.filter(actor_id=person.pk).exists()
    )
    return _("This colleague works on this idea: nobody answers their own.") if works else ""


def _tell(invitation, what: str) -> None:
    outbox.emit("ideas.coauthor", {"invitation": invitation.pk, "what": str(what)})
