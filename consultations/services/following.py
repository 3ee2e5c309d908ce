"""Following a dossier, and no longer."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer

from ..models import ConsultationDossier, DossierFollow


def set_follow(*, dossier: ConsultationDossier, actor, wanted: bool) -> None:
    """Ask for news of a dossier, or for none. Asked ten times, one row. Refuses a visitor who isn't signed in."""
    viewer = as_viewer(actor)
    if not viewer.is_authenticated:
        raise PermissionDenied(_("Sign in to follow a dossier."))
    if wanted:
        DossierFollow.objects.bulk_create(
            [DossierFollow(dossier=dossier, user_id=viewer.user_id)], ignore_conflicts=True
        )
    else:
        DossierFollow.objects.filter(dossier=dossier, user_id=viewer.user_id).delete()
