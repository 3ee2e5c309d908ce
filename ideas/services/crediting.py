"""« Née d'une idée de… »: an author who signed lets the measure their idea became say so, and may take it back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.viewer import as_viewer
from src.foundations import journal
from src.notices.services import send
from src.participation.enums import IdentityMode
from src.workflow.exceptions import TransitionNotAllowed

from ..models import CoAuthor, CoAuthorState, Idea
from . import telling
from .coauthoring import write_credits


def may_be_credited(idea, viewer) -> bool:
    """Whether the viewer signed the idea, alone or with others: each says for themself if a measure names them."""
    return bool(viewer.is_authenticated and idea.identity_mode == IdentityMode.NAMED and idea.is_of(viewer))


def signature_for(idea, viewer) -> str:
    """What a measure would say of the viewer: the idea's own signature for who sent it, a co-author's own name."""
    if idea.author_id == viewer.user_id:
        return idea.signed_as
    return _own(idea, viewer).values_list("signed_as", flat=True).first() or ""


def is_credited(idea, viewer) -> bool:
    """Whether the measures the idea became name the viewer."""
    if idea.author_id == viewer.user_id:
        return accountability.is_credited(Idea.subject_kind, idea.reference)
    return _own(idea, viewer).filter(wants_credit=True).exists()


def _own(idea, viewer):
    return CoAuthor.objects.filter(idea=idea, user_id=viewer.user_id, state=CoAuthorState.ACCEPTED)


@transaction.atomic
def set_credit(*, idea, actor, wanted: bool) -> bool:
    """Show on the measures an idea became whose idea it was, or stop showing it; True when something changed.

    What is shown is the idea's own signature (a person, a team, a group) for who sent it, and a co-author's own name
    for them: each for themself. Refuses anybody else (PermissionDenied) and an idea that became no measure
    (TransitionNotAllowed). Safe twice.
    """
    viewer = as_viewer(actor)
    if not may_be_credited(idea, viewer):
        raise PermissionDenied(_("Only who signed the idea says whether a measure names them."))
    if wanted and not (idea.signed_as and idea.is_shown):
        raise TransitionNotAllowed(_("This idea shows no signature: nothing of it stands on a measure."))
    if idea.author_id == viewer.user_id:
        found = accountability.credit_origins(Idea.subject_kind, [idea.reference], idea.signed_as if wanted else "")
    else:
        _own(idea, viewer).update(wants_credit=wanted)
        found = write_credits(idea.pk)
    if found is None:
        raise TransitionNotAllowed(_("This idea has become no measure."))
    if found:
        verb = "ideas.credit.given" if wanted else "ideas.credit.taken_back"
        journal.record(verb, actor=viewer.user, object_ref=f"idea:{idea.reference}")
    return bool(found)


def ask_credit(idea) -> None:
    """Ask the author of a signed idea that just became a measure; the relay calls it, once an idea."""
    if idea.identity_mode != IdentityMode.NAMED or idea.author_id is None or not idea.is_shown:
        return
    if accountability.is_origin(Idea.subject_kind, idea.reference):
        accepted = CoAuthor.objects.filter(idea=idea, state=CoAuthorState.ACCEPTED)
        co_authors = accepted.order_by("pk").values_list("user_id", flat=True)
        send(
            "ideas.credit.asked",
            recipients=[idea.author_id, *co_authors],
            context=telling.context_of(idea),
            key=f"credit:{idea.reference}",
        )
