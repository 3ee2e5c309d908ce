"""Ideas, their comments and what people do with them."""

from .assessment import Assessment, AssessorSeat
from .comment import IdeaComment
from .idea import Idea, IdeaCounts, IdeaJournalEntry, IdeaVersion, TaggedIdea
from .importing import ImportBatch
from .photo import IdeaPhoto
from .support import IdeaFollow, IdeaSupport

__all__ = [
    "Assessment",
    "AssessorSeat",
    "Idea",
    "IdeaComment",
    "IdeaCounts",
    "IdeaFollow",
    "IdeaJournalEntry",
    "IdeaPhoto",
    "IdeaSupport",
    "IdeaVersion",
    "ImportBatch",
    "TaggedIdea",
]
