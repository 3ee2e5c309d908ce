"""What a page would still gain before it comes out: what shuts somebody out, then what would read more easily.

Reads nothing of the database but the words of pictures: the same answer in the form, beside it and before the
publication.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import RichTextField, StreamField

SENTENCE_WORDS, PARAGRAPH_WORDS, TITLE_SIGNS = 25, 90, 90
HEADING_WORDS = 15
# What says nothing of where a link leads, read alone, in French and in English.
_VAGUE_WORDS = """
    ici, cliquez ici, cliquer ici, clic, lien, ce lien, lien ici, là, par ici, voir, lire, suite, la suite,
    lire la suite, en savoir plus, plus, plus d’informations, plus d'informations, télécharger, document, page,
    cette page, here, click here, click, link, this link, more, read more, learn more, download, this page
"""
VAGUE = frozenset(words.strip() for words in _VAGUE_WORDS.split(","))
_ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.I)
_IN_TEXT = re.compile(r"(?:https?://|www\.)\S+", re.I)
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True)
class Remark:
    """One thing to look at. ``blocks``: it shuts somebody out, the page doesn't come out so; a hint otherwise."""

    words: str
    blocks: bool = False


class _Reader(HTMLParser):
    """The headings, links and paragraphs of a rich text, in order."""

    def __init__(self):
        super().__init__()
        self.headings, self.links, self.paragraphs = [], [], []
        self._open, self._bold = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in {"h2", "h3", "h4", "a", "p", "li"}:
            self._open.append((tag, [], []))
        elif tag in {"b", "strong"}:
            self._bold += 1

    def handle_endtag(self, tag):
        if tag in {"b", "strong"}:
            self._bold = max(0, self._bold - 1)
        if not self._open or self._open[-1][0] != tag:
            return
        _tag, parts, bold = self._open.pop()
        text = " ".join("".join(parts).split())
        if tag == "a":
            self.links.append(text)
        elif tag in {"p", "li"}:
            self.paragraphs.append((text, bool(text) and text == " ".join("".join(bold).split()) and tag == "p"))
        else:
            self.headings.append((int(tag[1]), text))

    def handle_data(self, data):
        for _tag, parts, bold in self._open:
            parts.append(data)
            if self._bold:
                bold.append(data)


def of_page(page) -> list[Remark]:
    """The remarks on a page as it is written, those that keep it from coming out first; each once."""
    found = _of_title(page.title)
    level = 1
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            # Outcomes and welcomes draw their own heading above each text.
            found += of_html(str(getattr(page, field.name) or ""), after=2)[0]
        elif isinstance(field, StreamField):
            remarks, level = _of_blocks(getattr(page, field.name), 2 if _draws_headings(page) else 1)
            found += remarks
    return sorted(dict.fromkeys(found), key=lambda remark: not remark.blocks)


def blocking(page) -> list[str]:
    """Why a page can't come out, in sentences: somebody would be shut out."""
    return [remark.words for remark in of_page(page) if remark.blocks]


def of_html(html: str, after: int = 1) -> tuple[list[Remark], int]:
    """The remarks on one rich text that comes ``after`` a heading of this level, and the level it ends at."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found, level = [], after
    for number, text in reader.headings:
        if not text:
            found.append(Remark(_("A heading is empty: give it words, or take it out."), True))
        elif number > level + 1:
            found.append(
                Remark(
                    _("The heading “%(text)s” skips a level: begin with a heading 2, then a heading 3.")
                    % {"text": text[:60]},
                    True,
                )
            )
        if len(_WORD.findall(text)) > HEADING_WORDS:
            found.append(Remark(_("The heading “%(text)s” is long: keep it on one line.") % {"text": text[:60]}))
        level = number
    for text in reader.links:
        found += _of_link(text)
    linked = set(reader.links)
    for text, is_bold in reader.paragraphs:
        if is_bold and len(_WORD.findall(text)) <= HEADING_WORDS:
            found.append(
                Remark(
                    _("“%(text)s” is a paragraph in bold: if it is a heading, use a heading.") % {"text": text[:60]}
                )
            )
        found += of_text(text, linked)
    return found, level


def of_text(text: str, linked: set | frozenset = frozenset()) -> list[Remark]:
    """The hints on one paragraph: bare addresses, long sentences, long paragraphs."""
    found = []
    if any(address not in linked for address in _IN_TEXT.findall(text)):
        found.append(Remark(_("A bare address stands in the text: make it a link whose words say where it leads.")))
    for sentence in _SENTENCE.split(text):
        count = len(_WORD.findall(sentence))
        if count > SENTENCE_WORDS:
            told = ngettext(
                "A sentence of %(count)d word (aim for fewer than %(most)d): “%(text)s…”",
                "A sentence of %(count)d words (aim for fewer than %(most)d): “%(text)s…”",
                count,
            )
            start = " ".join(sentence.split()[:6])
            found.append(Remark(told % {"count": count, "most": SENTENCE_WORDS, "text": start}))
    if len(_WORD.findall(text)) > PARAGRAPH_WORDS:
        start = " ".join(text.split()[:6])
        found.append(Remark(_("A long paragraph: cut it in two, or make a list. “%(text)s…”") % {"text": start}))
    return found


def _of_title(title: str) -> list[Remark]:
    found = []
    if len(title) > TITLE_SIGNS:
        found.append(Remark(_("The title is long: say the essential in ninety signs.")))
    letters = [letter for letter in title if letter.isalpha()]
    if len(letters) > 12 and all(letter.isupper() for letter in letters):
        found.append(
            Remark(_("The title is in capitals: they are slower to read, and some screen readers spell them."))
        )
    return found


def _of_link(text: str) -> list[Remark]:
    if not text:
        return [Remark(_("A link has no words: nobody hears where it leads."), True)]
    if text.strip(" .:!…»«\u00a0").casefold() in VAGUE:
        told = _("The link “%(text)s” doesn’t say where it leads: write the name of the page or of the document.")
        return [Remark(told % {"text": text[:60]}, True)]
    if _ADDRESS.match(text):
        return [Remark(_("The link “%(text)s” is an address: write what one finds there.") % {"text": text[:60]})]
    return []


def _of_blocks(stream, level: int) -> tuple[list[Remark], int]:
    found = []
    for block in stream or ():
        if block.block_type == "text":
            remarks, level = of_html(block.value.source, after=level)
            found += remarks
        elif block.block_type == "picture":
            image = block.value["image"]
            if image is not None and not block.value["decorative"] and not image.description.strip():
                told = _("The picture “%(title)s” has no alternative text: say what it shows, or tick “Decorative”.")
                found.append(Remark(told % {"title": image.title[:60]}, True))
        elif block.block_type in {"notice", "quote"}:
            found += of_text(block.value["text"])
        elif block.block_type == "button":
            found += _of_link(block.value["label"])
        elif block.block_type == "calendar":
            level = 2
    return found, level


def _draws_headings(page) -> bool:
    """Whether the page's own template draws second-level headings above its blocks."""
    return any(isinstance(field, RichTextField) for field in page._meta.get_fields()) or hasattr(page, "conformity")
