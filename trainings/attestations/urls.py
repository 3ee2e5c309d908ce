"""Addresses of attestations: one's own, the desk, a site's, the public page that verifies."""

from django.urls import path

from .views import batches, certificates, desk, mine, verifying

app_name = "trainings_attestations"

urlpatterns = [
    path("attestations/", mine.listed, name="mine"),
    path("attestations/<int:completion>/", mine.download, name="download"),
    path("attestations/guichet/", desk.desk, name="desk"),
    path("attestations/guichet/imprimer/", desk.reprint, name="reprint"),
    path("attestations/lots/", batches.listed, name="batches"),
    path("attestations/lots/<slug:batch>/", batches.one, name="batch"),
    path("attestations/lots/<slug:batch>/fichier/", batches.taken, name="batch_file"),
    path("attestations/roles/", certificates.listed, name="certificates"),
    path("attestations/roles/retirer/", certificates.drop, name="certificate_drop"),
    path("verifier/", verifying.verify, name="verify"),
    path("verifier/<slug:code>/", verifying.verified, name="verified"),
]
