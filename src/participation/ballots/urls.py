"""Addresses of ballots under ``/scrutins/``, in French and stable."""

from django.urls import path

from .views import keys, listing, paper, results, voting, workshop

app_name = "ballots"

DESK = "atelier/<slug:reference>/"

urlpatterns = [
    path("", listing.ballots, name="list"),
    path("atelier/", workshop.workshop, name="workshop"),
    path("atelier/nouveau/", workshop.create, name="create"),
    path(DESK, workshop.prepare, name="prepare"),
    path(f"{DESK}regles/", workshop.edit_rules, name="rules"),
    path(f"{DESK}propositions/", workshop.options, name="options"),
    path(f"{DESK}gardiens/", workshop.holders, name="holders"),
    path(f"{DESK}ouvrir/", workshop.open_it, name="open"),
    path(f"{DESK}annuler/", workshop.cancel, name="cancel"),
    path(f"{DESK}supprimer/", workshop.delete, name="delete"),
    path("<slug:reference>/", voting.detail, name="detail"),
    path("<slug:reference>/verifier/", voting.check, name="check"),
    path("<slug:reference>/voter/", voting.cast, name="cast"),
    path("<slug:reference>/resultats/", results.results, name="results"),
    path("<slug:reference>/resultats/export.csv", results.export, name="export"),
    path("<slug:reference>/recus/", results.receipts, name="receipts"),
    path("<slug:reference>/recompter/", results.recount, name="recount"),
    path("<slug:reference>/proces-verbal/", results.minutes, name="minutes"),
    path("<slug:reference>/cles/", keys.page, name="keys"),
    path("<slug:reference>/cles/inscrire/", keys.register, name="key_register"),
    path("<slug:reference>/cles/essai/", keys.rehearse, name="key_rehearse"),
    path("<slug:reference>/cles/ouvrir/", keys.half, name="key_half"),
    path("<slug:reference>/cles/depouiller/", keys.count, name="key_count"),
    path("<slug:reference>/papier/", paper.paper, name="paper"),
    path("<slug:reference>/papier/<int:batch>/", paper.paper_check, name="paper_check"),
    path("<slug:reference>/bulletin/", paper.voting_page, name="voting_paper"),
    path("<slug:reference>/bulletin/imprimer/", paper.voting_file, name="voting_paper_file"),
    path("<slug:reference>/fichiers/<str:name>/", results.file, name="file"),
]
