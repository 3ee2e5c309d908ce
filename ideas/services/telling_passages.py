"""Who is told that an idea passed to another space: its author; of a move, those who support or follow it too."""

from src.notices.services import send

from ..models import SpacePassage
from . import telling


def tell_passed(passage_pk: int) -> None:
    """By name or by handle; of a copy the author alone, because nobody follows it yet."""
    related = [f"idea__{name}" for name in ("space", "unit", "owed", "author")]
    passage = SpacePassage.objects.select_related(*related, "from_space", "to_space").filter(pk=passage_pk).first()
    if passage is None:
        return
    idea = passage.idea
    words = telling.context_of(idea) | {
        "text": telling.quoted(passage.text),
        "before": passage.from_space.name,
        "after": passage.to_space.name,
    }
    key = f"passed:{passage_pk}"
    if passage.kind == SpacePassage.Kind.COPIED:
        telling.tell_author(idea, "ideas.copied", words, key)
        return
    telling.tell_author(idea, "ideas.relocated", words, key)
    followers, handles = telling.followers_of(idea)
    send("ideas.relocated.followed", recipients=followers, handles=handles, context=words, key=key)
