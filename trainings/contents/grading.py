"""Whether an answer is right, by the words of the question that was shown.

An answer is: one place (one choice), places (several), a text; for each line on the left, the place of what goes with
it (matching); for each step as written, from 0, the rank it is given (ordering).
"""

import unicodedata

SINGLE, MULTIPLE, TRUE_FALSE, MATCHING, ORDERING, SHORT = (
    "single",
    "multiple",
    "true_false",
    "matching",
    "ordering",
    "short",
)


def size(kind: str, content: dict) -> int:
    """How many things are shown in an order of their own."""
    return len(content[{MATCHING: "pairs", ORDERING: "order", SHORT: "accepted"}.get(kind, "choices")])


def is_answer(kind: str, content: dict, answer) -> bool:
    """Whether this has the form of an answer to this question, complete or not; right or wrong."""
    if kind == SHORT:
        return isinstance(answer, str) and bool(answer.strip())
    known = set(range(size(kind, content)))
    if kind in (SINGLE, TRUE_FALSE):
        return _whole(answer) and answer in known
    if not isinstance(answer, list) or not all(_whole(one) for one in answer):
        return False
    if kind == MULTIPLE:
        return bool(answer) and set(answer) <= known and len(set(answer)) == len(answer)
    if kind == MATCHING:
        return len(answer) == len(known) and set(answer) <= known
    return sorted(answer) == sorted(known)


def is_right(kind: str, content: dict, answer) -> bool:
    """All or nothing; an absent or unreadable answer isn't right."""
    if not is_answer(kind, content, answer):
        return False
    if kind == SHORT:
        return folded(answer) in {folded(one) for one in content["accepted"]}
    if kind in (SINGLE, TRUE_FALSE):
        return bool(content["choices"][answer]["right"])
    if kind == MULTIPLE:
        return set(answer) == {place for place, choice in enumerate(content["choices"]) if choice["right"]}
    if kind == ORDERING:
        return answer == list(range(len(answer)))
    # Two lines may go with the same words: what is written is compared, not its place.
    pairs = content["pairs"]
    return all(pairs[there]["right"] == pair["right"] for pair, there in zip(pairs, answer, strict=True))


def is_part(kind: str, content: dict, answer) -> bool:
    """Whether this is a beginning of an answer, worth keeping: some lines matched or ordered, not all."""
    if kind not in (MATCHING, ORDERING) or not isinstance(answer, list):
        return False
    known = range(size(kind, content))
    return len(answer) == len(known) and all(one is None or _whole(one) and one in known for one in answer)


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def folded(text: str) -> str:
    """Without capitals, accents, punctuation nor doubled spaces: what two hands write the same."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())


def passes(right: int, asked: int, pass_mark: int) -> bool:
    """Whether as many right answers reach the mark, without a fraction."""
    return right * 100 >= pass_mark * asked


def needed(asked: int, pass_mark: int) -> int:
    """The least number of right answers that passes."""
    return -(-pass_mark * asked // 100)
