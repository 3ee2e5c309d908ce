"""Addresses of questionnaires under ``/questionnaires/``, in French and stable."""

from django.urls import path

from .views import answering, reaching, reading, workshop

app_name = "questionnaires"

TEST = {"is_test": True}

urlpatterns = [
    path("", reading.questionnaires, name="list"),
    path("atelier/", workshop.workshop, name="workshop"),
    path("atelier/nouveau/", workshop.create, name="create"),
    path("atelier/<slug:reference>/", workshop.build, name="build"),
    path("atelier/<slug:reference>/presentation/", workshop.describe, name="describe"),
    path("atelier/<slug:reference>/ajouter/<slug:kind>/", workshop.add, name="add"),
    path("atelier/<slug:reference>/questions/<slug:key>/", workshop.edit, name="edit"),
    path("atelier/<slug:reference>/questions/<slug:key>/monter/", workshop.move, {"up": True}, name="move_up"),
    path("atelier/<slug:reference>/questions/<slug:key>/descendre/", workshop.move, {"up": False}, name="move_down"),
    path("atelier/<slug:reference>/questions/<slug:key>/retirer/", workshop.remove, name="remove"),
    path("atelier/<slug:reference>/publier/", workshop.publish, name="publish"),
    path("atelier/<slug:reference>/reviser/", workshop.revise, name="revise"),
    path("atelier/<slug:reference>/fermer/", workshop.close, name="close"),
    path("atelier/<slug:reference>/qui-repond/", reaching.who, name="who"),
    path("atelier/<slug:reference>/qui-repond/<slug:key>/", reaching.task, name="outreach"),
    path("atelier/<slug:reference>/textes/", workshop.texts, name="texts"),
    path("atelier/<slug:reference>/essai/", answering.start, TEST, name="test_start"),
    path("atelier/<slug:reference>/essai/verifier/", answering.check, TEST, name="test_check"),
    path("atelier/<slug:reference>/essai/<slug:key>/", answering.step, TEST, name="test_step"),
    path("<slug:reference>/", reading.detail, name="detail"),
    path("<slug:reference>/repondre/", answering.start, name="start"),
    path("<slug:reference>/repondre/<slug:key>/", answering.step, name="step"),
    path("<slug:reference>/verifier/", answering.check, name="check"),
    path("<slug:reference>/envoye/", answering.sent, name="sent"),
    path("<slug:reference>/effacer/", answering.discard, name="discard"),
    path("<slug:reference>/feuille/", reading.sheet, name="sheet"),
    path("<slug:reference>/resultats/", reading.results, name="results"),
    path("<slug:reference>/resultats/export.csv", reading.export, name="export"),
    path("<slug:reference>/resultats/export.xlsx", reading.export, {"sheet": True}, name="export_xlsx"),
]
