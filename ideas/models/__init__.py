"""Ideas, their comments and what people do with them."""

from .assessment import Assessment, AssessorSeat
from .coauthor import CoAuthor, CoAuthorState
from .cohort import CohortMilestone, CohortPerson, Mentorship, MilestoneNote
from .comment import IdeaComment
from .conflict import ConflictOfInterest
from .file import IdeaFile
from .group import GroupKind, IdeaGroup
from .idea import Idea, IdeaCounts, IdeaJournalEntry, IdeaVersion, TaggedIdea
from .importing import ImportBatch
from .merging import Consent, MergeProposal, MergeState, MovedSupport
from .moderation import IdeaAppeal, IdeaCase, IdeaReport
from .note import IdeaNote, IdeaNoteVersion
from .passage import SpacePassage
from .reopening import ReopeningAnswer, ReopeningRound, RoundState, Wish
from .support import IdeaFollow, IdeaSupport
from .template import AnswerTemplate

__all__ = [
    "GroupKind",
    "IdeaGroup",
    "CoAuthor",
    "CoAuthorState",
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
    "IdeaFile",
    "IdeaFollow",
    "IdeaJournalEntry",
    "IdeaNote",
    "IdeaNoteVersion",
    "IdeaReport",
    "IdeaSupport",
    "IdeaVersion",
    "ImportBatch",
    "MergeProposal",
    "MergeState",
    "Mentorship",
    "MilestoneNote",
    "MovedSupport",
    "ReopeningAnswer",
    "ReopeningRound",
    "RoundState",
    "SpacePassage",
    "TaggedIdea",
    "Wish",
]
