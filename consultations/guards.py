"""What the database itself refuses of dossiers."""

from src.foundations import guards

from .models import DossierTold


def declare_guards() -> None:
    """What was told of a dossier doesn't change; it leaves with its dossier alone."""
    guards.frozen_columns(DossierTold, ["dossier", "what", "at"])
