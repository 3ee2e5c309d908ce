"""The directory's tables, one file per aggregate."""

from .affectation import Affectation, JobFamily
from .code import PersonalCode
from .role import Absence, AbstractRoleGrant, RoleGrant
from .unit import Unit
from .user import User

__all__ = [
    "AbstractRoleGrant",
    "Absence",
    "Affectation",
    "JobFamily",
    "PersonalCode",
    "RoleGrant",
    "Unit",
    "User",
]
