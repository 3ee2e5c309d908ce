"""``manage.py messages``: each room's French catalogue, extracted, complete, without guesses, compiled."""

import os
import shutil
import tempfile
from collections import defaultdict
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from src.foundations.personal_data import is_ours
from theme.french import typeset

_WIDTH = 110
# Formats of dates, not words.
_FORMATS = {"F j", "F j, Y", "g:i a"}


class Command(BaseCommand):
    help = (
        "Extracts each room's strings into its own French catalogue, drops fuzzy guesses, sets French spaces and "
        "apostrophes, compiles, and lists what has no French. Exit 1 when something is missing or two rooms say the "
        "same English differently. --check changes nothing. Needs gettext and polib (development only)."
    )

    def add_arguments(self, parser):
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="Labels of rooms; all of them without any.")
        parser.add_argument("--check", action="store_true", help="Change nothing; say what is missing or stale.")

    def handle(self, *args, **options):
        self._require_tools()
        faults = []
        for label, folder in self._rooms(options["rooms"]):
            if options["check"]:
                with tempfile.TemporaryDirectory() as scratch:
                    copy = Path(scratch) / folder.name
                    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
                    faults += self._updated(label, copy, stale_from=folder)
            else:
                faults += self._updated(label, folder)
        faults += self._disagreements()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise SystemExit(1)
        self.stdout.write("Every string has its French.")

    @staticmethod
    def _require_tools():
        try:
            import polib  # noqa: F401 - a development tool, absent in production
        except ImportError:
            raise CommandError("polib is missing: install requirements-dev.txt.", returncode=2)
        if not shutil.which("xgettext"):
            raise CommandError("The gettext tools are missing: apt-get install gettext.", returncode=2)

    @staticmethod
    def _all_rooms() -> dict[str, Path]:
        return {config.label: Path(config.path) for config in apps.get_app_configs() if is_ours(config)}

    def _rooms(self, labels):
        rooms = self._all_rooms()
        if unknown := set(labels) - set(rooms):
            raise CommandError(f"No such room: {', '.join(sorted(unknown))}", returncode=2)
        return [(label, rooms[label]) for label in sorted(labels or rooms)]

    def _updated(self, label: str, folder: Path, stale_from: Path | None = None) -> list[str]:
        """Extract into ``folder``; what is missing, and with ``stale_from`` what its files don't have yet."""
        import polib

        path = folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
        self._extract(folder, self._within(label))
        if not path.exists():
            return []
        catalogue = polib.pofile(str(path), wrapwidth=_WIDTH)
        for name in (
            "POT-Creation-Date",
            "PO-Revision-Date",
            "Last-Translator",
            "Language-Team",
            "Report-Msgid-Bugs-To",
        ):
            catalogue.metadata.pop(name, None)
        catalogue.header = f"French catalogue of the room {label}."
        catalogue.metadata |= {"Project-Id-Version": "Terrain", "Language": "fr"}
        for entry in catalogue:
            if entry.fuzzy:
                entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
                entry.flags.remove("fuzzy")
                entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
            if entry.msgid not in _FORMATS:
                entry.msgstr = _typeset(entry.msgstr)
                entry.msgstr_plural = {form: _typeset(text) for form, text in entry.msgstr_plural.items()}
        catalogue.metadata_is_fuzzy = False
        catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        if not len(catalogue):
            path.unlink()
            return []
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        faults = [f"{label}: no French for {entry.msgid!r}" for entry in catalogue if not entry.translated()]
        if stale_from is not None:
            faults += self._stale(label, path, stale_from / path.relative_to(folder))
        return faults

    def _within(self, label: str) -> list[str]:
        """Rooms that stand within this one, as patterns: they have their own catalogues."""
        rooms = self._all_rooms()
        here = rooms[label]
        return [f"{other.relative_to(here)}/*" for other in rooms.values() if here in other.parents]

    @staticmethod
    def _extract(folder: Path, left_out: list[str]) -> None:
        (folder / "locale").mkdir(exist_ok=True)
        here = Path.cwd()
        os.chdir(folder)
        try:
            call_command(
                "makemessages",
                locale=["fr"],
                ignore_patterns=left_out,
                no_obsolete=True,
                no_location=True,
                verbosity=0,
                stdout=StringIO(),
            )
        finally:
            os.chdir(here)

    @staticmethod
    def _stale(label: str, fresh: Path, kept: Path) -> list[str]:
        """Whether the files in the tree are those the extraction gives."""
        import polib

        if not kept.exists() or not kept.with_suffix(".mo").exists():
            return [f"{label}: the catalogue isn't in the tree"]

        def content(catalogue):
            return {
                (entry.msgctxt, entry.msgid): entry.msgstr or tuple(sorted(entry.msgstr_plural.items()))
                for entry in catalogue
                if entry.msgid and (entry.msgstr or any(entry.msgstr_plural.values()))
            }

        wanted = content(polib.pofile(str(fresh)))
        faults = []
        if content(polib.pofile(str(kept))) != wanted:
            faults.append(f"{label}: django.po is out of date, run manage.py messages {label}")
        if content(polib.mofile(str(kept.with_suffix(".mo")))) != wanted:
            faults.append(f"{label}: django.mo is out of date, run manage.py messages {label}")
        return faults

    def _disagreements(self) -> list[str]:
        """The same English, in the same context, said in two ways of French: the last room loaded would win."""
        import polib

        said = defaultdict(lambda: defaultdict(set))
        for label, folder in self._all_rooms().items():
            path = folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
            if not path.exists():
                continue
            for entry in polib.pofile(str(path)):
                if entry.translated() and not entry.obsolete:
                    french = entry.msgstr or " / ".join(text for _, text in sorted(entry.msgstr_plural.items()))
                    said[(entry.msgctxt, entry.msgid)][french].add(label)
        return [
            f"{msgid!r} is said {len(ways)} ways: "
            + "; ".join(f"{french!r} ({', '.join(sorted(labels))})" for french, labels in sorted(ways.items()))
            for (_context, msgid), ways in sorted(said.items(), key=lambda item: item[0][1])
            if len(ways) > 1
        ]


def _typeset(text: str) -> str:
    return typeset(text, html="<" in text)
