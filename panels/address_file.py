"""The file of the people drawn for one batch of letters: name and address, and nothing else of the roll."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .csv_lines import Problem, read_table

NAMES = {
    "name": ("name", "nom"),
    "street": ("address", "adresse", "voie"),
    "extra": ("complement", "complément", "extra"),
    "postcode": ("postcode", "code postal", "code_postal"),
    "city": ("city", "commune", "ville"),
}
REQUIRED = ("name", "street", "postcode", "city")
MOST_LETTERS = 20_000
# A window envelope shows six lines of thirty-eight signs (norm NF Z 10-011).
LONGEST_LINE = 38
_POSTCODE = re.compile(r"\d{5}")


@dataclass
class AddressFile:
    """What was read: the lines of each envelope, and every fault."""

    envelopes: list[list[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def read_addresses(data: bytes) -> AddressFile:
    """Read a file of addresses. Unreadable when it isn't a table with the columns asked."""
    found, seen = AddressFile(), {}
    for line, cells in read_table(data, NAMES, REQUIRED):
        found.read += 1
        if found.read > MOST_LETTERS:
            found.problems.append(
                Problem(line, _("more than %(most)d letters: cut the file.") % {"most": MOST_LETTERS})
            )
            break
        envelope = [cells["name"], cells.get("extra", ""), cells["street"], f"{cells['postcode']} {cells['city']}"]
        envelope = [part for part in envelope if part]
        faults = _faults(cells, envelope)
        whole = " ".join(envelope).casefold()
        if whole in seen:
            faults.append(_("this person is already on line %(line)d.") % {"line": seen[whole]})
        seen.setdefault(whole, line)
        found.problems += [Problem(line, fault) for fault in faults]
        if not faults:
            found.envelopes.append(envelope)
    if not found.read:
        found.problems.append(Problem(1, _("nobody is in this file.")))
    return found


def _faults(cells: dict, envelope: list[str]) -> list[str]:
    faults = [
        sentence
        for name, sentence in (
            ("name", _("the name is missing.")),
            ("street", _("the address is missing.")),
            ("city", _("the city is missing.")),
        )
        if not cells[name]
    ]
    if not _POSTCODE.fullmatch(cells["postcode"]):
        faults.append(_("the postcode isn’t five figures."))
    if any(len(part) > LONGEST_LINE for part in envelope):
        faults.append(_("a line of an envelope has %(most)d signs at most.") % {"most": LONGEST_LINE})
    return faults
