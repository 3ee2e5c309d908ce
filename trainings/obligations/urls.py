"""Addresses of what one is asked to learn."""

from django.urls import path

from .views import mine

app_name = "trainings_obligations"

urlpatterns = [path("obligations/", mine.asked, name="mine")]
