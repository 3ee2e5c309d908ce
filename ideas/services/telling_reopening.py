"""Who is told of a refusal looked at again: those asked, then everybody who follows the idea, and who studies it."""

from src.directory.enums import Role
from src.foundations import clock
from src.notices.services import send
from src.workflow.enums import StageKind

from ..models import ReopeningRound
from . import reopening, telling


def tell_round(round_pk: int, what: str) -> None:
    """Supporters and the author are asked, each once; or everybody who follows reads that the answer stays."""
    related = [f"idea__{name}" for name in ("space", "unit", "owed", "author")]
    opened = ReopeningRound.objects.select_related("condition", *related).filter(pk=round_pk).first()
    if opened is None or not opened.idea.is_shown:
        return
    idea, key, words = opened.idea, f"reopening:{round_pk}:{what}", words_of(opened)
    if what == "kept":
        telling.tell_author(idea, "ideas.reopening.kept", words, key)
        followers, handles = telling.followers_of(idea)
        send("ideas.reopening.kept.followed", recipients=followers, handles=handles, context=words, key=key)
        return
    if not opened.is_open or opened.ends_on < clock.today():
        # Messages wait: by now there is nothing left to answer.
        return
    telling.tell_author(idea, "ideas.reopening.asked", words, key)
    people = set(idea.supports.values_list("user_id", flat=True)) - {idea.author_id}
    send("ideas.reopening.asked.followed", recipients=sorted(people), context=words, key=key)


def tell_reopened(idea, entry) -> None:
    """Its supporters had it reopened: who studies it again, its author and those who follow."""
    opened = ReopeningRound.objects.select_related("condition").filter(idea=idea).order_by("-pk").first()
    words = {"conditions": opened.condition.words if opened else "", "text": entry.text}
    telling.task(idea, entry, "ideas.task.reopened", _in_charge(idea), **words)
    telling.tell_both(idea, entry, "reopening.agreed", telling.context_of(idea) | words)


def tell_revisited(idea, entry) -> None:
    """The day a "later" promised comes: who studies it again, its author and those who follow."""
    telling.task(idea, entry, "ideas.task.revisited", _in_charge(idea))
    telling.tell_both(idea, entry, "revisited", telling.context_of(idea))


def words_of(opened: ReopeningRound) -> dict:
    """What messages say of a round."""
    return telling.context_of(opened.idea) | {
        "conditions": opened.condition.words,
        "text": opened.condition.met_text,
        "until": opened.ends_on.isoformat(),
    }


def _in_charge(idea) -> set[int]:
    return {idea.owner_id} if idea.owner_id else telling.holders(idea, Role.IDEA_CORRESPONDENT)


telling.TELLERS_BY_ROLE[reopening.BY_SUPPORTERS, StageKind.IN_REVIEW] = tell_reopened
telling.TELLERS_BY_ROLE[reopening.BY_PROMISED_DAY, StageKind.IN_REVIEW] = tell_revisited
