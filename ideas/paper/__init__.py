"""Ideas on paper: their sheets, and what a secret code opens."""

from src.paper import registry

from .following import FOLLOWED
from .sheets import FORMS


def register_all() -> None:
    """Fill the paper room's registry."""
    for form in FORMS:
        registry.register(form)
    registry.register_followed(FOLLOWED)
