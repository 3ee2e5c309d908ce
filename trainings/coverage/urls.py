"""Addresses of what is followed of trainings."""

from django.urls import path

from .views import dashboard, team, told

app_name = "trainings_coverage"
CSV, XLSX = {"extension": "csv"}, {"extension": "xlsx"}

urlpatterns = [
    path("formes/", told.trained, name="trained"),
    path("equipe/", team.team, name="team"),
    path("equipe/feuille/", team.paper, name="team_paper"),
    path("referent/", told.referent, name="referent"),
    path("suivi/", dashboard.overview, name="overview"),
    path("suivi/sans-referent/", dashboard.without_referent, name="without_referent"),
    path("suivi/<slug:reference>/", dashboard.dashboard, name="dashboard"),
    path("suivi/<slug:reference>/export.csv", dashboard.export, CSV, name="export_csv"),
    path("suivi/<slug:reference>/export.xlsx", dashboard.export, XLSX, name="export_xlsx"),
    path("suivi/<slug:reference>/feuille/", dashboard.paper, name="paper"),
    path("suivi/<slug:reference>/objectif/", dashboard.target, name="target"),
    path("suivi/<slug:reference>/objectif/<int:pk>/retirer/", dashboard.remove_target, name="remove_target"),
]
