"""Models of the room."""

from .drafting import Amendment, AmendmentSupport, Recommendation, RecommendationVersion
from .opinion import Article, MinorityOpinion, MinoritySignature, Opinion
from .reply import Answer, Grade, Hearing, HearingLine, Reply
from .rule import AdoptionRule
from .voting import RoomCount, Vote

__all__ = [
    "AdoptionRule", "Amendment", "AmendmentSupport", "Answer", "Article", "Grade", "Hearing", "HearingLine",
    "MinorityOpinion", "MinoritySignature", "Opinion", "Recommendation", "RecommendationVersion", "Reply", "RoomCount",
    "Vote",
]  # fmt: skip
