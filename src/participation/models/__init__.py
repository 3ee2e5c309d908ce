"""Spaces and the abstract tables of what people do in them."""

from .comment import AbstractComment
from .contribution import AbstractContribution
from .help_contact import HelpContact
from .keyring import AuthorKeyring, ContributionDraft, SealedAuthor
from .moderation import AbstractModerationAppeal, AbstractModerationCase, AbstractModerationReport
from .neutral import NeutralPeriod
from .opening import IdentityOpening
from .site_code import SiteCode
from .space import Phase, Space, SpaceLimit, SpaceMember, SpaceRoleGrant
from .support import AbstractCounts, AbstractFollow, AbstractSupport

__all__ = [
    "AbstractComment",
    "AbstractContribution",
    "AbstractCounts",
    "AbstractFollow",
    "AbstractModerationAppeal",
    "AbstractModerationCase",
    "AbstractModerationReport",
    "AbstractSupport",
    "AuthorKeyring",
    "ContributionDraft",
    "HelpContact",
    "IdentityOpening",
    "NeutralPeriod",
    "Phase",
    "SealedAuthor",
    "SiteCode",
    "Space",
    "SpaceLimit",
    "SpaceMember",
    "SpaceRoleGrant",
]
