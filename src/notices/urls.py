"""Addresses of the inbox."""

from django.urls import path

from . import errand_views, mass_views, views

app_name = "notices"

urlpatterns = [
    path("moi/messages/", views.inbox, name="inbox"),
    path("moi/messages/tout-lu/", views.read_all, name="read_all"),
    path("moi/messages/envois/", views.log, name="log"),
    path("moi/messages/adresse/", views.reopen, name="reopen"),
    path("courriels/retours/", views.returned, name="returned"),
    path("moi/messages/reglages/", views.settings, name="settings"),
    path("moi/messages/ne-plus-recevoir/<str:signed>/", views.unsubscribe, name="unsubscribe"),
    path("moi/messages/<int:item_id>/lire/", views.read, name="read"),
    path("moi/messages/<int:item_id>/couper/", views.mute, name="mute"),
    path("moi/messages/sans-courriel/", views.reach, name="reach"),
    path("prevenir/", errand_views.index, name="errands"),
    path("prevenir/envois/", mass_views.index, name="mass_list"),
    path("prevenir/envois/<int:sending_id>/", mass_views.sending, name="mass"),
    path("prevenir/envois/<int:sending_id>/courriel/", mass_views.preview, name="mass_preview"),
    path("prevenir/modeles/", mass_views.models, name="models"),
    path("prevenir/modeles/<str:code>/", mass_views.model, name="model"),
    path("prevenir/lettres/<int:unit_id>/", errand_views.draw, name="draw"),
    path("prevenir/lots/<int:batch_id>/", errand_views.batch, name="batch"),
    path("prevenir/lots/<int:batch_id>/lettres/", errand_views.batch_letters, name="batch_letters"),
    path("prevenir/appels/<int:user_id>/", errand_views.call, name="call"),
]
