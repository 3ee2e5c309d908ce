"""Addresses of trainings, for those who follow them."""

from django.urls import path

from .views import helping, media, modules, quizzes, tracks

app_name = "trainings_learning"

MODULE = "<slug:slug>/<int:position>/"

urlpatterns = [
    path("", tracks.listed, name="list"),
    path("fiches/", tracks.cards, name="cards"),
    path("fiches/imprimer/", tracks.cards_on_paper, name="cards_on_paper"),
    path("accompagnement/", helping.helping, name="helping"),
    path("accompagnement/<int:progress>/", helping.seen_together, name="seen_together"),
    path("medias/<slug:media>/", media.media, name="media"),
    path("<slug:slug>/", tracks.track, name="track"),
    path("<slug:slug>/commencer/", tracks.begin, name="begin"),
    path("<slug:slug>/ce-qui-a-change/", tracks.catch_up, name="catch_up"),
    path("<slug:slug>/nouvelle-version/", tracks.go_on_in_newest, name="newest"),
    path(MODULE, modules.module, name="module"),
    path(f"{MODULE}question/<int:place>/", modules.check, name="check"),
    path(f"{MODULE}termine/", modules.finish, name="finish"),
    path(f"{MODULE}choix/", modules.choose, name="choose"),
    path(f"{MODULE}recommencer/", modules.start_again, name="again"),
    path(f"{MODULE}commencer/", quizzes.begin, name="begin_attempt"),
    path(f"{MODULE}questions/", quizzes.attempt, name="attempt"),
    path(f"{MODULE}brouillon/", quizzes.save, name="save"),
]
