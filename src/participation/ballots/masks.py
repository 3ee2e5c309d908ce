"""What of the figures is told: never what everybody chose, nor a vote, nor what a subtraction would give back.

Fewer than eleven votes: nothing but the turnout. More than nine in ten alike: "more than 90 %", without the count, so
that one who knows the figures never knows for sure what somebody chose. Exact sets of projects: all of them, or none
when one was chosen by fewer than five, since a rare set is as good as a signature (ADR 0357).
"""

from . import rules
from .counting import Spec, Tally
from .enums import Method

# Exact sets are told when each is that of five votes at least: the floor of small numbers (design, settled).
LEAST_SET = 5
FEW, ALIKE = "few", "alike"
RARE, OVER = "rare", "over_90"


def over_ninety(number: int, base: int) -> bool:
    """Whether more than nine in ten are alike."""
    return 10 * number > 9 * base and base > 0


def withheld(tally: Tally) -> str:
    """Why nothing at all is told of these votes; empty when something is."""
    if tally.ballots < rules.LEAST_BALLOTS:
        return FEW
    if over_ninety(tally.blank, tally.ballots) or over_ninety(tally.void, tally.ballots):
        return ALIKE
    return ""


def told_on_paper(voted: int, on_paper: int) -> int | None:
    """How many voted on paper, when neither they nor the others are few."""
    return on_paper if rules.LEAST_BALLOTS <= on_paper <= voted - rules.LEAST_BALLOTS else None


def totals(spec: Spec, tally: Tally) -> dict:
    """The totals as they are told: None in place of a count that isn't, and ``over_90``, who it is about."""
    told = tally.as_json()
    if spec.method == Method.GRADES:
        alike = [
            [option, row.index(max(row))]
            for option, row in enumerate(tally.grades)
            if over_ninety(max(row), tally.expressed)
        ]
        for option, _grade in alike:
            told["grades"] = [None if place == option else row for place, row in enumerate(told["grades"])]
        return told | ({OVER: alike} if alike else {})
    alike = [option for option, number in enumerate(tally.counts) if over_ninety(number, tally.expressed)]
    told["counts"] = _counts(tally, alike)
    if spec.method == Method.EQUAL_SHARES:
        why = OVER if alike else RARE if any(number < LEAST_SET for number in tally.sets.values()) else ""
        if why:
            told = {key: value for key, value in told.items() if key != "sets"} | {"sets_hidden": why}
    return told | ({OVER: alike} if alike else {})


def _counts(tally: Tally, alike: list[int]) -> list[int | None]:
    """The counts told: none of them when what isn't masked would give back what is."""
    others = sum(number for option, number in enumerate(tally.counts) if option not in alike)
    # Every vote that isn't blank chose something: those who chose none of the others chose the masked one.
    if alike and over_ninety(tally.expressed - others, tally.expressed):
        return [None] * len(tally.counts)
    return [None if option in alike else number for option, number in enumerate(tally.counts)]


def apart(spec: Spec, web: Tally, paper: Tally) -> dict:
    """The totals by channel, when neither is withheld and nothing of them is masked; else nothing."""
    both = {"web": web, "paper": paper, "all": web + paper}
    if any(withheld(tally) for tally in both.values()):
        return {}
    told = {channel: totals(spec, tally) for channel, tally in both.items()}
    if any(OVER in one for one in told.values()):
        return {}
    # The sets of one channel would be rarer than those of all.
    kept = ("ballots", "blank", "void", "counts", "grades")
    return {channel: {key: told[channel][key] for key in kept if key in told[channel]} for channel in ("web", "paper")}


def outcome(told: dict, shown: dict) -> dict:
    """The outcome without what would give back the counts masked in the totals shown.

    What is retained is told whatever it tells: it is the decision (ADR 0357).
    """
    counts = shown.get("counts") or shown["grades"]
    masked = {option for option, one in enumerate(counts) if one is None}
    # Those behind one that nearly all chose: a single vote would show in their places, or in a majority of one.
    behind = masked - {one[0] if isinstance(one, list) else one for one in shown.get(OVER, ())}
    first = [option for option in told["ranking"] if option not in behind]
    return told | {
        "ranking": first + sorted(behind),
        "ranks": [len(first) + 1 if option in behind else rank for option, rank in enumerate(told["ranks"])],
        "majority_met": [None if option in behind else met for option, met in enumerate(told["majority_met"])],
        "steps": [_step(step, masked, "sets_hidden" in shown) for step in told["steps"]],
    }


def _step(step: dict, masked: set[int], sets_hidden: bool) -> dict:
    """A step with its numbers, but for those that a masked count, or a hidden set, could be read from."""
    gone: tuple[str, ...] = ()
    if masked & {step.get("option"), *step.get("options", ())}:
        gone = (
            "above", "at", "below", "removed", "taken", "supporters", "payers", "price", "price_cents",
            "effective_votes", "tied", "settled_by",
        )  # fmt: skip
    elif sets_hidden:
        gone = ("payers", "price", "effective_votes")
    return {key: value for key, value in step.items() if key not in gone}
