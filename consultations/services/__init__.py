"""What changes a dossier beside its page: following it, telling what came out, making one from a template."""

from .following import set_follow
from .telling import tell
from .templates import prepare_dossier

__all__ = ["prepare_dossier", "set_follow", "tell"]
