"""Dossiers for tests, below the section that every site has."""

from datetime import timedelta

from consultations.models import ConsultationDossier, DossierPhase
from consultations.services.site import install
from src.foundations import clock

from .questionnaires import asked_space


def day(ago: int):
    return clock.today() + timedelta(days=ago)


def dossier(
    *, space=None, title="Les bancs du dépôt", slug="bancs", steps=None, live=True, **parts
) -> ConsultationDossier:
    """A dossier of a space; ``steps`` are (kind, first, last) in days from today; ``parts``: fields, or lists of rows."""
    rows = {name: parts.pop(name) for name in list(parts) if isinstance(parts[name], list) and name != "body"}
    made = ConsultationDossier(title=title, slug=slug, space=space or asked_space(), live=live, **parts)
    steps = (("collect", -1, 6), ("restitute", 30, None)) if steps is None else steps
    made.phases.set(
        [
            DossierPhase(kind=kind, starts_on=day(first), ends_on=day(last) if last is not None else None)
            for kind, first, last in steps
        ]
    )
    for name, held in rows.items():
        getattr(made, name).set(held)
    section = install()
    section.refresh_from_db()
    return section.add_child(instance=made)
