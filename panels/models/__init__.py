"""Panels, the people who register, the quotas, the draws."""

from .call import Call
from .candidate import (
    Accommodation,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    EligibilityDecision,
    GuardianConsent,
    HouseholdKey,
    PaperEntry,
)
from .criterion import Criterion, CriterionValue, CrossQuota, Quota, Relaxation
from .draw import Draw, DrawTable, PoolFigures, Receipt, Seat, Substitution
from .invitation import Invitation, InvitationAddress, InvitationBatch, SourceList
from .membership import Membership
from .panel import Panel, TeamMember

__all__ = [
    "Accommodation", "Call", "Candidate", "CandidateContact", "CandidateProfile", "Consent", "Criterion",
    "CriterionValue", "CrossQuota", "Draw", "DrawTable", "EligibilityDecision", "GuardianConsent", "HouseholdKey",
    "Invitation", "InvitationAddress", "InvitationBatch", "Membership", "Panel", "PaperEntry", "PoolFigures", "Quota",
    "Receipt", "Relaxation", "Seat", "SourceList", "Substitution", "TeamMember",
]  # fmt: skip
