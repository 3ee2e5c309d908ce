"""Addresses of openings of identities, and of the page that says how a name is protected; in French and stable."""

from django.urls import path

from .views import openings

app_name = "participation"

urlpatterns = [
    path("nom-protege/", openings.protection, name="protection"),
    path("levees-du-secret/", openings.queue, name="openings"),
    path("levees-du-secret/demander/", openings.ask, name="ask_opening"),
    path("levees-du-secret/<slug:reference>/", openings.opening, name="opening"),
    path("levees-du-secret/<slug:reference>/confirmer/", openings.confirm, name="confirm_opening"),
    path("levees-du-secret/<slug:reference>/refuser/", openings.refuse, name="refuse_opening"),
    path("levees-du-secret/<slug:reference>/nom/", openings.read_name, name="read_name"),
]
