"""What questionnaires ask of the room: whether it holds one, its words, the mark of somebody, what a closing does."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from panels.rules import membership_id
from src.directory.viewer import as_viewer
from src.questionnaires.holders import Holder

from . import marks, services
from .models import Pairing


def holder_of(questionnaire) -> Holder | None:
    """The pairing that a questionnaire is of; None for the others. One statement."""
    found = Pairing.objects.filter(Q(before=questionnaire) | Q(after=questionnaire)).select_related("panel").first()
    if found is None:
        return None

    def mark(viewer) -> str:
        member = membership_id(as_viewer(viewer), found.panel)
        return marks.mark_of(found.locked, found.reference, member) if member and found.locked else ""

    return Holder(
        facts=(
            _("Asked twice: as the panel begins, and at its end. What you say both times is put side by side."),
            _(
                "Your two boxes bear the same mark, made with a key that is destroyed once both are opened: nobody "
                "can bring it back to you. Both stay sealed until the end."
            ),
            _("Everybody then reads what changed, in groups of eleven members at least."),
        ),
        waits=_("It is closed. Its answers stay sealed until the same questions are asked again, at the end."),
        url=reverse("panel_pairings:told", kwargs={"slug": found.panel.slug}),
        mark=mark,
        closed=lambda: services.settle(found),
    )
