"""What pages tell of a draw: how far its table is, chances in words, what each quota gives, its order of events."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.foundations.models import JobRun
from theme.charts import Series
from theme.figures import percent as written

from . import selectors
from .advising import Words
from .draw_table import Table, table_of
from .enums import DrawState
from .models import Draw

# How many bars the picture of chances has at most.
BARS = 8
MILLION = 1_000_000


@dataclass(frozen=True)
class Progress:
    """Where the table of a draw is: ``state`` is a value of ``JobRun.State``, or "lost" when nobody knows any more."""

    state: str
    done: int
    total: int
    words: str
    may_stop: bool = False
    may_try_again: bool = False


def progress_of(draw: Draw) -> Progress | None:
    """How far the table of a draw is; None once it is made, or void. One statement."""
    if draw.state != DrawState.DRAFT:
        return None
    run = JobRun.objects.filter(pk=draw.run_id).first()
    if run is None:
        return Progress("lost", 0, draw.rows, _("Nothing is being made. Ask for the table again."), may_try_again=True)
    if run.state in (JobRun.State.FAILED, JobRun.State.CANCELLED):
        words = _("You stopped it: nothing was kept.") if run.state == JobRun.State.CANCELLED else _why(run.error)
        return Progress(run.state, run.done, draw.rows, words, may_try_again=True)
    if run.cancel_asked:
        return Progress(run.state, run.done, draw.rows, _("It stops at the next panels; nothing will be kept."))
    words = _("%(done)s panels of %(total)s are made.") % {"done": grouped(run.done), "total": grouped(draw.rows)}
    if run.state == JobRun.State.WAITING:
        words = _("The work waits for its turn: it begins within a minute.")
    return Progress(run.state, run.done, draw.rows, words, may_stop=True)


def _why(error: str) -> str:
    """The reason of a failed run; the words of the engine stay in the log."""
    told = {
        "Infeasible": _("No panel meets every quota with these people. Read the page of quotas, then ask again."),
        "InvalidPool": _("Quotas and people contradict each other. Read the page of quotas, then ask again."),
        "PoolMoved": _("Somebody left, or a quota changed, since this table was begun: make it again."),
        "ValidationError": _("Nobody is in the draw."),
        "The worker": _("The machine that made the table stopped answering. Nothing was kept: ask again."),
    }
    for kind, words in told.items():
        if error.startswith(kind):
            return words
    return _("Something unexpected stopped the table. Nothing was kept: ask again, or tell those who keep this site.")


@dataclass(frozen=True)
class Chances:
    """The chances that a table gives: ``floor`` and ``bound`` in words, and how many people have how much."""

    floor: str
    bound: str
    rows: list[tuple[str, int]] = field(default_factory=list)
    certain: int = 0
    without: int = 0

    @property
    def series(self) -> Series:
        return Series(_("People, by their chance"), self.rows)


def grouped(number: int) -> str:
    """A whole number as people read it: 1 000."""
    return number_format(number, force_grouping=True)


def percent(share: float) -> str:
    """A share as people read it: 9.86 %."""
    number = round(share * 100, 2)
    return written(number_format(number, decimal_pos=0 if number == int(number) else 2))


def chances_of(draw: Draw, *, shared: bool = False) -> Chances:
    """What the table of a draw gives to each; how chances are shared too, when it is asked."""
    floor = _("%(times)s times out of %(rows)s, that is %(share)s") % {
        "times": grouped(draw.floor),
        "rows": grouped(draw.rows),
        "share": percent(draw.floor / draw.rows),
    }
    return Chances(
        floor=floor,
        bound=percent(draw.bound_millionths / MILLION),
        rows=histogram(table_of(draw), draw.pool_size) if shared else [],
        certain=len(draw.engine.get("certain", ())),
        without=len(draw.engine.get("without_chance", ())),
    )


def histogram(table: Table, people: int) -> list[tuple[str, int]]:
    """How many people have no chance, then how many in each of a few equal steps of chance, the last one certain."""
    total, counts = len(table.rows), table.counts
    told = [(_("No chance"), people - len(counts))] if people > len(counts) else []
    certain = sum(count == total for count in counts.values())
    inner = sorted(count for count in counts.values() if count < total)
    if inner:
        low, high = inner[0], inner[-1]
        step = max(-(-(high - low + 1) // BARS), 1)
        for start in range(low, high + 1, step):
            end = min(start + step - 1, high)
            held = sum(start <= count <= end for count in inner)
            told.append((_between(start, end, total), held))
    if certain:
        told.append((_("Certain: in every panel"), certain))
    return told


def _between(start: int, end: int, total: int) -> str:
    if start == end:
        return percent(start / total)
    return _("%(low)s to %(high)s") % {"low": percent(start / total), "high": percent(end / total)}


def histogram_columns() -> list[dict]:
    return [{"label": _("Chance of being drawn")}, {"label": _("People"), "numeric": True}]


def compliance_columns() -> list[dict]:
    found = [_("Fewest in a panel"), _("Most in a panel"), _("Panels that meet it")]
    return [
        {"label": pgettext("column", "Quota")},
        {"label": _("What it asks")},
        *({"label": label, "numeric": True} for label in found),
    ]


def reserve_columns() -> list[dict]:
    found = [_("Departures tried"), _("Replaced"), _("Fewest who could come")]
    return [{"label": pgettext("column", "Quota")}, *({"label": label, "numeric": True} for label in found)]


def substitution_columns() -> list[dict]:
    words = (
        _("Number"), pgettext("column", "Day"), _("Seat"), _("Leaves"), pgettext("reason", "Why"), _("Comes"),
        _("Rank in the reserve"), _("Passed over, or reason"),
    )  # fmt: skip
    return [{"label": one} for one in words]


def title_of(draw: Draw) -> str:
    """What a draw is called."""
    name = _("Trial %(number)d") if draw.is_trial else _("Draw %(number)d")
    return name % {"number": draw.number}


def completes_words(draw: Draw) -> str:
    """Of a draw made for seats left empty: of which draw, and which seats; empty for any other."""
    if not draw.completes_id:
        return ""
    seats = ngettext("seat %(seats)s", "seats %(seats)s", len(draw.fills))
    words = {"number": draw.completes.number, "seats": seats % {"seats": ", ".join(map(str, draw.fills))}}
    return _("It completes draw %(number)d, for %(seats)s, whose reserve was spent.") % words


def others_columns() -> list[dict]:
    return [{"label": one} for one in (_("Number"), _("Kind"), pgettext("column", "State"), pgettext("reason", "Why"))]


def compliance_rows(draw: Draw) -> list[list[str]]:
    """Each quota, what it asks, the fewest and the most found in one panel of the table, and how many meet it."""
    said = Words(draw.panel)
    found = []
    for one in draw.engine.get("compliance", ()):
        label = said(tuple(map(tuple, one["values"])))
        asked = _("%(low)d to %(high)d") % {"low": one["minimum"], "high": one["maximum"]}
        met = _("%(met)s of %(rows)s") % {"met": grouped(one["met"]), "rows": grouped(draw.rows)}
        found.append([label, asked, str(one["fewest"]), str(one["most"]), met])
    return found


def record_of(draw: Draw) -> list[tuple[str, str]]:
    """How the table of a draw was made: when, by what, from what."""
    told = [(_("Table made and read again on"), moment(draw.checked_at))]
    told.append((_("Engine"), draw.engine.get("engine", "")))
    told += [(name, version) for name, version in sorted(draw.engine.get("versions", {}).items())]
    told.append((_("Panels that differ from one another"), grouped(draw.engine.get("distinct", 0))))
    told.append((_("Root of the people"), draw.pool_root))
    told.append((_("Seed: from the people, the quotas and the number of the draw"), draw.seed))
    told.append((_("Fingerprint of the table"), draw.table_sha256))
    return told


def moment(at) -> str:
    """A day and an hour, as minutes say them."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')}, {local:%H:%M}"


