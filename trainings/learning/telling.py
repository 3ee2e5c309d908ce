"""What the page of a quiz already sent says of each question: what was answered, whether it is right, and why."""

from dataclasses import dataclass

from trainings.contents import grading
from trainings.models import QuestionRevision

from .models import QuizAttempt


@dataclass(frozen=True)
class Told:
    """One question of an attempt sent."""

    number: int
    text: str
    answered: list[str]
    is_right: bool
    expected: list[str]
    feedback: list[str]
    reason: str
    source: str


def told(attempt: QuizAttempt, revisions: list[QuestionRevision]) -> list[Told]:
    """Each question, by the words it was shown with."""
    return [_told(number, one, attempt.answers.get(str(one.pk))) for number, one in enumerate(revisions, start=1)]


def _told(number: int, one: QuestionRevision, answer) -> Told:
    kind, content = one.kind, one.content
    right = grading.is_right(kind, content, answer)
    chosen = [answer] if isinstance(answer, int) else answer if isinstance(answer, list) else []
    feedback = []
    if "choices" in content:
        feedback = [content["choices"][place]["feedback"] for place in chosen]
    return Told(
        number,
        content["text"],
        in_words(kind, content, answer) if answer is not None else [],
        right,
        [] if right else in_words(kind, content, expected(kind, content)),
        feedback,
        content["reason"],
        content["source"],
    )


def expected(kind: str, content: dict):
    """A right answer."""
    if kind == grading.SHORT:
        return content["accepted"][0]
    if kind in (grading.SINGLE, grading.TRUE_FALSE):
        return next(place for place, choice in enumerate(content["choices"]) if choice["right"])
    if kind == grading.MULTIPLE:
        return [place for place, choice in enumerate(content["choices"]) if choice["right"]]
    return list(range(grading.size(kind, content)))


def in_words(kind: str, content: dict, answer) -> list[str]:
    """An answer as it is read."""
    if kind == grading.SHORT:
        return [answer]
    if kind == grading.MATCHING:
        pairs = content["pairs"]
        return [f"{pair['left']} → {pairs[there]['right']}" for pair, there in zip(pairs, answer, strict=True)]
    if kind == grading.ORDERING:
        placed = sorted(zip(answer, content["order"], strict=True))
        return [f"{rank + 1}. {step}" for rank, step in placed]
    chosen = [answer] if isinstance(answer, int) else answer
    return [content["choices"][place]["text"] for place in chosen]
