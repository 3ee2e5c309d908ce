"""Moodle XML: read as it comes, so that each question keeps its line; no entity nor outside file is ever opened."""

from dataclasses import dataclass, field
from xml.sax import SAXParseException  # the type alone: what parses is defusedxml

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from .gift import clean
from .read import (
    EMPTY,
    MOST,
    NO_ANSWER,
    NO_RIGHT,
    TOO_LARGE,
    TWO_RIGHTS,
    UNREADABLE,
    Found,
    Reading,
    Wrong,
    choice,
    told,
)

# Deeper than any question.
DEEPEST = 30


class _Refused(Exception):
    pass


@dataclass
class _Node:
    """An element: its name, its attributes, its line, what it holds."""

    name: str
    attributes: dict
    line: int
    text: str = ""
    inside: list["_Node"] = field(default_factory=list)

    def all(self, name: str) -> list["_Node"]:
        return [one for one in self.inside if one.name == name]

    def said(self, *path: str) -> str:
        """The text at the end of a path; empty when it isn't there."""
        here = self
        for name in path:
            found = here.all(name)
            if not found:
                return ""
            here = found[0]
        return clean(here.text)


def read(data: bytes, true: str = "Vrai", false: str = "Faux") -> Reading:
    """The questions of a file; one thing wrong with the file itself is told at its line, with nothing else."""
    tree = _Tree()
    try:
        parseString(data, tree, forbid_dtd=True)
    except SAXParseException as error:
        return Reading(wrong=[Wrong(error.getLineNumber() or 1, UNREADABLE)])
    except (DefusedXmlException, _Refused):
        return Reading(wrong=[Wrong(tree.line, UNREADABLE)])
    root = tree.root
    if root.name != "quiz":
        return Reading(wrong=[Wrong(root.line, UNREADABLE)])
    reading, category = Reading(), ""
    for node in root.all("question"):
        kind = node.attributes.get("type", "")
        if kind == "category":
            category = node.said("category", "text").rstrip("/").rsplit("/", 1)[-1]
            continue
        if reading.read >= MOST:
            reading.wrong.append(Wrong(node.line, TOO_LARGE))
            break
        reader = _KINDS.get(kind)
        if reader is None:
            reading.left_out.append((node.line, kind))
            continue
        text, reason = node.said("questiontext", "text"), node.said("generalfeedback", "text")
        found = reader(node, category, text, reason, (true, false)) if text else Wrong(node.line, EMPTY)
        (reading.questions if isinstance(found, Found) else reading.wrong).append(found)
    return reading


class _Tree:
    """What the parser tells, element by element, with their lines."""

    def __init__(self):
        self.root = _Node("", {}, 1)
        self._stack: list[_Node] = []
        self._locator = None

    @property
    def line(self) -> int:
        return self._locator.getLineNumber() or 1 if self._locator else 1

    def setDocumentLocator(self, locator):  # noqa: N802 - the parser's names
        self._locator = locator

    def startElement(self, name, attributes):  # noqa: N802
        if len(self._stack) > DEEPEST:
            raise _Refused
        node = _Node(name, dict(attributes), self.line)
        if self._stack:
            self._stack[-1].inside.append(node)
        else:
            self.root = node
        self._stack.append(node)

    def endElement(self, name):  # noqa: N802
        self._stack.pop()

    def characters(self, text):
        if self._stack:
            self._stack[-1].text += text

    def __getattr__(self, name):
        """What else a parser may tell says nothing here."""
        return lambda *_args: None


def _answers(node: _Node) -> list[tuple[float, str, str]]:
    """Fraction, words and feedback of each answer."""
    return [
        (_number(one.attributes.get("fraction", "0")), one.said("text"), one.said("feedback", "text"))
        for one in node.all("answer")
    ]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _multichoice(node, category, text, reason, _booleans):
    answers = _answers(node)
    if len(answers) < 2 or not all(words for _fraction, words, _feedback in answers):
        return Wrong(node.line, NO_ANSWER)
    said = [choice(words, fraction > 0, feedback) for fraction, words, feedback in answers]
    is_single = node.said("single").lower() in ("true", "1")
    if is_single:
        said = [choice(words, fraction >= 100, feedback) for fraction, words, feedback in answers]
    rights = [one for one in said if one["right"]]
    if not rights:
        return Wrong(node.line, NO_RIGHT)
    if is_single and len(rights) > 1:
        return Wrong(node.line, TWO_RIGHTS)
    return told(
        node.line, "single" if is_single else "multiple", category, text, reason or rights[0]["feedback"], choices=said
    )


def _truefalse(node, category, text, reason, booleans):
    answers = {words.lower(): (fraction, feedback) for fraction, words, feedback in _answers(node)}
    if set(answers) != {"true", "false"}:
        return Wrong(node.line, NO_ANSWER)
    named = zip(booleans, (answers["true"], answers["false"]), strict=True)
    said = [choice(words, fraction >= 100, feedback) for words, (fraction, feedback) in named]
    rights = [one for one in said if one["right"]]
    if len(rights) != 1:
        return Wrong(node.line, NO_RIGHT if not rights else TWO_RIGHTS)
    return told(node.line, "true_false", category, text, reason or rights[0]["feedback"], choices=said)


def _matching(node, category, text, reason, _booleans):
    pairs = [{"left": one.said("text"), "right": one.said("answer", "text")} for one in node.all("subquestion")]
    pairs = [pair for pair in pairs if pair["left"]]
    if len(pairs) < 2 or not all(pair["right"] for pair in pairs):
        return Wrong(node.line, NO_ANSWER)
    return told(node.line, "matching", category, text, reason, pairs=pairs)


def _shortanswer(node, category, text, reason, _booleans):
    accepted = [(words, feedback) for fraction, words, feedback in _answers(node) if fraction >= 100 and words]
    # « * » takes anything: in Moodle it stands for the wrong answers.
    accepted = [one for one in accepted if one[0] != "*"]
    if not accepted:
        return Wrong(node.line, NO_RIGHT)
    return told(
        node.line, "short", category, text, reason or accepted[0][1], accepted=[words for words, _feedback in accepted]
    )


_KINDS = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "matching": _matching,
    "shortanswer": _shortanswer,
}
