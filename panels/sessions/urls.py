"""Addresses of sessions under ``/panels/``, beside those of panels."""

from django.urls import path

from panels.urls import DESK, INSIDE

from .views import hearing, posting, preparing, presence, reading, stipends, tables

app_name = "panel_sessions"

SESSIONS = f"{INSIDE}seances/"
SESSION = f"{SESSIONS}<slug:session>/"
HEARINGS = f"{INSIDE}auditions/"
DOCUMENT = "<slug:slug>/documents/<slug:document>/"
DESK_SESSIONS = f"{DESK}seances/"
DESK_SESSION = f"{DESK_SESSIONS}<slug:session>/"
ITEM = f"{DESK_SESSION}programme/<int:position>/"
HALF = f"{DESK_SESSION}presence/<int:half>/"
DESK_DOCUMENTS = f"{DESK}documents/"
HEARD = f"{DESK}auditions/<slug:hearing>/"
TABLES = f"{DESK_SESSION}tables/"
STIPENDS = f"{DESK}indemnites/"
POSTING = f"{DESK}courriers-aux-membres/"

urlpatterns = [
    path(SESSIONS, reading.sessions, name="sessions"),
    path(SESSION, reading.session, name="session"),
    path(f"{SESSION}calendrier/", reading.calendar, name="calendar"),
    path(f"{SESSION}presence/", presence.sign_in, name="sign_in"),
    path(f"{INSIDE}documents/", reading.documents, name="documents"),
    path(f"{INSIDE}indemnites/", stipends.mine, name="mine"),
    path(HEARINGS, hearing.hearings, name="hearings"),
    path(f"{HEARINGS}demander/", hearing.ask, name="ask"),
    path(f"{HEARINGS}demandes/<slug:asked>/", hearing.support, name="support"),
    path(DOCUMENT, reading.document, name="document"),
    path(f"{DOCUMENT}fichier/", reading.file, name="document_file"),
    path(DESK_SESSIONS, preparing.sessions, name="desk_sessions"),
    path(f"{DESK_SESSIONS}nouvelle/", preparing.create, name="session_new"),
    path(DESK_SESSION, preparing.prepare, name="prepare"),
    path(f"{DESK_SESSION}modifier/", preparing.change, name="session_change"),
    path(f"{DESK_SESSION}annoncer/", preparing.announce, name="announce"),
    path(f"{DESK_SESSION}tenue/", preparing.held, name="held"),
    path(f"{DESK_SESSION}annuler/", preparing.cancel, name="cancel"),
    path(f"{DESK_SESSION}programme/", preparing.add_item, name="item_add"),
    path(ITEM, preparing.change_item, name="item"),
    path(f"{ITEM}retirer/", preparing.remove_item, name="item_remove"),
    path(f"{DESK_SESSION}auditions/", hearing.add, name="hearing_add"),
    path(f"{DESK_SESSION}feuille/", presence.paper, name="paper"),
    path(HALF, presence.sheet, name="sheet"),
    path(f"{HALF}code/", presence.board, name="board"),
    path(f"{HALF}<int:number>/", presence.correct, name="correct"),
    path(f"{DESK_SESSION}indemnites/", stipends.validate, name="validate"),
    path(TABLES, tables.tables, name="tables"),
    path(f"{TABLES}regler/", tables.settings, name="table_settings"),
    path(f"{TABLES}ensemble/", tables.pair, name="table_pair"),
    path(f"{TABLES}ensemble/<int:rule>/", tables.drop_pair, name="table_pair_drop"),
    path(f"{TABLES}places/", tables.place, name="table_place"),
    path(f"{TABLES}places/<int:pin>/", tables.free_place, name="table_place_free"),
    path(f"{TABLES}faire/", tables.make, name="table_make"),
    path(f"{TABLES}montrer/", tables.show, name="table_show"),
    path(f"{TABLES}imprimer/", tables.paper, name="table_paper"),
    path(HEARD, hearing.change, name="hearing"),
    path(f"{HEARD}retirer/", hearing.remove, name="hearing_remove"),
    path(f"{DESK}auditions/demandes/<slug:asked>/", hearing.answer_request, name="request_answer"),
    path(DESK_DOCUMENTS, preparing.documents, name="desk_documents"),
    path(f"{DESK_DOCUMENTS}ajouter/", preparing.add_document, name="document_add"),
    path(f"{DESK_DOCUMENTS}<slug:document>/", preparing.change_document, name="document_change"),
    path(f"{DESK_DOCUMENTS}<slug:document>/retirer/", preparing.withdraw_document, name="document_withdraw"),
    path(STIPENDS, stipends.stipends, name="stipends"),
    path(f"{STIPENDS}envoyer/", stipends.export, name="stipend_export"),
    path(f"{STIPENDS}tarif/", stipends.rate, name="stipend_rate"),
    path(f"{STIPENDS}<int:number>/fichier/", stipends.file, name="stipend_file"),
    path(f"{STIPENDS}<int:number>/payee/", stipends.paid, name="stipend_paid"),
    path(POSTING, posting.desk, name="posting"),
    path(f"{POSTING}<int:number>/", posting.posted, name="posted"),
    path(f"{POSTING}<slug:kind>/<slug:key>/", posting.letters, name="letters"),
]
