"""Addresses of sessions: for agents, for organisers, for trainers."""

from django.urls import path

from .views import agents, cards, organising, printing, running, sheets

app_name = "trainings_sessions"

MINE, DESK, ROOM = "sessions/<slug:session>/", "sessions/gestion/<slug:session>/", "animation/<slug:session>/"

urlpatterns = [
    path("sessions/", agents.listed, name="list"),
    path("sessions/gestion/", organising.desk, name="desk"),
    path("sessions/gestion/liste.<slug:form>", organising.exported, name="export"),
    path("sessions/gestion/nouvelle/", organising.create, name="create"),
    path(DESK, organising.session, name="organise"),
    path(f"{DESK}modifier/", organising.change, name="change"),
    path(f"{DESK}ouvrir/", organising.open_bookings, name="open"),
    path(f"{DESK}confirmer/", organising.confirm, name="confirm"),
    path(f"{DESK}annuler/", organising.cancel, name="cancel"),
    path(f"{DESK}inviter/", organising.invite, name="invite"),
    path(f"{DESK}convocations/<str:unit>/", printing.convocations, name="convocations"),
    path("sessions/carte/<str:token>/", cards.card, name="card"),
    path(MINE, agents.session, name="session"),
    path(f"{MINE}reserver/", agents.book, name="book"),
    path(f"{MINE}ne-pas-venir/", agents.give_up, name="give_up"),
    path(f"{MINE}presence/", agents.presence, name="presence"),
    path(f"{MINE}agenda.ics", agents.calendar, name="calendar"),
    path("animation/", running.led, name="led"),
    path(ROOM, running.room, name="lead"),
    path(f"{ROOM}presence/", running.mark, name="mark"),
    path(f"{ROOM}reste/", running.rest_absent, name="rest_absent"),
    path(f"{ROOM}code/<int:slot>/", running.board, name="board"),
    path(f"{ROOM}feuille/", printing.sheet, name="sheet"),
    path(f"{ROOM}verrouiller/", sheets.lock, name="lock"),
    path(f"{ROOM}feuille-verrouillee/<slug:which>/", sheets.file, name="file"),
    path(f"{ROOM}numerisation/", sheets.add_scan, name="scan"),
    path(f"{ROOM}rectifier/<int:booking>/<int:slot>/", sheets.amend, name="amend"),
]
