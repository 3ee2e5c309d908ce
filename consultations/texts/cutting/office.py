"""The words of DOCX and ODT, read from their one part of text. No entity, no document type, nothing outside it."""

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # the types alone: what parses is defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from src.foundations.numbers import whole

from .blocks import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
MOST_DEEP = 60


class BadXml(ValueError):
    """The part can't be read; ``is_active``: because it holds what acts."""

    def __init__(self, *, is_active: bool = False):
        super().__init__()
        self.is_active = is_active


def parse(data: bytes) -> Element:
    """The tree of a part; refuses entities, document types and outside references."""
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise BadXml(is_active=True) from None
    except (ParseError, ValueError, RecursionError):
        raise BadXml from None


def read_docx(archive: zipfile.ZipFile) -> list[Block]:
    """Paragraphs of a DOCX, tables included cell by cell; what tracked changes deleted isn't read."""
    body = parse(archive.read("word/document.xml")).find(f"{W}body")
    if body is None:
        raise BadXml
    headings = _docx_headings(archive)
    counters: dict[tuple[str, int], int] = {}
    return [_docx_block(paragraph, headings, counters) for paragraph in body.iter(f"{W}p")]


def _docx_headings(archive: zipfile.ZipFile) -> dict[str, int]:
    """Style → level of heading: by its outline level, or its name."""
    found: dict[str, int] = {}
    if "word/styles.xml" not in archive.namelist():
        return found
    for style in parse(archive.read("word/styles.xml")).iter(f"{W}style"):
        name = style.find(f"{W}name")
        words = (name.get(f"{W}val") or "").casefold() if name is not None else ""
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        depth = whole(outline.get(f"{W}val") or "9", 3) if outline is not None else None
        if depth is not None:
            level = depth + 1
        elif words.startswith(("heading", "titre", "title")):
            level = whole(words[-1:]) or 1
        else:
            continue
        if level <= 9:
            found[style.get(f"{W}styleId") or ""] = level
    return found


def _docx_block(paragraph: Element, headings: dict[str, int], counters: dict[tuple[str, int], int]) -> Block:
    properties = paragraph.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    named = style.get(f"{W}val") or "" if style is not None else ""
    level = headings.get(named, 0) or (whole(named[-1:]) or 0 if named[:-1].casefold() in ("heading", "titre") else 0)
    number = ""
    listed = properties.find(f"{W}numPr") if properties is not None else None
    if listed is not None:
        which, depth = listed.find(f"{W}numId"), listed.find(f"{W}ilvl")
        at = int(depth.get(f"{W}val") or 0) if depth is not None else 0
        key = ((which.get(f"{W}val") or "") if which is not None else "", at)
        if at == 0 and key[0] not in ("", "0"):
            counters[key] = counters.get(key, 0) + 1
            number = str(counters[key])
    text, bold, leading = "", "", True
    for run in paragraph.iter(f"{W}r"):
        words = "".join(_docx_words(run))
        heavy = run.find(f"{W}rPr/{W}b")
        leading = leading and heavy is not None and heavy.get(f"{W}val") not in ("0", "false")
        if leading:
            bold += words
        text += words
    return Block(text, level=level, bold=bold, number=number)


def _docx_words(run: Element) -> Iterator[str]:
    for part in run:
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.tag == f"{W}tab":
            yield " "
        elif part.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif part.tag == f"{W}noBreakHyphen":
            yield "-"


def read_odt(archive: zipfile.ZipFile) -> list[Block]:
    """Paragraphs and headings of an ODT, lists and tables included; notes and tracked deletions aren't read."""
    tree = parse(archive.read("content.xml"))
    body = tree.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise BadXml
    heavy = {
        style.get(f"{STYLE}name") or ""
        for style in tree.iter(f"{STYLE}style")
        if any(part.get(f"{FO}font-weight") in ("bold", "700") for part in style)
    }
    return list(_odt_blocks(body, heavy, 0, ""))


def _odt_blocks(node: Element, heavy: set, depth: int, number: str) -> Iterator[Block]:
    if depth > MOST_DEEP:
        raise BadXml
    counted = 0
    for part in node:
        if part.tag == f"{TEXT}h":
            level = whole(part.get(f"{TEXT}outline-level") or "1", 3)
            yield Block(_odt_words(part, heavy)[0], level=1 if level is None else level)
        elif part.tag == f"{TEXT}p":
            text, bold = _odt_words(part, heavy)
            yield Block(text, bold=bold, number=number)
            number = ""
        elif part.tag == f"{TEXT}tracked-changes":
            continue
        elif part.tag == f"{TEXT}list-item":
            counted += 1
            yield from _odt_blocks(part, heavy, depth + 1, str(counted) if _is_first_level(node) else "")
        else:
            yield from _odt_blocks(part, heavy, depth + 1, "")


def _is_first_level(node: Element) -> bool:
    """A list is numbered or has bullets by its style: a style that says so by its name is all one can read here."""
    return "num" in (node.get(f"{TEXT}style-name") or "").casefold()


def _odt_words(node: Element, heavy: set) -> tuple[str, str]:
    """The words of a paragraph, and those in bold it begins with."""
    text, bold, leading = node.text or "", "", not (node.text or "").strip()
    for part in node:
        words = _odt_inner(part, 0)
        is_heavy = part.tag == f"{TEXT}span" and (part.get(f"{TEXT}style-name") or "") in heavy
        leading = leading and is_heavy
        if leading:
            bold += words
        text += words + (part.tail or "")
        leading = leading and not (part.tail or "").strip()
    return text, bold


def _odt_inner(node: Element, depth: int) -> str:
    if depth > MOST_DEEP:
        raise BadXml
    if node.tag == f"{TEXT}note":
        return ""
    if node.tag == f"{TEXT}line-break":
        return "\n"
    if node.tag in (f"{TEXT}tab", f"{TEXT}s"):
        return " "
    inner = "".join(_odt_inner(part, depth + 1) + (part.tail or "") for part in node)
    return (node.text or "") + inner
