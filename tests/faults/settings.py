"""Production's settings for the short campaign: static files keep their names, so that none is collected first."""

from src.config.settings.production import *  # noqa: F403
from src.config.settings.production import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
