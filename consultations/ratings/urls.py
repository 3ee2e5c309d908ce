"""Addresses of ratings, in French and stable: the visitor's, everybody's, the handlers'."""

from django.urls import path

from .views import public, quality, queues, visits, workshop

app_name = "ratings"
POINT = "<idea_reference:point>"

urlpatterns = [
    path(f"n/{POINT}/", public.short, name="short"),
    path("noter/", public.here, name="here"),
    path("noter/visite/<str:code>/", public.visit, name="visit"),
    path(f"noter/{POINT}/", public.rate, name="rate"),
    path(f"noter/{POINT}/merci/", public.thanks, name="thanks"),
    path(f"noter/{POINT}/signaler/", public.report, name="report"),
    path(f"noter/{POINT}/proposer/", public.propose, name="suggest"),
    path("qualite/", quality.quality, name="quality"),
    path("qualite/export.csv", quality.export, name="export"),
    path("qualite/mois.csv", quality.export_periods, name="export_periods"),
    path(f"qualite/{POINT}/", quality.point, name="point"),
    path("qualite/atelier/", workshop.home, name="workshop"),
    path(f"qualite/atelier/points/{POINT}/", workshop.point, name="workshop_point"),
    path(f"qualite/atelier/points/{POINT}/affiche/", workshop.poster, name="poster"),
    path("qualite/atelier/signalements/", queues.reports, name="reports"),
    path("qualite/atelier/signalements/export.csv", queues.reports_export, name="reports_export"),
    path("qualite/atelier/signalements/<idea_reference:report>/", queues.answer, name="answer"),
    path("qualite/atelier/suggestions/", queues.suggestions, name="suggestions"),
    path("qualite/atelier/suggestions/<idea_reference:suggestion>/", queues.suggestion, name="suggestion"),
    path("qualite/atelier/series/", queues.flags, name="flags"),
    path("qualite/atelier/series/<int:flag>/", queues.flag, name="flag"),
    path("qualite/atelier/visites/", visits.visits, name="visits"),
    path("qualite/atelier/cles/", visits.keys, name="keys"),
    path("qualite/atelier/cles/<int:key>/arreter/", visits.revoke, name="revoke"),
]
