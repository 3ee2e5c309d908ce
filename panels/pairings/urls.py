"""Addresses of the room, under ``/panels/``, in French and stable."""

from django.urls import path

from .views import reading, team

app_name = "panel_pairings"

INSIDE = "<slug:slug>/membres/avant-apres/"
ONE = f"{INSIDE}<slug:reference>/"
PUBLIC = "<slug:slug>/avant-apres/"

urlpatterns = [
    path(INSIDE, reading.inside, name="inside"),
    path(f"{INSIDE}relier/", team.link, name="link"),
    path(f"{ONE}delier/", team.unlink, name="unlink"),
    path(f"{ONE}ouvrir/", team.open_after, name="open_after"),
    path(f"{ONE}renoncer/", team.give_up, name="give_up"),
    path(PUBLIC, reading.told, name="told"),
    path(f"{PUBLIC}<slug:reference>/chiffres.csv", reading.figures, name="figures"),
]
