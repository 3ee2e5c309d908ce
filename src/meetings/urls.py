"""Addresses beneath ``/reunions/``."""

from django.urls import path

from .views import calendar, here, holding, moderating, raising, reading, running

app_name = "meetings"
ONE = "<slug:reference>/<slug:meeting>/"

urlpatterns = [
    path("", reading.groups, name="list"),
    path("export.csv", reading.export, name="export"),
    path("ici/", here.here, name="here"),
    path("calendrier/", calendar.key, name="calendar"),
    path("calendrier/<str:secret>/reunions.ics", calendar.feed, name="feed"),
    path("moderation/", moderating.queue, name="moderation"),
    path("moderation/<slug:topic>/", moderating.decide, name="moderate"),
    path("<slug:reference>/", reading.group, name="group"),
    path("<slug:reference>/proposer/", raising.propose, name="propose"),
    path("<slug:reference>/reglages/", running.settings, name="settings"),
    path("<slug:reference>/arreter/", running.stop, name="stop"),
    path("<slug:reference>/prevoir/", running.plan, name="plan"),
    path("<slug:reference>/points/<slug:topic>/soutenir/", raising.support, name="support"),
    path("<slug:reference>/points/<slug:topic>/ecarter/", running.set_aside, name="set_aside"),
    path("<slug:reference>/points/<slug:topic>/signaler/", moderating.report, name="report"),
    path("<slug:reference>/points/<slug:topic>/contester/", moderating.object_to, name="object"),
    path("<slug:reference>/actions/<slug:action>/", holding.end_action, name="end_action"),
    path(ONE, reading.meeting, name="meeting"),
    path(f"{ONE}feuille/", reading.sheet, name="sheet"),
    path(f"{ONE}reunion.ics", calendar.file, name="file"),
    path(f"{ONE}venir/", raising.come, name="come"),
    path(f"{ONE}preparer/", running.prepare, name="prepare"),
    path(f"{ONE}annoncer/", running.call, name="call"),
    path(f"{ONE}deplacer/", running.move, name="move"),
    path(f"{ONE}annuler/", running.cancel, name="cancel"),
    path(f"{ONE}tenue/", holding.held, name="held"),
    path(f"{ONE}tenir/", holding.hold, name="hold"),
    path(f"{ONE}tenir/points/<slug:topic>/", holding.outcome, name="outcome"),
    path(f"{ONE}tenir/actions/", holding.add_action, name="add_action"),
    path(f"{ONE}tenir/actions/<slug:action>/", holding.take_back, name="take_back"),
    path(f"{ONE}publier/", holding.publish, name="publish"),
    path(f"{ONE}corriger/", holding.correct, name="correct"),
]
