"""Addresses of reform texts under ``/textes/``, in French and stable."""

from django.urls import path

from .views import deciding, moderating, reading, speaking, units, workshop

app_name = "texts"

SHOP = "atelier/<slug:reference>/"
UNIT = f"{SHOP}articles/<slug:key>/"
SAID = "<slug:reference>/contributions/<slug:contribution>/"

urlpatterns = [
    path("", reading.texts, name="list"),
    path("export.csv", reading.export_texts, name="list_csv"),
    path("atelier/", workshop.workshop, name="workshop"),
    path("atelier/nouveau/", workshop.create, name="create"),
    path(SHOP, workshop.write, name="write"),
    path(f"{SHOP}presentation/", workshop.describe, name="describe"),
    path(f"{SHOP}apporter/", workshop.bring, name="bring"),
    path(f"{SHOP}apercu/", workshop.preview, name="preview"),
    path(f"{SHOP}publier/", workshop.publish, name="publish"),
    path(f"{SHOP}version/", workshop.begin, name="begin"),
    path(f"{SHOP}version/note/", workshop.note, name="note"),
    path(f"{SHOP}version/abandonner/", workshop.drop, name="drop"),
    path(f"{SHOP}fermer/", workshop.close, name="close"),
    path(f"{SHOP}ajouter/", units.add, name="add"),
    path(UNIT, units.edit, name="edit"),
    path(f"{UNIT}couper/", units.split, name="split"),
    path(f"{UNIT}reunir/", units.merge, name="merge"),
    path(f"{UNIT}monter/", units.move, {"up": True}, name="move_up"),
    path(f"{UNIT}descendre/", units.move, {"up": False}, name="move_down"),
    path(f"{UNIT}retirer/", units.delete, name="delete"),
    path(f"{SHOP}contributions/", deciding.queue, name="queue"),
    path(f"{SHOP}contributions/suite/", deciding.decide, name="decide"),
    path(f"{SHOP}contributions/reprendre/", deciding.forget, name="forget"),
    path(f"{SHOP}changements/", deciding.spans, name="spans"),
    path("moderation/", moderating.queue, name="moderation"),
    path("moderation/<slug:reference>/<slug:contribution>/", moderating.decide, name="moderate"),
    path("<slug:reference>/", reading.detail, name="detail"),
    path("<slug:reference>/articles/<slug:key>/", speaking.unit, name="unit"),
    path("<slug:reference>/versions/<int:version>/", reading.version, name="version"),
    path("<slug:reference>/changements/<int:version>/", reading.changes, name="changes"),
    path("<slug:reference>/contributions/", reading.contributions, name="contributions"),
    path("<slug:reference>/contributions.csv", reading.export_csv, name="contributions_csv"),
    path("<slug:reference>/contributions.json", reading.export_json, name="contributions_json"),
    path(SAID, speaking.contribution, name="contribution"),
    path(f"{SAID}modifier/", speaking.change, name="change"),
    path(f"{SAID}retirer/", speaking.withdraw, name="withdraw"),
    path(f"{SAID}soutenir/", speaking.support, name="support"),
    path(f"{SAID}signaler/", speaking.report, name="report"),
    path(f"{SAID}contester/", speaking.object_to, name="object"),
]
