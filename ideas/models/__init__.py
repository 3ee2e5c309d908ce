"""Ideas, their comments and what people do with them."""

from .assessment import Assessment, AssessorSeat
from .comment import IdeaComment
from .conflict import ConflictOfInterest
from .idea import Idea, IdeaCounts, IdeaJournalEntry, IdeaVersion, TaggedIdea
from .importing import ImportBatch
from .merging import Consent, MergeProposal, MergeState, MovedSupport
from .moderation import IdeaAppeal, IdeaCase, IdeaReport
from .photo import IdeaPhoto
from .reopening import ReopeningAnswer, ReopeningRound, RoundState, Wish
from .support import IdeaFollow, IdeaSupport
from .template import AnswerTemplate

__all__ = [
    "AnswerTemplate",
    "Assessment",
    "AssessorSeat",
    "ConflictOfInterest",
    "Consent",
    "Idea",
    "IdeaAppeal",
    "IdeaCase",
    "IdeaComment",
    "IdeaCounts",
    "IdeaFollow",
    "IdeaJournalEntry",
    "IdeaPhoto",
    "IdeaReport",
    "IdeaSupport",
    "IdeaVersion",
    "ImportBatch",
    "MergeProposal",
    "MergeState",
    "MovedSupport",
    "ReopeningAnswer",
    "ReopeningRound",
    "RoundState",
    "TaggedIdea",
    "Wish",
]
