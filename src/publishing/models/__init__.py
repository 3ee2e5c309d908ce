"""The pages editors write, and their pictures."""

from .accessibility import AccessibilityPage
from .base import BasePage
from .draft import OutcomeDraft
from .home import HomePage
from .image import TerrainImage, TerrainRendition
from .outcome import OutcomePage
from .quote import QuoteRequest
from .resource import ResourcePage, ResourcesPage, ResourceTaken, TaggedResource
from .review import PeerReviewTask
from .subject import DossierPage, IndexPage, StandardPage

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "DossierPage",
    "HomePage",
    "IndexPage",
    "OutcomeDraft",
    "OutcomePage",
    "PeerReviewTask",
    "QuoteRequest",
    "ResourcePage",
    "ResourceTaken",
    "ResourcesPage",
    "StandardPage",
    "TaggedResource",
    "TerrainImage",
    "TerrainRendition",
]
