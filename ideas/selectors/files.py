"""The pictures and documents of an idea, through its gate."""

from dataclasses import dataclass
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from src.foundations.written import Written

from ..enums import FileKind
from ..models import Idea, IdeaFile


@dataclass(frozen=True, kw_only=True)
class FileView:
    """One file, as pages show it."""

    name: str
    alt: str
    url: str
    # What stands on the page in place of a picture.
    small_url: str
    is_document: bool
    # "PDF, 120 Ko"
    detail: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Files:
    """The files of an idea, in their author's order."""

    all: tuple[FileView, ...] = ()

    def __bool__(self):
        return bool(self.all)

    @property
    def pictures(self) -> list[FileView]:
        return [file for file in self.all if not file.is_document]

    @property
    def documents(self) -> list[FileView]:
        return [file for file in self.all if file.is_document]


_rows = Written(1, lambda pk: IdeaFile.objects.filter(idea=pk).order_by("position"))


def files_of(idea) -> Files:
    """The files of an idea read through the gate, in one statement; none of a text its author hid."""
    rows = [] if idea.body_hidden else _rows.rows(idea.pk)
    return Files(tuple(_view(idea, row, place, len(rows)) for place, row in enumerate(rows, start=1)))


def file_of(viewer, reference: str, name: str = "") -> IdeaFile:
    """A file of an idea the viewer sees, its first picture without a name; IdeaFile.DoesNotExist otherwise."""
    ideas = Idea.objects.visible_to(viewer).filter(body_hidden=False)
    found = IdeaFile.objects.select_related("idea").filter(idea__reference=reference, idea__in=ideas)
    found = found.filter(file__startswith=f"ideas/{name}.") if name else found.filter(kind=FileKind.PICTURE)
    row = found.order_by("position").first()
    if row is None:
        raise IdeaFile.DoesNotExist
    return row


def download_name(row) -> str:
    """What a file is called on the disk of who takes it: its words, never the name it came with."""
    return f"{slugify(row.alt)[:60].strip('-') or 'document'}{Path(row.file.name).suffix}"


def _view(idea, row, place: int, total: int) -> FileView:
    url = f"{idea.get_absolute_url()}fichiers/{row.name}/"
    kind = Path(row.file.name).suffix.lstrip(".").upper()
    return FileView(
        name=row.name,
        alt=row.alt,
        url=url,
        small_url=f"{url}?petite=1" if row.small else url,
        is_document=row.is_document,
        detail=f"{kind}, {filesizeformat(row.size)}" if row.size else kind,
        is_first=place == 1,
        is_last=place == total,
    )
