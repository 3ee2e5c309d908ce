"""Completions already done elsewhere come in by a file: checked whole, every fault with its line, then all at once."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.models import User
from src.directory.staff_file.reading import Table, decode, read
from src.foundations import clock, journal, runs
from src.foundations.imports import Unreadable
from src.foundations.text import tidy
from trainings.ledger.enums import Method
from trainings.ledger.models import Completion
from trainings.ledger.services import Fact, record_completions
from trainings.models import Track

from .. import rules
from ..models import CompletionFile
from ..models.file import NAME_MAX

# Our name for a column → headers that mean it, once accents, case and punctuation are gone.
COLUMNS = {
    "number": ("matricule", "numero_agent", "personnel_number", "number"),
    "track": ("formation", "adresse", "parcours", "track", "slug"),
    "completed_on": ("terminee_le", "date", "date_de_fin", "completed_on"),
    "minutes": ("minutes", "duree", "duree_minutes"),
    "method": ("equivalence", "par_equivalence"),
}
REQUIRED = ("number", "track", "completed_on")
DAYS = ("%d/%m/%Y", "%Y-%m-%d")
YES, NO = frozenset({"oui", "x", "1"}), frozenset({"", "non", "0"})
MINUTES_MAX = 10_000
JOB = "trainings_obligations.import"
# Over this many lines, a file is taken in by a job.
AT_ONCE = 500
MAX_BYTES = 8 * 1024 * 1024
KEPT = timedelta(days=1)


@dataclass
class Report:
    """What a file held, and what became of it."""

    read: int = 0
    created: int = 0
    unchanged: int = 0
    problems: list = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The five numbers another program reads."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": 0,
            "unchanged": self.unchanged,
            "errors": len(self.problems),
        }


def import_completions(data: bytes, *, name: str = "", dry_run: bool = False, actor=None) -> Report:
    """Record the completions of a file (columns *matricule*, *formation*, *terminée le*; *minutes*, *équivalence*).

    Writes nothing when one line is wrong, nor in a dry run; the same file twice adds nothing. ``actor`` None is the
    command line. Raises ``Unreadable`` when the file isn't a table.
    """
    if actor is not None:
        _refuse_unless_prepares(actor)
    table = read(data, name, COLUMNS, REQUIRED, {})
    report = Report(table.read)
    if any(problem.line == 1 for problem in table.problems):
        raise Unreadable(" ".join(problem.message for problem in table.problems if problem.line == 1))
    facts = _facts(table)
    report.problems = sorted(table.problems, key=lambda problem: problem.line)
    if report.problems:
        return report
    new = _new(facts)
    report.created, report.unchanged = len(new), len(facts) - len(new)
    if not dry_run and new:
        with transaction.atomic():
            record_completions(new)
            journal.record(
                "trainings.imported",
                actor=actor,
                object_ref=f"file:{hashlib.sha256(data).hexdigest()[:16]}",
                payload=report.counts,
            )
    return report


# ---- from a screen: sent, checked, confirmed


def send_file(*, actor, name: str, data: bytes) -> CompletionFile:
    """Keep a file until it is confirmed, a day at most. Raises Unreadable when it isn't text or a table."""
    _refuse_unless_prepares(actor)
    if len(data) > MAX_BYTES:
        raise Unreadable(_("This file is over 8 MB: cut it in several ones."))
    text = decode(data)
    check(text)
    made = CompletionFile(
        owner=_account(actor), name=tidy(name, one_line=True)[-NAME_MAX:] or "fichier.csv", text=text
    )
    made.save(force_insert=True)
    return made


def check(text: str) -> Report:
    """What a file would bring: counts and every fault with its line. Nothing is written."""
    return import_completions(text.encode(), dry_run=True)


def confirm_file(*, actor, file: CompletionFile) -> CompletionFile:
    """Take a file in, all of it or nothing; over five hundred lines, by a job. Once, however often it is asked.

    Refuses a file that has a fault by now, and one that was already confirmed.
    """
    _refuse_unless_prepares(actor)
    with transaction.atomic():
        asked = CompletionFile.objects.filter(pk=file.pk, owner=_account(actor), confirmed_at__isnull=True)
        if not asked.exclude(text="").update(confirmed_at=clock.now()):
            raise ValidationError(_("This file was already taken in, or is too old: send it again."), code="moved_on")
        file.refresh_from_db()
        if file.text.count("\n") > AT_ONCE:
            run = runs.start(JOB, owner=file.owner, total=file.text.count("\n"), file=str(file.pk))
            CompletionFile.objects.filter(pk=file.pk).update(run_id=run.pk)
        else:
            _taken_in(file)
    file.refresh_from_db()
    return file


