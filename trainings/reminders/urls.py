"""Addresses of reminders of trainings."""

from django.urls import path

from .views import plans

app_name = "trainings_reminders"

urlpatterns = [
    path("rappels/", plans.listing, name="list"),
    path("rappels/<slug:reference>/", plans.plan, name="plan"),
    path("rappels/<slug:reference>/moments/", plans.set_steps, name="set_steps"),
    path("rappels/<slug:reference>/demarrer/", plans.start, name="start"),
    path("rappels/<slug:reference>/pause/", plans.pause, name="pause"),
]
