"""Addresses of evidence: packs, their file, the page of heads to sign."""

from django.urls import path

from .views import packs

app_name = "trainings_evidence"

urlpatterns = [
    path("preuves/", packs.listed, name="packs"),
    path("preuves/registre/", packs.heads, name="heads"),
    path("preuves/<uuid:run>/", packs.one, name="pack"),
    path("preuves/<uuid:run>/fichier/", packs.taken, name="taken"),
]
