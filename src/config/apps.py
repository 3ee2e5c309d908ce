"""Registers the porch with Django, for its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "src.config"
    label = "config"
