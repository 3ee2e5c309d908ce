"""The pages editors write, and their pictures."""

from .accessibility import AccessibilityPage
from .base import BasePage
from .home import HomePage
from .image import TerrainImage, TerrainRendition
from .outcome import OutcomePage
from .review import PeerReviewTask
from .subject import DossierPage, IndexPage, StandardPage

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "DossierPage",
    "HomePage",
    "IndexPage",
    "OutcomePage",
    "PeerReviewTask",
    "StandardPage",
    "TerrainImage",
    "TerrainRendition",
]
