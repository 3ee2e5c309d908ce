"""Ideas, their comments and what people do with them."""

from .assessment import Assessment, AssessorSeat
from .comment import IdeaComment
from .conflict import ConflictOfInterest
from .idea import Idea, IdeaCounts, IdeaJournalEntry, IdeaVersion, TaggedIdea
from .importing import ImportBatch
from .moderation import IdeaAppeal, IdeaCase, IdeaReport
from .photo import IdeaPhoto
from .support import IdeaFollow, IdeaSupport

__all__ = [
    "Assessment",
    "AssessorSeat",
    "ConflictOfInterest",
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
    "TaggedIdea",
]
