"""The words of HTML and Markdown: headings, paragraphs, lists. What is code, style or another document isn't read."""

import re
from html.parser import HTMLParser

from .blocks import Block

_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "title"})
_BREAKS = frozenset(
    {"p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article", "blockquote", "body", "main"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BOLD = re.compile(r"^(?P<number>\d{1,3}[.)]\s+)?\*\*(?P<bold>[^*\n]+?)\*\*")
_MARKS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_BEGINS = re.compile(r"^\s{0,3}(?:\d{1,3}[.)]\s+\S|(?:article|art\.)\s+\w)", re.IGNORECASE)
_RULE = re.compile(r"^\s*([-*_]\s*){3,}$")


class _Reader(HTMLParser):
    """Gathers blocks; never follows an address, never keeps an attribute."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.text, self.bold, self.level, self.number = "", "", 0, ""
        self.skipped, self.heavy, self.leading = 0, 0, True
        self.lists: list[int | None] = []

    def close_block(self):
        text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", self.text)).strip()
        if text:
            self.blocks.append(Block(text, self.level, " ".join(self.bold.split()), self.number))
            self.number = ""
        self.text, self.bold, self.level, self.leading = "", "", 0, True

    def handle_starttag(self, tag, attrs):
        if tag in _SKIPPED:
            self.skipped += 1
        if tag == "br":
            self.text += "\n"
        elif tag in _HEADINGS:
            self.close_block()
            self.level = _HEADINGS[tag]
        elif tag in ("b", "strong"):
            self.heavy += 1
        elif tag in _BREAKS:
            self.close_block()
        if tag == "ol":
            self.lists.append(0)
        elif tag == "ul":
            self.lists.append(None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.number = str(self.lists[-1]) if len(self.lists) == 1 else ""

    def handle_endtag(self, tag):
        if tag in _SKIPPED:
            self.skipped = max(0, self.skipped - 1)
        elif tag in _HEADINGS or tag in _BREAKS:
            self.close_block()
        elif tag in ("b", "strong"):
            self.heavy = max(0, self.heavy - 1)
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()

    def handle_data(self, data):
        if self.skipped:
            return
        data = re.sub(r"\s+", " ", data)
        self.leading = self.leading and (self.heavy > 0 or not data.strip())
        if self.leading:
            self.bold += data
        self.text += data


def read_html(text: str) -> list[Block]:
    """Blocks of an HTML page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.close_block()
    return reader.blocks


def read_markdown(text: str) -> list[Block]:
    """Blocks of Markdown, or of a plain text: a blank line, a heading or a number begins another."""
    blocks: list[Block] = []
    lines: list[str] = []

    def end():
        if lines:
            blocks.append(_paragraph("\n".join(lines)))
            lines.clear()

    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading = _HEADING.match(line) if len(line) < 1000 else None
        if heading:
            end()
            blocks.append(Block(_plain(heading[2]), level=len(heading[1])))
        elif not line.strip() or _RULE.match(line[:200]):
            end()
        else:
            if _BEGINS.match(line[:80]):
                end()
            lines.append(line.strip())
    end()
    return blocks


def _paragraph(text: str) -> Block:
    text = re.sub(r"^>\s?", "", text, flags=re.MULTILINE)
    found = _BOLD.match(text[:400])
    return Block(_plain(text), bold=_plain(found["bold"]) if found else "")


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    if len(text) > 20_000:
        return text
    return _ITALIC.sub(r"\1", _MARKS.sub(r"\2", _LINK.sub(r"\1", text)))
