"""The tables of ratings, one file per aggregate."""

from .anomaly import AnomalyFlag
from .evaluation import EvaluationCriterion, IndependentEvaluation
from .figures import RatingMonth, RatingPeriod
from .point import RatingPoint
from .rating import NetworkKey, Rating
from .report import ProblemReport, Suggestion
from .visit import VisitBatch, VisitKey, VisitLink

__all__ = [
    "AnomalyFlag",
    "EvaluationCriterion",
    "IndependentEvaluation",
    "NetworkKey",
    "ProblemReport",
    "Rating",
    "RatingMonth",
    "RatingPeriod",
    "RatingPoint",
    "Suggestion",
    "VisitBatch",
    "VisitKey",
    "VisitLink",
]
