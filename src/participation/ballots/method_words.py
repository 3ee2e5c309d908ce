"""What decides a count, in full, beside the one sentence that names it: read before voting, and beside the results."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import masks, rules
from .enums import Majority, Method


def method_sentences(ballot) -> list[str]:
    """Ties, missing grades, what is published so that anybody counts again, what is masked, and the source."""
    return [*_METHODS[ballot.method](ballot), _masked_words()]


def _approval(ballot) -> list[str]:
    return [_places(ballot), _("Source: S. J. Brams and P. C. Fishburn, “Approval Voting”, 1978.")]


def _yes_no(_ballot) -> list[str]:
    return [
        _("As many yes as no retain neither; nor does a majority that is too small."),
        _("Source: K. O. May, on simple majority, Econometrica, 1952."),
    ]


def _grades(ballot) -> list[str]:
    told = [
        _("A proposal left without a grade has “To reject”, so that all are judged by the same number of votes."),
        _(
            "Of an even number of votes, the middle grade is the lower of two. Between proposals of the same middle "
            "grade, one vote of that grade is taken away from each, again and again, until their middle grades differ."
        ),
        _places(ballot),
    ]
    if ballot.majority in (Majority.HALF, Majority.TWO_THIRDS):
        told.append(_("The majority is of those who find the proposal “Passable” or better."))
    return [*told, _("Source: M. Balinski and R. Laraki, “Majority Judgment”, MIT Press, 2011.")]


def _equal_shares(_ballot) -> list[str]:
    return [
        _(
            "The budget is divided equally between the votes that aren't blank. Each pays only for projects it chose: "
            "the same price for all, or all it has left."
        ),
        _(
            "Round after round, the project bought is the one of the most effective votes: its cost, divided by what "
            "whoever pays in full pays."
        ),
        _(
            "When nothing more can be bought, the shares are raised by one hundredth and everything is counted again, "
            "for as long as the budget can pay; then, of what still fits, the projects of the most votes are added."
        ),
        _(
            "A tie goes to the lowest cost, then to the most votes, then to a lot drawn from the votes themselves, "
            "which nobody chooses and anybody can draw again."
        ),
        _(
            "To let anybody count again, the groups of projects chosen together are published, without names, when "
            "each was chosen by %(least)d votes at least. If one is rarer, none is published: it could be recognised. "
            "Only those who audit the ballot can then count again."
        )
        % {"least": masks.LEAST_SET},
        _(
            "Source: D. Peters, G. Pierczyński and P. Skowron, 2021, as counted in Wieliczka and Aarau in 2023 "
            "(equalshares.net)."
        ),
    ]


def _places(ballot) -> str:
    return ngettext(
        "The first one is retained. If several are tied for first, none of them is: it is told, and people decide.",
        "The %(n)d first are retained. Those tied for the last place aren't: it is told, and people decide.",
        ballot.seats,
    ) % {"n": ballot.seats}


def _masked_words() -> str:
    return _(
        "Under %(least)d votes nothing but the turnout is told. When more than nine votes in ten agree, “more than "
        "90%%” is told, without the count: nobody can then be sure of what somebody else chose."
    ) % {"least": rules.LEAST_BALLOTS}


_METHODS: dict[str, Callable] = {
    Method.APPROVAL: _approval,
    Method.YES_NO: _yes_no,
    Method.GRADES: _grades,
    Method.EQUAL_SHARES: _equal_shares,
}
