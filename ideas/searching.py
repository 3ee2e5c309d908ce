"""What the index knows of an idea: its words, never who wrote it."""

from src.search.registry import Document

from .models import Idea


def document(idea) -> Document:
    """Title, text, reference and tags."""
    tags = " ".join(tag.name for tag in idea.tags.all())
    return Document(title=idea.title, body=idea.body, extra=f"{idea.reference} {tags}".strip())


def indexed():
    """Everything but what no longer shows."""
    return Idea.objects.exclude(stage_kind="removed").filter(body_hidden=False).prefetch_related("tags")
