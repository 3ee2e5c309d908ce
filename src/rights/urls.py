"""Addresses of people's rights and of the register, in French and stable."""

from django.urls import path

from .views import mine, officer

app_name = "rights"

urlpatterns = [
    path("moi/donnees/fichier/", mine.data_file, name="file"),
    path("moi/donnees/fichier/<str:secret>/", mine.take_file, name="take_file"),
    path("moi/effacer/", mine.erase, name="erase"),
    path("moi/effacer/annuler/", mine.take_back, name="take_back"),
    path("moi/appareils/", mine.devices, name="devices"),
    path("moi/qui-a-regarde/", mine.who_looked, name="looks"),
    path("moi/identite/", mine.identity, name="identity"),
    path("effacements/<slug:number>/", mine.receipt, name="receipt"),
    path("protection-donnees/", officer.register, name="register"),
    path("protection-donnees/registre.csv", officer.register_file, name="register_file"),
    path("protection-donnees/analyse/", officer.assessment, name="assessment"),
    path("protection-donnees/durees/", officer.periods, name="periods"),
    path("protection-donnees/violation/", officer.breach, name="breach"),
    path("protection-donnees/<slug:key>/", officer.words, name="words"),
]
