"""What a reader of question files gives: questions, kinds left out, and what is wrong at which line."""

from dataclasses import dataclass, field

# Why a line can't be read, by code; the words are told where they are shown.
EMPTY, NO_RIGHT, NO_ANSWER, UNCLOSED, UNREADABLE = "empty", "no_right", "no_answer", "unclosed", "unreadable"
TWO_RIGHTS, KIND, COLUMNS, TOO_LARGE = "two_rights", "kind", "columns", "too_large"
MOST = 2_000


@dataclass(frozen=True, order=True)
class Wrong:
    """One thing wrong at one line; ``about`` is what the words name."""

    line: int
    code: str
    about: str = ""


@dataclass(frozen=True)
class Found:
    """One question read, as a stream of a bank keeps it but for its key."""

    line: int
    kind: str
    category: str
    value: dict


@dataclass
class Reading:
    """Everything a file says."""

    questions: list[Found] = field(default_factory=list)
    # Line and name of each question of a kind we don't have.
    left_out: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.questions) + len(self.left_out) + len({one.line for one in self.wrong})


def choice(text: str, right: bool, feedback: str = "") -> dict:
    return {"text": text, "right": right, "feedback": feedback}


def told(line: int, kind: str, category: str, text: str, reason: str, source: str = "", **answers) -> Found:
    """A question, its texts without doubled spaces."""
    value = {"text": tidy(text), "reason": tidy(reason), "source": tidy(source), **answers}
    return Found(line, kind, tidy(category), value)


def tidy(text: str) -> str:
    """On one line, without doubled spaces."""
    return " ".join((text or "").split())
