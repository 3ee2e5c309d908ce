"""Addresses of accountability, in French and stable."""

from django.urls import path

from .views import responses

app_name = "accountability"

urlpatterns = [
    path("reponses/", responses.figures, name="responses"),
    path("reponses/export.csv", responses.export_figures, name="responses_csv"),
    path("reponses/promesses/", responses.cases, name="response_cases"),
    path("reponses/promesses/export.csv", responses.export_cases, name="response_cases_csv"),
]
