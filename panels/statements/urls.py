"""Addresses of statements, in the members' space of their panel."""

from django.urls import path

from .views import answering, reading, team

app_name = "panel_statements"

ALL = "<slug:slug>/membres/enonces/"
ONE = f"{ALL}<slug:round>/"
STATEMENT = f"{ONE}lecture/<slug:statement>/"

urlpatterns = [
    path(ALL, reading.listed, name="list"),
    path(f"{ALL}preparer/", team.prepare, name="prepare"),
    path(ONE, reading.detail, name="round"),
    path(f"{ONE}repondre/", answering.answer, name="answer"),
    path(f"{ONE}mes-reponses/", answering.mine, name="mine"),
    path(f"{ONE}proposer/", answering.propose, name="propose"),
    path(f"{ONE}proposer/<slug:statement>/retirer/", answering.withdraw, name="withdraw"),
    path(f"{ONE}modifier/", team.change, name="change"),
    path(f"{ONE}ajouter/", team.add, name="add"),
    path(f"{ONE}lecture/", team.read, name="read"),
    path(f"{STATEMENT}montrer/", team.show, name="show"),
    path(f"{STATEMENT}ecarter/", team.aside, name="aside"),
    path(f"{STATEMENT}doublon/", team.merge, name="merge"),
    path(f"{ONE}papier/", team.type_sheet, name="sheet_typing"),
    path(f"{ONE}feuille/", reading.sheet, name="sheet"),
    path(f"{ONE}clore/", team.close, name="close"),
    path(f"{ONE}jeter/", team.throw_away, name="throw_away"),
    path(f"{ONE}carte/imprimer/", reading.map_on_paper, name="map_on_paper"),
    path(f"{ONE}carte.csv", reading.map_csv, name="map_csv"),
    path(f"{ONE}carte.json", reading.map_json, name="map_json"),
]
