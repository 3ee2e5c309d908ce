"""Reads exports of a Decidim platform, old and new: any column order, any language, and every fault with its line."""

import csv
import html
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable
from src.foundations.text import clean_html, plain_to_html

PROPOSALS, DEBATES, COMMENTS = KINDS = ("proposals", "debates", "comments")
MAX_BYTES = 50 * 1024 * 1024
MAX_LINES = 50_000
TITLE_MAX = 300
LABEL_MAX = 120
# Languages tried first when a column comes in several.
LANGUAGES = ("fr", "en")

# Our name → headers it has had, oldest first; "*" stands for "/<language>".
COLUMNS = {
    "id": ("id",),
    "title": ("title", "title*"),
    "body": ("body", "body*", "description", "description*"),
    "category": ("category/name", "category/name*", "taxonomies/name", "taxonomies/name*"),
    "votes": ("votes", "proposal_votes", "votes_count", "supports"),
    "created_at": ("created_at", "published_at"),
    "url": ("url",),
    "author": ("author/name", "author_name", "author/name*", "user_group/name", "user_group/name*"),
    "alignment": ("alignment",),
    "commentable_id": ("commentable_id", "commentable/id"),
    "commentable_type": ("commentable_type", "commentable/type", "commentable_class"),
    "root_url": ("root_commentable_url", "root_commentable/url", "commentable_url", "commentable/url"),
}
REQUIRED = {
    PROPOSALS: ("id", "title", "body", "created_at"),
    DEBATES: ("id", "title", "created_at"),
    COMMENTS: ("id", "body", "created_at", "commentable_id", "commentable_type"),
}
_FORMATS = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d")
_MARKUP = re.compile(r"</?(p|br|div|span|strong|em|b|i|u|ul|ol|li|a|h[1-6]|blockquote|pre|code)\b[^>]*>", re.I)
_BREAKS = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote|ul|ol)>")
_LANGUAGE = re.compile(r"^[a-z]{2,3}([_-][a-z]{2,4})?$")


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of one line, told with its number."""

    line: int
    sentence: str

    def __str__(self):
        return _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass
class Row:
    """One contribution, ready to be written."""

    line: int
    key: str
    created_at: datetime
    title: str = ""
    body: str = ""
    body_html: str = ""
    category: str = ""
    author: str = ""
    votes: int = 0
    alignment: int | None = None
    answers: str = ""
    root: str = ""


@dataclass
class Export:
    """What a file holds: its kind, its rows, its faults."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def read_export(data: bytes, kind: str | None = None) -> Export:
    """The rows of an export and every fault found in it. Refuses with Unreadable what isn't such a file."""
    text = _decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    csv.field_size_limit(MAX_BYTES)
    try:
        headers = [header.strip().strip("\ufeff").lower() for header in next(reader)]
    except (StopIteration, csv.Error):
        raise Unreadable(_("The file is empty."))
    kind = kind or _kind_of(headers)
    columns = _columns(headers)
    missing = [name for name in REQUIRED[kind] if name not in columns]
    if missing:
        raise Unreadable(
            _("These columns are missing: %(columns)s.")
            % {"columns": ", ".join(COLUMNS[name][-1].replace("*", "/fr") for name in missing)}
        )
    export = Export(kind)
    _read_lines(reader, headers, columns, export)
    export.problems.sort()
    return export


def _read_lines(reader, headers, columns, export: Export) -> None:
    seen: dict[str, int] = {}
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            export.problems.append(Problem(line, _("This line can't be read (%(error)s).") % {"error": error}))
            line = reader.line_num + 1
            continue
        start, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        export.read += 1
        if export.read > MAX_LINES:
            raise Unreadable(_("The file has more than %(max)d lines: cut it.") % {"max": MAX_LINES})
        if len(cells) != len(headers):
            export.problems.append(
                Problem(
                    start,
                    _("%(found)d columns instead of %(expected)d.") % {"found": len(cells), "expected": len(headers)},
                )
            )
            continue
        row = _row(export.kind, start, cells, columns, export.problems)
        if row is None:
            continue
        if row.key in seen:
            export.problems.append(
                Problem(start, _("The same identifier is already on line %(line)d.") % {"line": seen[row.key]})
            )
            continue
        seen[row.key] = start
        export.rows.append(row)


