"""Actions beneath ``/consultations/``; the section and the dossiers themselves are Wagtail's pages."""

from django.urls import path

from . import measuring, views

app_name = "consultations"

urlpatterns = [
    path("export.csv", views.export, name="export"),
    path("flux.xml", views.feed, name="feed"),
    path("ressources/", views.library, name="library"),
    path("ressources/export.csv", views.library_export, name="library_export"),
    path("chiffres/<slug:reference>/mesure/", measuring.begin, name="figure_measure"),
    path("<str:slug>/flux.xml", views.dossier_feed, name="dossier_feed"),
    path("<str:slug>/suivre/", views.follow, name="follow"),
]
