"""Files and their rows: what an undone transaction wrote goes with it, and what a killed process left is swept."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import FileField

from .uploads import PrivateStorage

# No transaction lasts so long: a file without a row after that will never have one.
AGE = timedelta(days=1)
# Where Wagtail keeps what editors send, beside files that are none of our rows'.
EDITORS_FOLDERS = ("original_images", "images", "documents")
BATCH = 500


@contextlib.contextmanager
def files_with_their_rows(*files):
    """A transaction whose files are removed when it is undone; each is a ``FieldFile`` its rows are saved with.

    A line that breaks at the commit itself leaves them: nobody knows yet whether their rows are there, and the sweep
    will. So does a killed process, and a transaction around this one that is undone later.
    """
    try:
        with transaction.atomic():
            try:
                yield
            except BaseException:
                _remove(files)
                raise
    except IntegrityError:
        # Refused at the commit (a deferred constraint): undone for certain.
        _remove(files)
        raise


def delete_after_commit(file) -> None:
    """Remove a file whose row goes away in this transaction, once it is gone for good."""
    storage, name = file.storage, file.name
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _remove(files) -> None:
    for file in files:
        # Not committed: still the upload, no file was written.
        if file.name and getattr(file, "_committed", True):
            file.storage.delete(file.name)


def orphans(now: datetime) -> Iterator[Path]:
    """Files of people and editors older than a day that no row names. One statement for 500 files and column."""
    for root, folders in _roots():
        batch: list[Path] = []
        for folder in folders:
            for path in (root / folder).rglob("*"):
                if path.is_file() and _is_old(path, now):
                    batch.append(path)
                if len(batch) == BATCH:
                    yield from _without_row(root, batch)
                    batch = []
        yield from _without_row(root, batch)


def sweep(now: datetime, *, apply: bool = True) -> list[str]:
    """Remove the files no row names, or list them; their paths under the folder of media."""
    found = []
    for path in orphans(now):
        if apply:
            path.unlink(missing_ok=True)
        found.append(str(path.relative_to(settings.PRIVATE_MEDIA_ROOT if _is_private(path) else settings.MEDIA_ROOT)))
    return sorted(found)


def _roots() -> list[tuple[Path, tuple[str, ...]]]:
    return [
        (Path(settings.PRIVATE_MEDIA_ROOT), (".",)),
        (Path(settings.MEDIA_ROOT), EDITORS_FOLDERS),
    ]


def _is_private(path: Path) -> bool:
    return path.is_relative_to(settings.PRIVATE_MEDIA_ROOT)


def _is_old(path: Path, now: datetime) -> bool:
    """By its last change on this disk: a picture's own date is made to say its week alone."""
    seen = path.stat()
    return max(seen.st_ctime, seen.st_mtime) < (now - AGE).timestamp()


def _without_row(root: Path, batch: list[Path]) -> Iterator[Path]:
    names = {path.relative_to(root).as_posix(): path for path in batch}
    private = root == Path(settings.PRIVATE_MEDIA_ROOT)
    for model in apps.get_models(include_auto_created=True) if names else ():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and model._meta.managed and _keeps_there(field, private):
                rows = model._base_manager.filter(**{f"{field.name}__in": list(names)})
                for name in rows.values_list(field.name, flat=True):
                    names.pop(name, None)
    yield from names.values()


def _keeps_there(field: FileField, private: bool) -> bool:
    return isinstance(field.storage, PrivateStorage) if private else field.storage == default_storage
