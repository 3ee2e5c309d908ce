"""Reform texts, contributions to them, and what became of each."""

from .contribution import ContributionCounts, ContributionSupport, UnitContribution
from .moderation import TextAppeal, TextCase, TextReport
from .text import ReformText, TextUnit, TextVersion
from .trace import ChangedSpan, ContributionOutcome, SpanSource

__all__ = [
    "ChangedSpan",
    "ContributionCounts",
    "ContributionOutcome",
    "ContributionSupport",
    "ReformText",
    "SpanSource",
    "TextAppeal",
    "TextCase",
    "TextReport",
    "TextUnit",
    "TextVersion",
    "UnitContribution",
]
