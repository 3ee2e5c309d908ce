"""What people of an idea hear of the measure it became: it begins, it is done, confirmed or stopped, and its news."""

from src.accountability.models import MeasureOrigin
from src.notices.services import send
from src.workflow.enums import StageKind

from ..models import Idea, IdeaJournalEntry
from .telling import context_of, followers_of, quoted, read_idea, tell_author
from .tracking import FORM

CODES = {
    StageKind.IN_PROGRESS: "started",
    StageKind.DELIVERED: "delivered",
    StageKind.VERIFIED: "confirmed",
    StageKind.STOPPED: "stopped",
}


def tell_followed(entry_pk: int) -> bool:
    """The author, then those who follow; False when the step isn't a measure's, or is already told by a later one."""
    entry = IdeaJournalEntry.objects.select_related("to_stage").filter(pk=entry_pk).first()
    if entry is None or entry.actor_role != FORM:
        return False
    idea = read_idea(Idea.objects.values_list("reference", flat=True).get(pk=entry.idea_id))
    # Several steps may be taken in one gesture: where the idea rests is told, and what came back isn't a beginning.
    if idea is None or idea.stage_id != entry.to_stage_id or not idea.is_shown:
        return True
    code = CODES[StageKind(entry.to_kind)]
    if code == "started" and entry.from_kind == StageKind.DELIVERED:
        code = "reopened"
    _tell(idea, code, context_of(idea) | {"text": quoted(entry.text)}, f"moved:{entry.pk}")
    return True


def tell_news(origin: MeasureOrigin, measure, note) -> None:
    """News of a measure, to the author of the idea and to those who follow it; nobody hears of a hidden idea."""
    idea = read_idea(origin.subject_reference)
    if idea is not None and idea.is_shown:
        words = context_of(idea) | {"text": quoted(note.text), "signed_by": note.signed_as}
        _tell(idea, "news", words, f"news:{note.token}")


def _tell(idea, code: str, context: dict, key: str) -> None:
    tell_author(idea, f"ideas.{code}", context, key)
    followers, handles = followers_of(idea)
    send(f"ideas.{code}.followed", recipients=followers, handles=handles, context=context, key=key)
