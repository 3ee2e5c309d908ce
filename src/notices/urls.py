"""Addresses of the inbox."""

from django.urls import path

from . import mass_views, views
from .without_mail import views as without_mail

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
    path("moi/messages/sans-courriel/", without_mail.reach, name="reach"),
    path("prevenir/", without_mail.index, name="errands"),
    path("prevenir/envois/", mass_views.index, name="mass_list"),
    path("prevenir/envois/<int:sending_id>/", mass_views.sending, name="mass"),
    path("prevenir/envois/<int:sending_id>/courriel/", mass_views.preview, name="mass_preview"),
    path("prevenir/modeles/", mass_views.models, name="models"),
    path("prevenir/modeles/<str:code>/", mass_views.model, name="model"),
    path("prevenir/lettres/<int:unit_id>/", without_mail.draw, name="draw"),
    path("prevenir/lots/<int:batch_id>/", without_mail.batch, name="batch"),
    path("prevenir/lots/<int:batch_id>/lettres/", without_mail.batch_letters, name="batch_letters"),
    path("prevenir/appels/<int:user_id>/", without_mail.call, name="call"),
]
