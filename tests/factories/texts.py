"""Reform texts, contributions and files of every format for tests."""

import io
import uuid
import zipfile
from html import escape

from consultations.texts import services
from consultations.texts.cutting import CutUnit
from consultations.texts.models import ReformText
from src.participation.enums import CONTRIBUTING, IdentityMode
from tests.factories.directory import AgentFactory
from tests.factories.participation import PhaseFactory, SpaceFactory

ARTICLES = (
    ("1", "Prévenir", "Le planning est affiché au moins deux semaines avant, sur le lieu de travail."),
    ("2", "Changer le moins possible", "Un changement après affichage a une raison, écrite sur le planning."),
    ("3", "Échanger", "Deux collègues de même métier peuvent échanger un service."),
)


def text_space(*, opens=-1, closes=7, **fields):
    """A space where texts are submitted, open for a week from yesterday."""
    space = SpaceFactory(**{"activities": ["texts"], "open_verbs": (), **fields})
    PhaseFactory(space=space, verbs=[str(verb) for verb in CONTRIBUTING], opens=opens, closes=closes)
    return space


def reform_text(*, space=None, articles=ARTICLES, opened=True, title="Charte des plannings") -> ReformText:
    """A text of these articles, open unless told otherwise; read again as pages read it."""
    made = services.create_text(space=space or text_space(), title=title)
    units = [CutUnit("article", label, name, body) for label, name, body in articles]
    services.bring_in(version=made.draft, units=units)
    if opened:
        services.open_text(text=made)
    return again(made)


def again(made) -> ReformText:
    return ReformText.objects.for_pages().get(pk=made.pk)


def unit_of(text, label="1", version=None):
    return (version or text.current).units.get(label=label)


def contribute(text, *, label="1", kind="amend", actor=None, mode=IdentityMode.NAMED, token=None, **words):
    """One contribution to the last version, by a new agent unless given."""
    if kind == "amend":
        words.setdefault("proposal", "Le planning est affiché au moins trois semaines avant.")
    words.setdefault("body", "Deux semaines, c'est trop court.")
    return services.contribute(
        actor=actor or AgentFactory(),
        text=again(text),
        unit=unit_of(again(text), label),
        kind=kind,
        identity_mode=mode,
        token=token or uuid.uuid4(),
        **words,
    )


def second_version(text, changes=None):
    """Begin the next version and rewrite these articles (number → words); returns the draft, read again."""
    draft = services.begin_version(text=text)
    for label, body in (changes or {"1": ARTICLES[0][2].replace("deux", "trois")}).items():
        unit = draft.units.get(label=label)
        services.save_unit(unit=unit, kind=unit.kind, label=unit.label, title=unit.title, body=body)
    return again(text).draft


# ------------------------------------------------------------------------------------------------------ files
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def docx(paragraphs, *, parts=None, head="") -> bytes:
    """A DOCX of (style, [(words, bold)]) or plain lines; ``parts`` are added to the archive."""
    body = ""
    for one in paragraphs:
        style, runs = one if isinstance(one, tuple) else ("", [(one, False)])
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style and style != "list" else ""
        if style == "list":
            properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        told = "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{escape(words)}</w:t></w:r>" for words, bold in runs
        )
        body += f"<w:p>{properties}{told}</w:p>"
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": document, **(parts or {})})


def odt(blocks, *, head="") -> bytes:
    """An ODT of (level, words): 0 is a paragraph."""
    body = "".join(
        f'<text:h text:outline-level="{level}">{escape(words)}</text:h>'
        if level
        else f"<text:p>{escape(words)}</text:p>"
        for level, words in blocks
    )
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:text="{OFFICE}text:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    return zipped({"content.xml": content})


def zipped(parts: dict) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
