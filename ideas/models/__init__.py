"""Ideas, their comments and what people do with them."""

from .assessment import Assessment, AssessorSeat
from .cohort import CohortMilestone, CohortPerson, Mentorship, MilestoneNote
from .comment import IdeaComment
from .conflict import ConflictOfInterest
from .idea import Idea, IdeaCounts, IdeaJournalEntry, IdeaVersion, TaggedIdea
from .importing import ImportBatch
from .merging import Consent, MergeProposal, MergeState, MovedSupport
from .moderation import IdeaAppeal, IdeaCase, IdeaReport
from .passage import SpacePassage
from .photo import IdeaPhoto
from .support import IdeaFollow, IdeaSupport
from .template import AnswerTemplate

__all__ = [
    "AnswerTemplate",
    "Assessment",
    "AssessorSeat",
    "CohortMilestone",
    "CohortPerson",
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
    "Mentorship",
    "MilestoneNote",
    "MovedSupport",
    "SpacePassage",
    "TaggedIdea",
]
