"""Addresses a machine asks: is the process alive, is the installation ready."""

from django.urls import path

from . import health

app_name = "foundations"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("readyz", health.readyz, name="readyz"),
]
