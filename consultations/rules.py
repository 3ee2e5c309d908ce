"""Who may read the files of dossiers, and who writes dossiers."""

from django.db.models import QuerySet

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .models import ConsultationDossier, ConsultedBody, DossierDocument, DossierWork, GroupContribution

WITH_DOCUMENTS = (DossierDocument, DossierWork, ConsultedBody, GroupContribution)


def may_read_document(user, document) -> bool:
    """Whether a file of the library may be opened: of those that dossiers hold, by whoever reads one of these.

    Those who write pages read them all. A file that no dossier holds is the affair of other pages.
    """
    holders = [_dossiers_of(model, document) for model in WITH_DOCUMENTS]
    held = set(holders[0].union(*holders[1:]))
    if not held:
        return True
    viewer = as_viewer(user)
    if writes_dossiers(viewer):
        return True
    pks = [pk for (pk,) in held]
    return ConsultationDossier.objects.visible_to(viewer).filter(pk__in=pks).exists()


def _dossiers_of(model, document) -> QuerySet:
    return model.objects.filter(document=document).order_by().values_list("dossier")


def writes_dossiers(user) -> bool:
    """Whether the person writes pages in the administration."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and (viewer.has_role(Role.EDITOR) or viewer.has_role(Role.ADMINISTRATOR))
