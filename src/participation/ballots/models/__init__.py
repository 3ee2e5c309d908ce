"""Ballots, their electorate, what was cast, and who holds the keys."""

from .ballot import Ballot, BallotOption
from .cast import CountedBox, Elector, RollEntry, SealedBox, SimpleVote
from .keys import HalfOpened, KeyHolder, PairBox
from .paper import PaperBatch, PaperBox

__all__ = [
    "Ballot",
    "BallotOption",
    "CountedBox",
    "Elector",
    "HalfOpened",
    "KeyHolder",
    "PairBox",
    "PaperBatch",
    "PaperBox",
    "RollEntry",
    "SealedBox",
    "SimpleVote",
]
