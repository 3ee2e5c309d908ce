"""Addresses a machine asks: is the process alive, is the installation ready."""

from django.urls import path

from . import health

app_name = "foundations"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
