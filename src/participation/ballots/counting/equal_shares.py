"""Equal shares of a budget: each vote holds the same share of the money, and pays only for projects it chose.

D. Peters, G. Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS
2021, where the usefulness of a project to whoever chose it is its cost: the version of equalshares.net ("effective
vote count", page *Explanation*) that counted Wieliczka and Aarau in 2023, Świecie in 2024.
A project of cost c is bought at the least price p such that those who chose it, each paying p or all they have left,
pay c together; the next one bought is that of the most effective votes, c / p.

Completion (same site, page *Completion*, the one recommended): shares are raised, and everything is counted again,
until no project fits in what is left or the next raise would spend more than the budget; then, with what is left, the
projects of the most votes that fit (same page, *Other completion methods*). Shares are raised by one hundredth of
the first one, as in the page's example (100, 101, 102), 400 % at most, so that a count always ends.

Ties (same site, page *Tie breaking*): the lowest cost, then the most votes, then by lot, drawn once for the whole
count. The lot is public: the fingerprint of all the votes, which nobody knows before the count, and of the name.
Money is whole numbers over one denominator: nothing is rounded.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .seats import ranks, tied_together
from .spec import Spec
from .tally import Tally

MOST_PERCENT = 400
COST, VOTES, LOT = "cost", "votes", "lot"


@dataclass(frozen=True)
class Purchase:
    """A project bought: what whoever pays in full pays, how many still had money, and with whom it was tied."""

    option: int
    price: Fraction
    payers: int
    tied: tuple[int, ...] = ()
    settled_by: str = ""


def decided(spec: Spec, tally: Tally) -> dict:
    """What is bought with equal shares, completed; and what the most votes alone would take, to compare."""
    lots = drawn_lots(spec, tally)
    order = sorted(range(len(spec.labels)), key=lambda option: _by_votes(spec, tally, lots, option))
    voters = tally.expressed
    bought, percent, because = _completed(spec, tally, lots) if voters else ([], 100, "nothing")
    kept = [one.option for one in bought]
    added = _fitting(spec, tally, [option for option in order if option not in kept], _cost(spec, kept))
    greedy = _fitting(spec, tally, order, 0)
    share = Fraction(spec.budget, voters) if voters else Fraction(0)
    return {
        "ranking": order,
        "ranks": ranks(tied_together(order, lambda option: tally.counts[option])),
        "majority_met": [number > 0 for number in tally.counts],
        "retained": kept + added,
        "tied": [],
        "spent": _cost(spec, kept + added),
        "greedy": {"retained": greedy, "spent": _cost(spec, greedy)},
        "steps": [
            {"code": "share", "voters": voters, "share": _pair(share)},
            {"code": "raised", "percent": percent, "share": _pair(share * percent / 100), "because": because},
            *(_bought(spec, tally, one) for one in bought),
            *({"code": "added", "option": option, "cost": spec.costs[option]} for option in added),
        ],
    }


def drawn_lots(spec: Spec, tally: Tally) -> list[str]:
    """The lot of each project, lowest first: nobody chooses it, everybody can draw it again.

    Names, not positions, are drawn: the same votes on a ballot in another order have the same lots.
    """
    chosen = sorted([sorted(spec.labels[option] for option in one), number] for one, number in tally.sets.items())
    votes = json.dumps(chosen, ensure_ascii=False, separators=(",", ":"))
    return [hashlib.sha256(f"{votes}\n{label}".encode()).hexdigest() for label in spec.labels]


def purchases(spec: Spec, tally: Tally, share: Fraction, lots: list[str]) -> list[Purchase]:
    """What is bought, in order, when each vote holds that share."""
    groups = sorted(tally.sets.items())
    scale = share.denominator
    money = [share.numerator] * len(groups)
    supporters = {
        option: [place for place, (chosen, _number) in enumerate(groups) if option in chosen]
        for option in range(len(spec.labels))
        if tally.counts[option] and spec.costs[option]
    }
    # The price of one euro of each project; it never falls, so that those known dearer aren't looked at again.
    known = {option: Fraction(1, tally.counts[option]) for option in supporters}
    found: list[Purchase] = []
    while known:
        prices: dict[int, tuple[int, int]] = {}
        least = None
        for option in sorted(known, key=lambda one: known[one]):
            if least is not None and known[option] > least:
                break
            held = Counter()
            for place in supporters[option]:
                held[money[place]] += groups[place][1]
            price = _price(spec.costs[option] * scale, held)
            if price is None:
                del known[option]
                continue
            known[option] = Fraction(price[0], price[1] * spec.costs[option] * scale)
            prices[option] = price
            least = known[option] if least is None else min(least, known[option])
        if not prices:
            break
        tied = sorted(option for option in prices if known[option] == least)
        best = min(tied, key=lambda option: (spec.costs[option], -tally.counts[option], lots[option]))
        due, payers = prices[best]
        full = Fraction(due, payers * scale)
        with_money = sum(groups[place][1] for place in supporters[best] if money[place])
        found.append(Purchase(best, full, with_money, *_settled(spec, tally, best, tied)))
        scale *= payers
        money = [amount * payers for amount in money]
        for place in supporters[best]:
            money[place] -= min(money[place], due)
        del known[best]
    return found


def _price(cost: int, held: Counter) -> tuple[int, int] | None:
    """What is left to pay once those who can't follow gave all they have, and by how many; None if they can't."""
    left, payers = cost, sum(held.values())
    for amount in sorted(held):
        if left <= amount * payers:
            return left, payers
        left -= amount * held[amount]
        payers -= held[amount]
    return None


def _settled(spec: Spec, tally: Tally, best: int, tied: list[int]) -> tuple[tuple[int, ...], str]:
    if len(tied) == 1:
        return (), ""
    alike = [option for option in tied if spec.costs[option] == spec.costs[best]]
    if len(alike) == 1:
        return tuple(tied), COST
    return tuple(tied), VOTES if [tally.counts[one] for one in alike].count(tally.counts[best]) == 1 else LOT


def _completed(spec: Spec, tally: Tally, lots: list[str]) -> tuple[list[Purchase], int, str]:
    """The purchases at the last raise that the budget can pay, that raise, and why it was the last."""
    share = Fraction(spec.budget, tally.expressed)
    bought = purchases(spec, tally, share, lots)
    for percent in range(100, MOST_PERCENT):
        kept = [one.option for one in bought]
        left = spec.budget - _cost(spec, kept)
        if not any(
            spec.costs[option] <= left and tally.counts[option]
            for option in range(len(spec.labels))
            if option not in kept
        ):
            return bought, percent, "full"
        raised = purchases(spec, tally, share * (percent + 1) / 100, lots)
        if _cost(spec, [one.option for one in raised]) > spec.budget:
            return bought, percent, "over"
        bought = raised
    return bought, MOST_PERCENT, "limit"


def _fitting(spec: Spec, tally: Tally, order: list[int], spent: int) -> list[int]:
    """Down the list, each project somebody chose that fits in what is left."""
    found = []
    for option in order:
        if tally.counts[option] and spent + spec.costs[option] <= spec.budget:
            found.append(option)
            spent += spec.costs[option]
    return found


def _by_votes(spec: Spec, tally: Tally, lots: list[str], option: int) -> tuple:
    return -tally.counts[option], spec.costs[option], lots[option]


def _bought(spec: Spec, tally: Tally, one: Purchase) -> dict:
    cost = spec.costs[one.option]
    return {
        "code": "bought",
        "option": one.option,
        "cost": cost,
        "supporters": tally.counts[one.option],
        "payers": one.payers,
        "price": _pair(one.price),
        "price_cents": int(one.price * 100 + Fraction(1, 2)),
        "effective_votes": _pair(cost / one.price),
        "tied": list(one.tied),
        "settled_by": one.settled_by,
    }


def _cost(spec: Spec, options: list[int]) -> int:
    return sum(spec.costs[option] for option in options)


def _pair(number: Fraction) -> list[int]:
    return [number.numerator, number.denominator]
