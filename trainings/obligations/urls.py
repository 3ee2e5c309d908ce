"""Addresses of what one is asked to learn, and of those who ask."""

from django.urls import path

from .views import hr, importing, mine, names, person, preparing, rule, trial, version

app_name = "trainings_obligations"

HR = "obligations/rh/"
ONE = f"{HR}<idea_reference:reference>/"
PERSON = f"{ONE}personnes/<int:person>/"

urlpatterns = [
    path("obligations/", mine.asked, name="mine"),
    path(HR, hr.listed, name="hr"),
    path(f"{HR}preparer/", preparing.prepare, name="prepare"),
    path(f"{HR}fichiers/", importing.send, name="send_file"),
    path(f"{HR}fichiers/<uuid:key>/", importing.check, name="file"),
    path(ONE, hr.one, name="one"),
    path(f"{ONE}conditions/", preparing.revise, name="revise"),
    path(f"{ONE}jeter/", preparing.discard, name="discard"),
    path(f"{ONE}activer/", preparing.activate, name="activate"),
    path(f"{ONE}terminer/", preparing.end, name="end"),
    path(f"{ONE}regle/", rule.usual, name="rule"),
    path(f"{ONE}regle/arbre/", rule.tree, name="tree"),
    path(f"{ONE}version/", version.version, name="version"),
    path(f"{ONE}essai/", trial.trial, name="trial"),
    path(f"{ONE}personnes/", names.names, name="names"),
    path(f"{ONE}personnes/export.csv", names.file, {"extension": "csv"}, name="names_file"),
    path(f"{ONE}personnes/export.xlsx", names.file, {"extension": "xlsx"}, name="names_file"),
    path(PERSON, person.one, name="person"),
    path(f"{PERSON}delai/", person.extend, name="extend"),
    path(f"{PERSON}dispense/", person.exempt, name="exempt"),
    path(f"{PERSON}dispense/fin/", person.end_exemption, name="end_exemption"),
    path(f"{PERSON}absence/", person.note_absence, name="note_absence"),
    path(f"{PERSON}absence/<int:absence>/fin/", person.end_absence, name="end_absence"),
    path(f"{PERSON}absence/<int:absence>/retirer/", person.withdraw_absence, name="withdraw_absence"),
    path(f"{PERSON}compter/<int:completion>/", person.count_early, name="count_early"),
]
