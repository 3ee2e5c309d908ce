"""The only door to HTML written by people: cleans it, or makes it from plain text. The only importer of bleach."""

import re
from urllib.parse import urlsplit

import bleach
from bleach import html5lib_shim
from bleach._vendor import html5lib
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20_000
TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4"})
LINK_REL = "nofollow noopener noreferrer ugc"
# Elements whose text is code or another document, never something a person wrote to be read.
DROPPED_WITH_CONTENT = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "title",
        "textarea", "select", "xmp", "noembed", "noframes", "plaintext", "frameset", "head", "audio", "video",
        "canvas",
    }
)  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PLAIN_LINK = re.compile(r"https://[^\s<>\"'\\^`{|}]+")
_TRAILING = ".,;:!?…)]»"


def check_size(text: str) -> None:
    """Refuse a text over 20 kB before any parser sees it: cleaning costs more than the square of depth."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ValidationError(
            _("This text is too long. Keep it under 20,000 signs, or attach a document."),
            code="too_long",
        )


def is_safe_link(href: str) -> bool:
    """Only absolute https addresses and plain mail addresses: nothing relative, hidden, or with a password in it."""
    if not href or "\\" in href or _SPACE_OR_CONTROL.search(href):
        return False
    try:
        parts = urlsplit(href)
        if parts.scheme == "mailto":
            return not parts.query and not parts.fragment and bool(_ADDRESS.fullmatch(parts.path))
        return (
            parts.scheme == "https"
            and href[:8].lower() == "https://"
            and bool(parts.hostname)
            and parts.username is None
            and parts.password is None
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False


def _allowed_attribute(tag: str, name: str, value: str) -> bool:
    return tag == "a" and name == "href" and is_safe_link(value)


class _Links(html5lib_shim.Filter):
    """Drops links that lead nowhere and tells robots and new windows what the others are."""

    def __iter__(self):
        kept = []
        for token in super().__iter__():
            if token.get("name") == "a" and token["type"] in {"StartTag", "EmptyTag"}:
                has_href = (None, "href") in token["data"]
                kept.append(has_href)
                if not has_href:
                    continue
                token["data"][(None, "rel")] = LINK_REL
            elif token.get("name") == "a" and token["type"] == "EndTag" and (not kept or not kept.pop()):
                continue
            yield token


def _without_code(html: str) -> str:
    """The same HTML without the elements whose content isn't text, found by a real parser."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    pending = [fragment]
    while pending:
        parent = pending.pop()
        for child in list(parent):
            name = child.tag.rsplit("}", 1)[-1].lower() if isinstance(child.tag, str) else "script"
            if name in DROPPED_WITH_CONTENT:
                _remove_keeping_tail(parent, child)
            else:
                pending.append(child)
    walker = html5lib.getTreeWalker("etree")
    serializer = html5lib.serializer.HTMLSerializer(
        omit_optional_tags=False, quote_attr_values="always", alphabetical_attributes=True, sanitize=False
    )
    return "".join(serializer.serialize(walker(fragment)))


def _remove_keeping_tail(parent, child) -> None:
    """Remove an element but not the text that follows it."""
    children = list(parent)
    index = children.index(child)
    if child.tail:
        if index:
            children[index - 1].tail = (children[index - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def clean_html(html: str) -> SafeString:
    """The allowed part of a person's HTML, safe to show as it is. Refuses over 20 kB with a ValidationError."""
    check_size(html)
    html = _CONTROLS.sub("", html)
    cleaner = bleach.Cleaner(
        tags=TAGS,
        attributes=_allowed_attribute,
        protocols={"https", "mailto"},
        strip=True,
        strip_comments=True,
        filters=[_Links],
    )
    return mark_safe(cleaner.clean(_without_code(html)).strip())  # noqa: S308 - the one place that may say so


def _linked(line: str) -> str:
    """Escaped text of a line, its https addresses made into links."""
    parts, last = [], 0
    for match in _PLAIN_LINK.finditer(line):
        href = match.group().rstrip(_TRAILING)
        if not is_safe_link(href):
            continue
        parts.append(escape(line[last : match.start()]))
        parts.append(f'<a href="{escape(href)}" rel="{LINK_REL}">{escape(href)}</a>')
        last = match.start() + len(href)
    parts.append(escape(line[last:]))
    return "".join(parts)


def plain_to_html(text: str) -> SafeString:
    """Plain text as paragraphs, line breaks and links; whatever looks like a tag stays visible as text."""
    check_size(text)
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return mark_safe(  # noqa: S308 - every character of the text was escaped
        "".join(f"<p>{'<br>'.join(_linked(line) for line in part.split(chr(10)))}</p>" for part in paragraphs)
    )


_RUNS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_UNSEEN = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0x200B, 0x2060, 0xFEFF])
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def tidy(text: str, *, one_line: bool = False) -> str:
    """The text without invisible characters, trailing blanks nor towers of empty lines."""
    text = (text or "").translate(_UNSEEN).translate(_BIDI).replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        text = text.replace("\n", " ")
    text = "\n".join(_RUNS.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", text).strip()
