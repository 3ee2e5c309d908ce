"""Answers promised, decisions and measures."""

from .condition import ReopeningCondition
from .decision import AnnouncementBatch, Decision
from .ground import GroundCheck, GroundSeat
from .measure import Indicator, Measure, MeasureOrigin, Milestone
from .measure_story import ColumnMapping, MeasureImport, MeasureReminder, MeasureStep, ProgressNote
from .plan import Plan, PlanAxis, PlanMeasure, PlanOrientation
from .plan_report import PlanReport, PlanReportAxis, PlanReportLine
from .response import OwedPause, OwedReminder, ResponseOwed
from .signature import ReplySignature

__all__ = [
    "AnnouncementBatch",
    "ColumnMapping",
    "Decision",
    "GroundCheck",
    "GroundSeat",
    "Indicator",
    "Measure",
    "MeasureImport",
    "MeasureOrigin",
    "MeasureReminder",
    "MeasureStep",
    "Milestone",
    "OwedPause",
    "OwedReminder",
    "Plan",
    "PlanAxis",
    "PlanMeasure",
    "PlanOrientation",
    "PlanReport",
    "PlanReportAxis",
    "PlanReportLine",
    "ProgressNote",
    "ReplySignature",
    "ReopeningCondition",
    "ResponseOwed",
]
