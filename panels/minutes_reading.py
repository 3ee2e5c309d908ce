"""The bailiff's minutes of a draw: what is read and signed before the dice, then after; the files stand behind."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import draw_reading, publication, selectors
from .advising import Words
from .enums import Departure, DrawState
from .pool import LIST

# Tickets on one line of paper.
A_LINE = 5


def fours(digest: str) -> str:
    """A fingerprint to read aloud: its signs by fours."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def read(draw) -> dict:
    """All that the minutes print: ``before`` by the codes of ``proof.minutes_before``, ``after`` once certified."""
    from . import proof  # beside the engine, which loads with it

    panel, manifest = draw.panel, draw.manifest.encode()
    files = publication.files(draw, {proof.LEAVES, proof.QUOTAS, proof.TABLE})
    others = list(selectors.every_draw(panel))
    void = [
        {"draw": one.number, "reason": one.void_because, "on": f"{timezone.localdate(one.voided_at):%Y-%m-%d}"}
        for one in others
        if one.state == DrawState.VOID and not one.is_trial and one.number != draw.number
    ]
    guarantors = [f"{one['shown_name']} ({one['capacity']})" for one in selectors.guarantors_of(panel)]
    before = proof.minutes_before(
        manifest,
        files[proof.QUOTAS],
        trials=sum(one.is_trial for one in others),
        void_draws=void,
        present=guarantors,
    )
    told = {line.code: line.value for line in before}
    seal, check = proof.seal_words(draw.seal)
    count, last = publication.last_digest(draw)
    return {
        "before": told,
        "completes": draw_reading.completes_words(draw),
        "seal": seal,
        "check": check,
        "fingerprints": [(name, fours(value)) for name, value in told["fingerprints"].items()],
        "quotas": quota_rows(panel, told["quotas"], told["crossed_quotas"]),
        "chances": draw_reading.chances_of(draw),
        "void_draws": [one | {"on": date.fromisoformat(one["on"])} for one in void],
        "guarantors": guarantors,
        "sealed": draw_reading.moment(draw.sealed_at),
        "after": _after(draw, files),
        "substitutions": count,
        "last_digest": fours(last),
    }


def _after(draw, files) -> dict:
    from . import proof  # beside the engine, which loads with it

    if not draw.certification:
        return {}
    lines = proof.minutes_after(
        draw.manifest.encode(), files[proof.LEAVES], files[proof.TABLE], draw.certification.encode()
    )
    told = {line.code: line.value for line in lines}
    return told | {
        "certification": told["certification"][proof.CERTIFICATION],
        "on": date.fromisoformat(told["on"]),
        "members": in_lines(told["members"]),
        "reserve": in_lines(told["reserve"]),
    }


def in_lines(tickets) -> list[list[str]]:
    """Tickets by lines of a table: a hyphen never ends a line of paper."""
    return [tickets[start : start + A_LINE] for start in range(0, len(tickets), A_LINE)]


def quota_rows(panel, quotas, crossed) -> list[tuple[str, int, int]]:
    """Each quota in words, with its two bounds."""
    said = Words(panel)
    found = [(((one["feature"], one["value"]),), one) for one in quotas]
    found += [(tuple(map(tuple, one["values"])), one) for one in crossed]
    return [
        (said(label), one["minimum"], one["maximum"])
        for label, one in found
        # A list without seats of its own asks nothing.
        if not (label[0][0] == LIST and one["minimum"] == 0)
    ]


def substitution_rows(panel, draw=None) -> list[list[str]]:
    """Substitutions in their order, for the table that everybody reads; of one draw, as its record has them."""
    found = []
    for number, one in enumerate(selectors.substitutions_of(panel, draw), 1):
        passed = ", ".join(f"{ticket} ({_passed_words(why)})" for ticket, why in one.passed)
        day = date_format(timezone.localdate(one.effective_at), "j F Y")
        rank = str(one.rank) if one.is_listed else "–"
        reason = one.reason or passed or "–"
        if one.draw.completes_id and one.is_listed and not (draw and draw.completes_id):
            rank, reason = "–", publication.reserve_words(one)
        found.append(
            [str(number), day, str(one.seat.number), one.outgoing.ticket, one.get_why_display(), one.incoming.ticket,
             rank, reason]
        )  # fmt: skip
    return found


def _passed_words(why: str) -> str:
    return Departure(why).label if why in Departure.values else _("Already has a seat")
