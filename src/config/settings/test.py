"""The suite's settings: SQLite in memory by default, PostgreSQL when TERRAIN_TEST_DATABASE says so."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TERRAIN_VAR", tempfile.mkdtemp(prefix="terrain-test-"))

from .base import *  # noqa: E402, F403
from .base import VAR_DIR  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-the-test-suite-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
TERRAIN_DEMO = True
TERRAIN_KEYS_DIR = VAR_DIR / "keys"
VAR_DIR = Path(VAR_DIR)

if os.environ.get("TERRAIN_TEST_DATABASE", "sqlite") == "postgres":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("TERRAIN_TEST_PG_NAME", "terrain"),
            "USER": os.environ.get("TERRAIN_TEST_PG_USER", "postgres"),
            "HOST": os.environ.get("TERRAIN_TEST_PG_HOST", "127.0.0.1"),
            "PORT": os.environ.get("TERRAIN_TEST_PG_PORT", "5432"),
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "test.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA foreign_keys=ON;",
            },
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
