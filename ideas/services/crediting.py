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

from ..models import Idea
from . import telling


def may_be_credited(idea, viewer) -> bool:
    """Whether the viewer signed the idea and sent it: nobody else says whose name a measure shows."""
    return viewer.is_authenticated and idea.identity_mode == IdentityMode.NAMED and idea.author_id == viewer.user_id


@transaction.atomic
def set_credit(*, idea, actor, wanted: bool) -> bool:
    """Show on the measures an idea became whose idea it was, or stop showing it; True when something changed.

    What is shown is the idea's own signature: a person, a team, a group. Refuses anybody but who sent a signed idea
    (PermissionDenied) and an idea that became no measure (TransitionNotAllowed). Safe twice.
    """
    viewer = as_viewer(actor)
    if not may_be_credited(idea, viewer):
        raise PermissionDenied(_("Only who signed and sent the idea says whether a measure names them."))
    if wanted and not (idea.signed_as and idea.is_shown):
        raise TransitionNotAllowed(_("This idea shows no signature: nothing of it stands on a measure."))
    found = accountability.credit_origins(Idea.subject_kind, [idea.reference], idea.signed_as if wanted else "")
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
        send(
            "ideas.credit.asked",
            recipients=[idea.author_id],
            context=telling.context_of(idea),
            key=f"credit:{idea.reference}",
        )