def _row(kind: str, line: int, cells: list[str], columns: dict, problems: list[Problem]) -> Row | None:
    def value(name: str) -> str:
        return next((cells[i].strip() for i in columns.get(name, ()) if cells[i].strip()), "")

    faults: list[str] = []
    identifier = value("id")
    if not re.fullmatch(r"[\w-]{1,40}", identifier):
        faults.append(_("The identifier is missing or isn't one."))
    created_at = _moment(value("created_at"))
    if created_at is None:
        faults.append(_("The date can't be read: %(value)s.") % {"value": value("created_at")[:40] or "—"})
    title = _plain(value("title"))
    if kind != COMMENTS and not title:
        faults.append(_("The title is empty."))
    if len(title) > TITLE_MAX:
        faults.append(_("The title is over %(max)d characters.") % {"max": TITLE_MAX})
    body, body_html = _body(value("body") or (title if kind == DEBATES else ""), faults)
    host = _host(value("url") or value("root_url"))
    row = Row(
        line=line,
        key=f"{host}/{kind}/{identifier}",
        created_at=created_at or datetime(1970, 1, 1, tzinfo=UTC),
        title=title,
        body=body,
        body_html=body_html,
        category=_plain(value("category"))[:LABEL_MAX],
        author=_plain(value("author"))[:LABEL_MAX],
        votes=_count(value("votes"), faults) if kind != COMMENTS else 0,
    )
    if kind == COMMENTS:
        _place_comment(row, host, value, faults)
    problems.extend(Problem(line, fault) for fault in faults)
    return None if faults else row


def _place_comment(row: Row, host: str, value, faults: list[str]) -> None:
    """Whom a comment answers, and under what, as keys of this import."""
    alignment = value("alignment")
    if alignment not in ("", "-1", "0", "1"):
        faults.append(_("The alignment is neither -1, 0 nor 1: %(value)s.") % {"value": alignment[:20]})
    elif alignment:
        row.alignment = int(alignment)
    subject = value("commentable_type").rsplit("::", 1)[-1].lower()
    kind = {"debate": DEBATES, "proposal": PROPOSALS, "comment": COMMENTS}.get(subject)
    if kind is None:
        faults.append(_("Comments on “%(kind)s” aren't imported.") % {"kind": value("commentable_type")[:60] or "—"})
        return
    row.answers = f"{host}/{kind}/{value('commentable_id')}"
    root = re.search(r"/(proposals|debates)/([\w-]+)/?$", urlsplit(value("root_url")).path)
    row.root = f"{host}/{root[1]}/{root[2]}" if root else ("" if kind == COMMENTS else row.answers)


def _body(raw: str, faults: list[str]) -> tuple[str, str]:
    """The text, plain and cleaned; exports hold one or the other."""
    if not raw.strip():
        faults.append(_("The text is empty."))
        return "", ""
    try:
        if _MARKUP.search(raw):
            cleaned = clean_html(raw)
            text = _plain(cleaned, keep_lines=True)
        else:
            text = html.unescape(raw).replace("\r\n", "\n").replace("\x00", "").strip()
            cleaned = plain_to_html(text)
    except ValidationError as error:
        faults.extend(error.messages)
        return "", ""
    if not text:
        faults.append(_("The text is empty once its code is taken out."))
    return text, cleaned


def _plain(value: str, *, keep_lines: bool = False) -> str:
    text = html.unescape(strip_tags(_BREAKS.sub("\n", value))).replace("\x00", "").replace("\u00a0", " ")
    if keep_lines:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return " ".join(text.split())


def _count(raw: str, faults: list[str]) -> int:
    if not raw:
        return 0
    if not re.fullmatch(r"\d{1,9}", raw):
        faults.append(_("The number of votes can't be read: %(value)s.") % {"value": raw[:20]})
        return 0
    return int(raw)


def _moment(raw: str) -> datetime | None:
    for pattern in _FORMATS:
        try:
            found = datetime.strptime(raw, pattern)  # noqa: DTZ007 - made aware below
        except ValueError:
            continue
        return _sensible(found if found.tzinfo else found.replace(tzinfo=UTC))
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return _sensible(found if found.tzinfo else found.replace(tzinfo=UTC))


def _sensible(moment: datetime) -> datetime | None:
    return moment if 1990 <= moment.year <= 2100 else None


def _host(url: str) -> str:
    """The platform an export comes from, so that two of them never share a key."""
    return ((urlsplit(url).hostname or "") if "://" in url else "")[:60] or "decidim"


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is over 50 MB."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file is neither UTF-8 nor Windows text."))


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(";,\t", key=header.count)


def _kind_of(headers: list[str]) -> str:
    columns = _columns(headers)
    if "commentable_id" in columns:
        return COMMENTS
    if any(header.split("/")[0] == "description" for header in headers):
        return DEBATES
    if "title" in columns and "body" in columns:
        return PROPOSALS
    raise Unreadable(_("This doesn't look like an export of proposals, debates or comments."))


def _columns(headers: list[str]) -> dict[str, list[int]]:
    """Our name → positions of its columns, the city's language first, then the others as they come."""
    found: dict[str, list[int]] = {}
    for name, spellings in COLUMNS.items():
        positions = []
        for spelling in spellings:
            if spelling.endswith("*"):
                positions += _languages(headers, spelling[:-1])
            elif spelling in headers:
                positions.append(headers.index(spelling))
        if positions:
            found[name] = list(dict.fromkeys(positions))
    return found


def _languages(headers: list[str], base: str) -> list[int]:
    found = []
    for position, header in enumerate(headers):
        root, _slash, language = header.rpartition("/")
        if root == base and _LANGUAGE.fullmatch(language):
            rank = LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)
            found.append((rank, position))
    return [position for _rank, position in sorted(found)]
