"""Addresses of the paper desk and of following by code, in French and stable."""

from django.urls import path

from .views import desk, entry, follow

app_name = "paper"

urlpatterns = [
    path("suivre/", follow.follow, name="follow"),
    path("suivre/terminer/", follow.finish, name="finish"),
    path("suivre/rattacher/", follow.claim, name="claim"),
    path("suivre/<slug:gesture>/", follow.gesture, name="gesture"),
    path("papier/", desk.desk, name="desk"),
    path("papier/imprimer/", desk.print_form, name="print"),
    path("papier/lots/nouveau/", desk.new_batch, name="new_batch"),
    path("papier/lots/<slug:batch>/", entry.batch, name="batch"),
    path("papier/lots/<slug:batch>/saisir/", entry.type_one, name="type"),
    path("papier/lots/<slug:batch>/relire/", entry.look_again, name="look"),
]
