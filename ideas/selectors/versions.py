"""Two versions of an idea that follow each other, and what changed between them."""

from dataclasses import dataclass

from django.utils.formats import date_format

from src.directory.viewer import as_viewer

from ..differences import ADDED, REMOVED, Piece, changes, plain
from ..models import Idea
from .rows import IdeaRow, row_of, week_label


@dataclass(frozen=True, kw_only=True)
class VersionChange:
    """From one version to the next."""

    row: IdeaRow
    before: int
    after: int
    is_last: bool
    # The day, or the week, when the first of the two was replaced.
    when_label: str
    title: list[Piece]
    text: list[Piece]
    added: int
    removed: int


def version_change(viewer, reference: str, number: int) -> VersionChange:
    """What changed between version ``number`` and the one that follows; Idea.DoesNotExist where there is none.

    Through the gate of the idea; nothing of a text its author hid. Two statements.
    """
    viewer = as_viewer(viewer)
    idea = Idea.objects.visible_to(viewer).for_rows(viewer).filter(body_hidden=False).get(reference=reference)
    versions = list(idea.versions.all())
    if not 1 <= number <= len(versions):
        raise Idea.DoesNotExist
    former = versions[number - 1]
    following = versions[number] if number < len(versions) else idea
    title = changes(former.title, following.title)
    text = changes(plain(former.body_html), plain(following.body_html))
    return VersionChange(
        row=row_of(idea, viewer),
        before=number,
        after=number + 1,
        is_last=number == len(versions),
        when_label=week_label(former.replaced_on)
        if idea.is_sealed
        else date_format(former.replaced_on, "DATE_FORMAT"),
        title=title,
        text=text,
        added=sum(piece.words for piece in (*title, *text) if piece.kind == ADDED),
        removed=sum(piece.words for piece in (*title, *text) if piece.kind == REMOVED),
    )
