"""What the commands of backups say: each refusal in a sentence that tells what to do."""

import errno

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from src.foundations.backups.sealed import Unreadable


def _sentences(detail: str) -> dict[str, tuple[int, str]]:
    """Reason -> exit code and sentence."""
    said = {"detail": detail}
    return {
        "bad_key": (2, _("%(detail)s isn't a backup key. Make keys with: manage.py backup --new-keys FOLDER.") % said),
        "other_key": (
            2,
            _("This archive was written for another key. Give the secret key made with the public one of that time."),
        ),
        "not_a_backup": (2, _("This file isn't a backup of Terrain.")),
        "cut": (
            1,
            _("The archive is cut, or its end was changed, after about %(detail)s bytes. Take an earlier one.") % said
            if detail
            else _("The archive is cut: its end is missing. Take an earlier one."),
        ),
        "changed": (1, _("The archive was changed or damaged (near: %(detail)s). Take an earlier one.") % said),
        "other_vendor": (
            2,
            _("This archive comes from %(detail)s: restore it with settings that use the same database.") % said,
        ),
        "newer": (
            2,
            _("This archive comes from a newer version (%(detail)s). Install that version, then restore.") % said,
        ),
        "not_empty": (
            2,
            _("%(detail)s isn't empty: nothing was written. Restore into an empty database and empty folders.") % said,
        ),
        "exists": (2, _("%(detail)s already exists: nothing was written.") % said),
        "keys_inside": (
            2,
            _(
                "The folder of the field keys is inside a media folder: they would travel with the data. "
                "Move it, set TERRAIN_KEYS, then start again."
            ),
        ),
        "no_command": (2, _("The command %(detail)s isn't on this machine: install postgresql-client.") % said),
        "command_failed": (1, _("The database refused: %(detail)s") % said),
    }


def in_words(error: Unreadable | OSError) -> CommandError:
    """The refusal to raise."""
    if isinstance(error, Unreadable):
        code, sentence = _sentences(error.detail)[error.reason]
        return CommandError(sentence, returncode=code)
    if error.errno == errno.ENOSPC:
        return CommandError(
            _("The disk is full: nothing was left half written. Make room, then start again."), returncode=1
        )
    return CommandError(
        _("%(file)s can't be used (%(kind)s).") % {"file": error.filename or "?", "kind": type(error).__name__},
        returncode=2 if isinstance(error, FileNotFoundError) else 1,
    )


def teller(stream):
    """A line that counts up, for people at a terminal alone."""

    def tell(what: str, done: int) -> None:
        if stream.isatty():
            stream.write(f"{what}: {done}", ending="\r")

    return tell
