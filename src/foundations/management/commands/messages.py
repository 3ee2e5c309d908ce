"""``manage.py messages``: each room's catalogues, extracted, complete, without guesses, compiled.

French is written by hand. English is the source: its catalogue holds every string as it stands in the code, and what
was worded again for people (a format of dates, say) stays until its source goes.
"""

import os
import re
import shutil
import tempfile
from collections import defaultdict
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from src.foundations.personal_data import is_ours
from theme import english
from theme.french import typeset

_WIDTH = 110
LANGUAGES = ("fr", "en")
# What stands for a value or for a mark, and must be in every language.
_HELD = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}|</?[a-z][a-z0-9]*\b(?=[^<>]*>)")
# Formats of dates, not words.
_FORMATS = {"F j", "F j, Y", "g:i a"}


class Command(BaseCommand):
    help = (
        "Extracts each room's strings into its own French and English catalogues, drops fuzzy guesses, sets French "
        "spaces and apostrophes, compiles, and lists what has no French, or words, names of values and marks that "
        "don't agree. Exit 1 when something is missing or two rooms say the same string differently. --check changes "
        "nothing. Needs gettext and polib (development only)."
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
        self.stdout.write("Every string has its French and its English.")

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

        path = self._catalogue(folder, "fr")
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
        english_path = self._catalogue(folder, "en")
        if not len(catalogue):
            path.unlink()
            english_path.unlink(missing_ok=True)
            return []
        in_english = self._english(label, catalogue, english_path)
        faults = [f"{label}: no French for {entry.msgid!r}" for entry in catalogue if not entry.translated()]
        for one, where in ((catalogue, path), (in_english, english_path)):
            where.parent.mkdir(parents=True, exist_ok=True)
            one.save(str(where))
            one.save_as_mofile(str(where.with_suffix(".mo")))
            faults += [f"{label}: {fault}" for entry in one for fault in mismatches(entry)]
            if stale_from is not None:
                faults += self._stale(label, where, stale_from / where.relative_to(folder))
        return faults

    @staticmethod
    def _catalogue(folder: Path, language: str) -> Path:
        return folder / "locale" / language / "LC_MESSAGES" / "django.po"

    @staticmethod
    def _english(label: str, french, path: Path):
        """Every string of the French catalogue in English: as it was worded again, or as the code says it."""
        import polib

        kept = {}
        if path.exists():
            kept = {(one.msgctxt, one.msgid, one.msgid_plural): one for one in polib.pofile(str(path))}
        catalogue = polib.POFile(wrapwidth=_WIDTH)
        catalogue.header = f"English catalogue of the room {label}: what the code says, unless worded again here."
        catalogue.metadata = french.metadata | {"Language": "en", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for source in french:
            entry = polib.POEntry(msgctxt=source.msgctxt, msgid=source.msgid, msgid_plural=source.msgid_plural)
            entry.flags = [flag for flag in source.flags if flag != "fuzzy"]
            worded = kept.get((source.msgctxt, source.msgid, source.msgid_plural))
            html = "<" in source.msgid
            if source.msgid_plural:
                said = {form: text for form, text in (worded.msgstr_plural if worded else {}).items() if text}
                forms = {0: source.msgid, 1: source.msgid_plural} | said
                entry.msgstr_plural = {form: english.typeset(text, html=html) for form, text in forms.items()}
            else:
                text = (worded and worded.msgstr) or source.msgid
                entry.msgstr = text if source.msgid in _FORMATS else english.typeset(text, html=html)
            catalogue.append(entry)
        return catalogue

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
        """The same string, in the same context, said in two ways in one language: the last room loaded would win."""
        import polib

        said = defaultdict(lambda: defaultdict(set))
        for label, folder in self._all_rooms().items():
            for language in LANGUAGES:
                path = self._catalogue(folder, language)
                for entry in polib.pofile(str(path)) if path.exists() else ():
                    if entry.translated() and not entry.obsolete:
                        text = entry.msgstr or " / ".join(text for _, text in sorted(entry.msgstr_plural.items()))
                        said[(entry.msgctxt, entry.msgid, language)][text].add(label)
        return [
            f"{msgid!r} is said {len(ways)} ways ({language}): "
            + "; ".join(f"{text!r} ({', '.join(sorted(labels))})" for text, labels in sorted(ways.items()))
            for (_context, msgid, language), ways in sorted(said.items(), key=lambda item: item[0][1:])
            if len(ways) > 1
        ]


def mismatches(entry) -> list[str]:
    """Names of values (``%(n)s``, ``{name}``), marks of HTML and addresses that a translation lost or added.

    The singular of a plural may tell its number in words. A mark may come more often, or less, in another language.
    """
    faults = []
    forms = entry.msgstr_plural or {1: entry.msgstr}
    for form, text in forms.items():
        if not text or entry.msgid in _FORMATS:
            continue
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        allowed = set().union(*(_held(source) for source in sources))
        due = _held(entry.msgid_plural or entry.msgid)
        missing = due - _held(text)
        if entry.msgid_plural and form == 0:
            missing = {held for held in missing if held.startswith("<")}
        if missing or _held(text) - allowed:
            told = ", ".join(sorted(missing | (_held(text) - allowed)))
            faults.append(f"{told} doesn't agree between {entry.msgid!r} and {text!r}")
    return faults


def _held(text: str) -> set[str]:
    return set(_HELD.findall(text))


def _typeset(text: str) -> str:
    return typeset(text, html="<" in text)
