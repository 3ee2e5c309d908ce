"""What ``doctor`` says: in sentences, what this installation can and can't do, and why. Rooms add their own lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import chain, checks, documents, guards, leases, relay, sealing, ticking
from .models import OutboxEvent


class Level(StrEnum):
    OK = "ok"
    LIMIT = "limit"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Line:
    """One sentence and how much it matters: a limit is lived with, a problem is repaired."""

    level: Level
    sentence: str


_sections: dict[str, Callable[[], Iterable[Line]]] = {}


def register(name: str, section: Callable[[], Iterable[Line]]) -> None:
    """Add a room's lines to the doctor's report."""
    if name in _sections and _sections[name].__qualname__ != section.__qualname__:
        raise ValueError(f"Two sections named {name!r}")
    _sections[name] = section


def examine() -> dict[str, list[Line]]:
    """Every section's lines; a section that fails says so instead of hiding the others."""
    report = {}
    for name in sorted(_sections):
        try:
            report[name] = list(_sections[name]())
        except DatabaseError as error:
            report[name] = [
                Line(
                    Level.PROBLEM, _("The database refused the question (%(kind)s).") % {"kind": type(error).__name__}
                )
            ]
    return report


def _ok(sentence: str) -> Line:
    return Line(Level.OK, sentence)


def _limit(sentence: str) -> Line:
    return Line(Level.LIMIT, sentence)


def _problem(sentence: str) -> Line:
    return Line(Level.PROBLEM, sentence)


def _database():
    if connection.vendor == "sqlite":
        yield _ok(_("SQLite keeps everything in one file. One process serves the site."))
        yield _limit(_("SQLite: no secret ballot above 500 voters, and no second server."))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0].lower() not in {"wal", "memory"}:
                yield _problem(_("SQLite isn't in WAL mode: people writing together will meet errors."))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10_000
        if version >= 15:
            yield _ok(_("PostgreSQL %(version)s keeps the data.") % {"version": version})
        else:
            yield _problem(_("PostgreSQL %(version)s is too old. Install version 15 or later.") % {"version": version})
    answer = checks.migrations()
    if answer.status != checks.OK:
        yield _problem(_("Some tables are not up to date. Run: manage.py migrate."))
    missing = guards.declared(connection.vendor) - guards.installed()
    if missing:
        yield _problem(
            _("Some database guards are missing: %(names)s. Run: manage.py migrate.")
            % {"names": ", ".join(sorted(missing))}
        )
    else:
        yield _ok(_("The database guards the journal and the frozen columns."))
    if connection.vendor == "postgresql" and not getattr(settings, "TERRAIN_APP_ROLE", ""):
        yield _limit(_("The application owns its tables. Set TERRAIN_APP_ROLE to let it write the journal only."))


def _jobs():
    if settings.TERRAIN_JOBS == "rq":
        answer = checks.redis()
        if answer.status == checks.OK:
            yield _ok(_("Redis answers and wakes the work at once."))
        else:
            yield _problem(
                _("Redis doesn't answer (%(cause)s). Nothing is lost, but work waits.") % {"cause": answer.cause}
            )
    else:
        yield _ok(_("Work runs inside the server, without Redis."))
    if leases.is_held(relay.LEASE):
        yield _ok(_("The relay is running."))
    else:
        yield _limit(_("No relay is running now: messages wait for “serve” or “relay”."))
    lag = checks.outbox_lag()
    if lag.status != checks.OK:
        yield _problem(_("Messages are waiting for too long (%(cause)s).") % {"cause": lag.cause})
    dead = OutboxEvent.objects.filter(dead_at__isnull=False).order_by("pk")
    if count := dead.count():
        yield _problem(
            ngettext(
                "%(count)s effect was given up after ten attempts. Repair it, then run: manage.py relay --revive.",
                "%(count)s effects were given up after ten attempts. Repair it, then run: manage.py relay --revive.",
                count,
            )
            % {"count": count}
        )
        for event in dead[:5]:
            yield _problem(f"{event.topic}: {event.last_error}")
    for run in ticking.failing():
        yield _problem(
            _("The periodic work “%(name)s” fails: %(error)s.") % {"name": run.name, "error": run.last_error}
        )


def _documents():
    reason = documents.pdf_available()
    if reason:
        yield _limit(
            _("No PDF on this machine, pages are printed from the browser. Cause: %(reason)s.") % {"reason": reason}
        )
    else:
        yield _ok(_("PDFs can be made (WeasyPrint and Pango are there)."))


def _mail():
    backend = settings.EMAIL_BACKEND
    if "filebased" in backend:
        yield _limit(
            _("Mail is written to files in %(folder)s. Nobody receives it.")
            % {"folder": Path(settings.EMAIL_FILE_PATH).name}
        )
    elif "locmem" in backend or "dummy" in backend or "console" in backend:
        yield _limit(_("Mail goes nowhere with these settings."))
    else:
        yield _ok(_("Mail leaves from %(sender)s.") % {"sender": settings.DEFAULT_FROM_EMAIL})


def _keys():
    missing = [purpose for purpose in sealing.purposes() if not sealing.key_files(purpose)]
    if missing and not getattr(settings, "TERRAIN_KEYS_CREATE", True):
        yield _problem(
            _("Keys are missing: %(names)s. Run: manage.py keys --create, or restore them.")
            % {"names": ", ".join(missing)}
        )
    elif missing:
        yield _ok(_("Keys are made when they are first needed."))
    else:
        yield _ok(_("All encryption keys are in place. Save their folder apart from the database."))
    files = [file for purpose in sealing.purposes() for file in sealing.key_files(purpose)]
    if any(file.stat().st_mode & 0o077 for file in files):
        yield _problem(_("Other accounts of this machine can read the keys. Run: chmod 400 on their files."))


def _site():
    if settings.SITE_URL.startswith("https://"):
        yield _ok(_("Links in messages start with %(url)s.") % {"url": settings.SITE_URL})
    else:
        yield _limit(
            _("Links in messages start with %(url)s: only this machine can follow them.") % {"url": settings.SITE_URL}
        )
    if settings.TERRAIN_DEMO:
        yield _limit(_("The demo city is allowed here. Never open this installation to the public."))
    if settings.TERRAIN_MFA_REQUIRED:
        yield _ok(_("Staff roles must use a second factor."))
    else:
        yield _limit(_("Staff roles can sign in without a second factor."))
    answer = checks.disk()
    if answer.status != checks.OK:
        yield _problem(_("The disk is nearly full: %(cause)s.") % {"cause": answer.cause})
    if checks.database_clock().status != checks.OK:
        yield _problem(_("The clocks of the database and of this machine differ. Set them by NTP."))


def _journal():
    for name, (seq, digest) in chain.heads().items():
        if seq:
            yield _ok(
                _("Journal “%(name)s”: %(count)s sealed entries, head %(head)s.")
                % {"name": name, "count": seq, "head": digest[:12]}
            )
        else:
            yield _ok(_("Journal “%(name)s”: nothing to seal yet.") % {"name": name})


register("database", _database)
register("documents", _documents)
register("jobs", _jobs)
register("journal", _journal)
register("keys", _keys)
register("mail", _mail)
register("site", _site)
