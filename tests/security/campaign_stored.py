"""The strings kept in every column people's words fill, then every page and every file of the city read: `make hostile`.

What a form would have refused is written straight into the tables of the copy: whatever is kept, nothing is alive.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from itertools import cycle

from django.apps import apps
from django.db import DatabaseError, models, transaction

from src.foundations import ratelimit
from tests.access.addresses import addresses, fill

from .corpus import FORMULAS, LINKS, XSS, faults_at
from .generated import LEFT_OUT, told
from .reach import ADMINISTRATION, reached

LIVE = tuple("=+-@＝＋－＠|%")
BLANKS = "\u00a0\ufeff\u3000 \t\r\n\u061c\u200f"
# A mail as its reader sees it brings its own style, under a policy of its own.
FILES = re.compile(r"\.(csv|xlsx|json|xml|ics|pdf)$|export")
READERS = ("admin", "agent", "decideur2", "facilitation", "moderation", "personne")
# Rooms of people's words; the engine's tables and the libraries' hold the product's.
ROOMS = {
    "ideas", "accountability", "questionnaires", "meetings", "texts", "ratings", "dossiers", "participation", "notices",
    "paper", "wall", "kiosk",
}  # fmt: skip
# Columns of text that aren't words: keys, marks, addresses, what the code compares.
KEYS = re.compile(
    r"(^|_)(slug|reference|key|code|token|kind|status|state|stage|hash|digest|secret|sealed|sha256|path|locale|lang|"
    r"language|url|file|photo|image|small|document|username|email|phone|data|topic|category|mode|schema|version|format|"
    r"number|name_key|icon|theme|transition|marker|search|normalized|plain|ids|mapping|shape|seed|network|fingerprint|message|stems|licence)(_|$)"
)


def stored(_asked, folder):
    """Pages and files with hostile words everywhere words are kept."""
    from .campaign import clients

    people, wrong, counted = clients(), [], Counter()
    found = reached(folder)
    counted["columns"], counted["rows"], counted["columns_refused"] = written()
    for (who, target), _route in found.pages.items():
        response, body = _asked_for(people[who], target)
        counted["pages"] += 1
        wrong += [f"{who} {target}: {fault}" for fault in _page_faults(response, body)]
    for who, target in files(found):
        response, body = _asked_for(people[who], target)
        if response.status_code >= 500:
            wrong += [f"{who} {target}: {fault}" for fault in _page_faults(response, body)]
        if response.status_code != 200 or response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        counted["files"] += 1
        wrong += [f"{who} {target}: {fault}" for fault in file_faults(target, response, body, counted)]
    return dict(counted), wrong


def written() -> tuple[int, int, int]:
    """Hostile words in each column of words, row by row; columns and rows filled, columns a rule of the database keeps."""
    strings = cycle([*FORMULAS, *XSS, *LINKS])
    columns = rows = refused = 0
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or not model._meta.managed or model._meta.proxy:
            continue
        for column in model._meta.local_concrete_fields:
            if not _of_words(column):
                continue
            done = 0
            for pk in model._base_manager.exclude(**{column.name: ""}).values_list("pk", flat=True)[:400]:
                text = next(strings)[: column.max_length or None].replace("\0", "")
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=pk).update(**{column.name: text})
                    done += 1
                except DatabaseError:
                    break
            columns, rows, refused = columns + bool(done), rows + done, refused + (not done)
    return columns, rows, refused


def _of_words(column) -> bool:
    return (
        type(column) in (models.CharField, models.TextField)
        and not (column.choices or column.unique or column.primary_key)
        and not KEYS.search(column.name)
    )


def files(found) -> list[tuple[str, str]]:
    """Every file of the site, for each of its readers, filled as pages of its room are."""
    real = {route: list(some.values())[:6] for route, some in found.values.items()}
    todo = []
    for address in addresses():
        if not FILES.search(address.route.rstrip("/")) or LEFT_OUT.match(address.route):
            continue
        if address.route.startswith(ADMINISTRATION):
            continue
        known = real.get(address.route) or _of_the_room(address, real) or [{}]
        todo += [(who, fill(address, values)) for values in known for who in READERS]
    reports = [
        fill(one, {"name": name})
        for one in addresses()
        if "rapports" in one.route
        for name in ("funnel", "delays", "overdue")
    ]
    todo += [("admin", f"{report}?export={kind}") for report in reports for kind in ("csv", "xlsx")]
    return list(dict.fromkeys(todo))


def _of_the_room(address, real) -> list[dict]:
    """Values of another page of the same room that has the same parameters."""
    for route, known in real.items():
        if route.split("/")[0] == address.route.split("/")[0] and set(address.parameters) <= set(known[0]):
            return known
    return []


def _asked_for(client, target):
    ratelimit.forget_memory()
    with transaction.atomic():
        response = client.get(target)
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return response, body


def _page_faults(response, body) -> list[str]:
    if response.status_code >= 500:
        error = getattr(response, "exc_info", None)
        return [f"status {response.status_code} {told(error[1]) if error else ''}"]
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return faults_at(response.request["PATH_INFO"], body)


def file_faults(target: str, response, body: bytes, counted: Counter) -> list[str]:
    """What is alive in a file taken away: a formula of a sheet, a type that a browser would show."""
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        return ["no nosniff"]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if "sheet" in name]
        live = sum(len(re.findall(rb"<f[ >/]", sheet)) for sheet in sheets)
        counted["sheets"] += len(sheets)
        return [f"{live} live formulas"] if live else []
    kind = response.headers["Content-Type"].split(";")[0]
    if kind == "application/json":
        json.loads(body)
        return []
    if kind != "text/csv":
        return []
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    counted["cells"] += sum(map(len, rows))
    cells = [cell for row in rows[1:] for cell in row]
    return [
        f"{cell[:40]!r}"
        for cell in cells
        if cell.strip(BLANKS)[:1] in LIVE and not re.fullmatch(r"[−-]?[\d ,.]+ ?%?", cell)
    ]
