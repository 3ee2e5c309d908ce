"""Dossiers of consultation and what they are made of."""

from .dossier import ConsultationDossier
from .parts import (
    ConsultedBody,
    DossierDocument,
    DossierNews,
    DossierPhase,
    DossierSharedWork,
    DossierWork,
    GroupContribution,
    ParticipationFigure,
    ReportRow,
)
from .people import DossierFollow, DossierTold
from .section import ConsultationsPage

__all__ = [
    "ConsultationDossier",
    "ConsultationsPage",
    "ConsultedBody",
    "DossierDocument",
    "DossierFollow",
    "DossierNews",
    "DossierPhase",
    "DossierTold",
    "DossierSharedWork",
    "DossierWork",
    "GroupContribution",
    "ParticipationFigure",
    "ReportRow",
]
