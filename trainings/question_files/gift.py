"""GIFT, Moodle's plain text: one question a paragraph, answers between braces."""

import re

from .read import EMPTY, NO_ANSWER, NO_RIGHT, TOO_LARGE, UNCLOSED, UNREADABLE, Found, Reading, Wrong, choice, told
from .read import MOST as MOST_QUESTIONS

# What a backslash protects, out of the way while the signs are read; put back at the end.
_PROTECTED = {"~": "\ue001", "=": "\ue002", "#": "\ue003", "{": "\ue004", "}": "\ue005", ":": "\ue006", "\\": "\ue007"}
_BACK = str.maketrans({hidden: sign for sign, hidden in _PROTECTED.items()})
_TITLE = re.compile(r"::(.*?)::", re.S)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_TAG = re.compile(r"<[^<>]{0,500}>")
_ANSWER = re.compile(r"([=~])((?:(?![=~]).)*)", re.S)
_WEIGHT = re.compile(r"^%(-?\d{1,3}(?:[.,]\d+)?)%")
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}
NUMERICAL, ESSAY, DESCRIPTION = "numerical", "essay", "description"


def read(text: str, true: str = "Vrai", false: str = "Faux") -> Reading:
    """The questions of a file; ``true`` and ``false`` are the words shown for that kind."""
    reading, category = Reading(), ""
    for line, paragraph in _paragraphs(text):
        if paragraph.startswith("$CATEGORY:"):
            # « $course$/Accueil/Langue »: the last name is the one people read.
            category = clean(paragraph.removeprefix("$CATEGORY:").strip().rstrip("/").rsplit("/", 1)[-1])
            continue
        if reading.read >= MOST_QUESTIONS:
            reading.wrong.append(Wrong(line, TOO_LARGE))
            break
        found = _question(line, _hide(paragraph), category, (true, false))
        kept = {Found: reading.questions, Wrong: reading.wrong}.get(type(found), reading.left_out)
        kept.append(found)
    return reading


def _paragraphs(text: str):
    """Line and text of each paragraph, comments away; a category is one by itself."""
    begun, lines = 0, []
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            continue
        if bare.startswith("$CATEGORY:") or not bare:
            if lines:
                yield begun, "\n".join(lines)
            lines = []
            if bare:
                yield number, bare
            continue
        begun = begun if lines else number
        lines.append(line)


def _hide(text: str) -> str:
    for sign, hidden in _PROTECTED.items():
        if sign != "\\":
            text = text.replace(f"\\{sign}", hidden)
    return text.replace("\\n", "\n").replace("\\\\", _PROTECTED["\\"])


def clean(text: str) -> str:
    """Words as people read them: without tags, with the signs a backslash protected."""
    text = _FORMAT.sub("", text)
    text = _TAG.sub(" ", text).replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.translate(_BACK).split())


def _question(line: int, text: str, category: str, booleans):
    text = _TITLE.sub("", text, count=1) if text.lstrip().startswith("::") else text
    begin, end = text.find("{"), text.rfind("}")
    if (begin < 0) != (end < 0) or end < begin or text.count("{") != text.count("}") or text.count("{") > 1:
        return Wrong(line, UNCLOSED)
    if begin < 0:
        return line, DESCRIPTION
    after = clean(text[end + 1 :])
    asked = clean(text[:begin]) + (f" … {after}" if after else "")
    if not asked:
        return Wrong(line, EMPTY)
    body = text[begin + 1 : end].strip()
    body, _mark, reason = body.partition("####")
    return _answered(line, body.strip(), asked, category, clean(reason), booleans)


def _answered(line, body: str, asked: str, category: str, reason: str, booleans):
    if not body:
        return line, ESSAY
    if body.startswith("#"):
        return line, NUMERICAL
    word, *feedback = [part.strip() for part in body.split("#")]
    if word.upper() in _TRUE | _FALSE:
        return _true_false(line, word.upper() in _TRUE, feedback, asked, category, reason, booleans)
    answers = [(sign, *_parts(rest)) for sign, rest in _ANSWER.findall(body)]
    if not answers or _ANSWER.sub("", body).strip():
        return Wrong(line, UNREADABLE)
    if any(not words for _sign, _weight, words, _feedback in answers):
        return Wrong(line, NO_ANSWER)
    if all("->" in words for _sign, _weight, words, _feedback in answers):
        return _matching(line, answers, asked, category, reason)
    if all(sign == "=" for sign, *_rest in answers):
        return told(line, "short", category, asked, reason or answers[0][3], accepted=[one[2] for one in answers])
    return _choices(line, answers, asked, category, reason)


def _parts(rest: str):
    """Weight, words and feedback of an answer."""
    rest = rest.strip()
    weight = _WEIGHT.match(rest)
    words, _mark, feedback = rest[weight.end() if weight else 0 :].partition("#")
    return float(weight[1].replace(",", ".")) if weight else None, clean(words), clean(feedback)


def _true_false(line, is_true, feedback, asked, category, reason, booleans):
    # The first feedback is for who answers wrong, the second for who answers right.
    wrong, right = [*[clean(one) for one in feedback], "", ""][:2]
    said = [choice(booleans[0], is_true, right if is_true else wrong), choice(booleans[1], not is_true, "")]
    said[1]["feedback"] = wrong if is_true else right
    return told(line, "true_false", category, asked, reason or right or wrong, choices=said)


def _matching(line, answers, asked, category, reason):
    pairs = [dict(zip(("left", "right"), map(str.strip, one[2].split("->", 1)), strict=True)) for one in answers]
    if any(not pair["right"] for pair in pairs):
        return Wrong(line, NO_ANSWER)
    # A line without a left is a lure: ours have none.
    pairs = [pair for pair in pairs if pair["left"]]
    return told(line, "matching", category, asked, reason, pairs=pairs) if len(pairs) > 1 else Wrong(line, NO_ANSWER)


def _choices(line, answers, asked, category, reason):
    said = [
        choice(words, sign == "=" if weight is None else weight > 0, feedback)
        for sign, weight, words, feedback in answers
    ]
    rights = [one for one in said if one["right"]]
    if not rights:
        return Wrong(line, NO_RIGHT)
    if len(said) < 2:
        return Wrong(line, NO_ANSWER)
    kind = "single" if len(rights) == 1 else "multiple"
    return told(line, kind, category, asked, reason or rights[0]["feedback"], choices=said)
