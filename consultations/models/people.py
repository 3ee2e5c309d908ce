"""Who follows a dossier, and what was told of it already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractFollow


class DossierFollow(AbstractFollow):
    """One person's wish to hear of one dossier."""

    dossier = models.ForeignKey("consultations.ConsultationDossier", models.CASCADE, related_name="follows")

    class Meta:
        verbose_name = _("followed dossier")
        verbose_name_plural = _("followed dossiers")
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="dossier_follow_once")]


class DossierTold(models.Model):
    """Something of a dossier came out: its report, or one piece of news. Once, for good (append-only).

    Kept apart from the page: an older version of the page put back doesn't take it back.
    """

    REPORT = "report"

    # The address of the page stays when the page is deleted: what was told was told.
    dossier = models.ForeignKey("consultations.ConsultationDossier", models.CASCADE, related_name="told")
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("what was told of a dossier")
        verbose_name_plural = _("what was told of dossiers")
        constraints = [models.UniqueConstraint(fields=["dossier", "what"], name="dossier_told_once")]