def _taken_in(file: CompletionFile) -> Report:
    report = import_completions(file.text.encode(), actor=file.owner)
    if report.problems:
        raise ValidationError([str(problem) for problem in report.problems[:20]], code="faults")
    CompletionFile.objects.filter(pk=file.pk).update(text="", counts=report.counts)
    return report


def run_import(run_id: str, file: str) -> None:
    """What the job does: everything in one transaction, so that after a cut it is whole or not begun."""
    found = CompletionFile.objects.filter(pk=file).select_related("owner").first()
    if found is None or not found.text:
        runs.finish(run_id, found.counts if found is not None else {})
        return
    try:
        runs.advance(run_id, 0)
        with transaction.atomic():
            report = _taken_in(found)
    except runs.Cancelled:
        return
    except (ValidationError, PermissionDenied, Unreadable) as refusal:
        runs.fail(run_id, refusal)
        return
    runs.finish(run_id, report.counts)


def forget_files(now: datetime) -> int:
    """Empty the files sent more than a day ago that nothing takes in any more."""
    old = CompletionFile.objects.filter(sent_at__lt=now - KEPT).exclude(text="")
    return old.update(text="")


def _refuse_unless_prepares(actor) -> None:
    if not rules.can_prepare(actor):
        raise PermissionDenied(_("Completed trainings come in by human resources of the whole city."))


def _account(actor):
    return getattr(actor, "user", actor)


def _facts(table: Table) -> list[Fact]:
    agents = {
        number.casefold(): pk
        for number, pk in User.objects.filter(personnel_number__isnull=False).values_list("personnel_number", "pk")
    }
    tracks = {track.slug: track for track in Track.objects.all()}
    today, lines, facts = clock.today(), {}, []
    for line, row in table.rows:
        agent = agents.get(row.get("number", "").casefold())
        if agent is None:
            table.refuse(line, _("nobody has the number “%(value)s”.") % {"value": row.get("number", "")})
        track = tracks.get(row.get("track", "").strip("/"))
        if track is None:
            table.refuse(line, _("no training has the address “%(value)s”.") % {"value": row.get("track", "")})
        day = _day(table, line, row.get("completed_on", ""), today)
        minutes = _minutes(table, line, row.get("minutes", ""))
        method = _method(table, line, row.get("method", ""))
        if None in (agent, track, day, minutes, method):
            continue
        if (agent, track.pk, day) in lines:
            table.refuse(line, _("this is already on line %(line)d.") % {"line": lines[agent, track.pk, day]})
            continue
        lines[agent, track.pk, day] = line
        facts.append(Fact(agent, track, day, method, "", minutes=minutes))
    return facts


def _day(table: Table, line: int, text: str, today: date) -> date | None:
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if day <= today and day.year >= 1950:
            return day
        table.refuse(line, _("“%(value)s” isn’t a day on which it may have been done.") % {"value": text})
        return None
    table.refuse(line, _("“%(value)s” isn’t a day: write 31/12/2025.") % {"value": text})
    return None


def _minutes(table: Table, line: int, text: str) -> int | None:
    if text.isascii() and text.isdigit() and int(text[:6]) <= MINUTES_MAX and len(text) <= 6:
        return int(text)
    if not text:
        return 0
    table.refuse(line, _("“%(value)s” isn’t a number of minutes.") % {"value": text})
    return None


def _method(table: Table, line: int, text: str) -> str | None:
    word = text.casefold()
    if word in YES:
        return Method.EQUIVALENCE
    if word in NO:
        return Method.IMPORTED
    table.refuse(line, _("“%(value)s” isn’t an answer: write oui or non.") % {"value": text})
    return None


def _new(facts: list[Fact]) -> list[Fact]:
    """Those that aren't recorded yet; one that was revoked may come in again, under a source of its own."""
    agents, tracks = {fact.agent_id for fact in facts}, {fact.track.pk for fact in facts}
    rows = Completion.objects.filter(track__in=tracks, completed_on__in={fact.day for fact in facts})
    counting, revoked = set(), {}
    for agent, track, day, is_revoked in rows.values_list("agent_id", "track_id", "completed_on", "revocation"):
        if agent in agents and is_revoked is None:
            counting.add((agent, track, day))
        elif agent in agents:
            revoked[agent, track, day] = revoked.get((agent, track, day), 0) + 1
    return [
        Fact(
            fact.agent_id, fact.track, fact.day, fact.method, minutes=fact.minutes,
            source=f"import:{fact.track.pk}:{fact.agent_id}:{fact.day}:{revoked.get(_key(fact), 0)}",
        )
        for fact in facts
        if _key(fact) not in counting
    ]  # fmt: skip


def _key(fact: Fact) -> tuple:
    return fact.agent_id, fact.track.pk, fact.day