def reserve_rows(draw: Draw) -> list[list[str]]:
    """Departures simulated: of whom they were, how many, how many were replaced, the fewest who could come."""
    said = Words(draw.panel)
    return [
        [said(tuple(map(tuple, label))), str(leavers), str(replaced), str(worst)]
        for label, leavers, replaced, worst in draw.engine.get("reserve", ())
    ]


def row_words(draw: Draw) -> str:
    """The number of the row as the table writes it: 007 of 1,000."""
    return f"{draw.row:0{len(str(draw.rows - 1))}}"


def members_of(draw: Draw) -> tuple[str, ...]:
    """The tickets of the row that came out; nobody's before."""
    return table_of(draw).rows[draw.row] if draw.row is not None else ()


def seal_groups(draw: Draw) -> tuple[list[str], str]:
    """A seal to read aloud: sixteen groups of four signs, and its check."""
    from . import proof  # beside the engine, which loads with it

    words, check = proof.seal_words(draw.seal)
    return words.split(" "), check


def events_of(draw: Draw) -> list[dict]:
    """The order of events of a draw, for ``theme/c/path.html``."""
    is_void = draw.state == DrawState.VOID
    steps = [
        _step(
            _("Table made and each panel read again")
            if draw.completes_id
            else _("Registration closed, table made and each panel read again"),
            draw.checked_at,
        ),
        _step(
            _("Sealed"),
            draw.sealed_at,
            _("From then on neither the people, nor the quotas, nor the table changed."),
        ),
        _step(_("Row drawn in public"), draw.revealed_at, _drawn_words(draw)),
        _step(_("Certified by a guarantor"), draw.certified_at),
    ]
    if is_void:
        steps = [one for one in steps if one["state"] == "done"]
        steps.append(_step(_("Made void"), draw.voided_at, draw.void_because))
    for one in steps:
        if one["state"] == "todo":
            one["state"] = "now"
            break
    return steps


def _step(label: str, at, fact: str = "") -> dict:
    return {"label": label, "state": "done" if at else "todo", "on": at, "fact": fact if at else ""}


def _drawn_words(draw: Draw) -> str:
    if draw.row is None:
        return ""
    return _("What came out: %(value)s. Row %(row)s.") % {"value": draw.beacon_value, "row": row_words(draw)}


def others_of(draw: Draw) -> list[list[str]]:
    """Every draw of the panel, trials and void ones included, by number, as everybody reads them."""
    found = []
    for one in selectors.every_draw(draw.panel):
        kind = _("Trial, on shuffled profiles") if one.is_trial else _("Draw")
        if one.completes_id:
            kind = _("Draw for empty seats")
        state = one.get_state_display()
        if one.state == DrawState.VOID and not one.sealed_at:
            state = _("Void before any seal")
        found.append([str(one.number), kind, state, one.void_because])
    return found


def people_words(number: int) -> str:
    """So many people."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}
