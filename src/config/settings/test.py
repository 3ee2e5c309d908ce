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
            # As in production: what a parameter may stand for is then PostgreSQL's to say.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
            # One already migrated that each worker copies (tests/migrated.py).
            "TEST": {"TEMPLATE": os.environ.get("TERRAIN_TEST_PG_TEMPLATE")},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "test.sqlite3",
            # A file, as in production of a town: in memory, threads find the table locked.
            "TEST": {"NAME": str(VAR_DIR / "suite.sqlite3")},
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # No wait for the disk; rows without an order come in the other one, so that nobody counts on it.
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA foreign_keys=ON;PRAGMA synchronous=OFF;"
                    "PRAGMA reverse_unordered_selects=ON;"
                ),
            },
        }
    }

# Tests of the hold set it; elsewhere a test drains the outbox and sees at once who is told.
TERRAIN_HOLD_MINUTES = 0
# The suite also runs at night.
TERRAIN_MAIL_HOURS = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


class UnknownVariable(str):
    """A template of ours that reads a variable nobody gave fails the test; libraries' templates are left alone."""

    @staticmethod
    def _origin() -> str:
        """The file of the template whose node is being rendered, ours or a library's."""
        import sys

        frame = sys._getframe(2)
        while frame is not None:
            node = frame.f_locals.get("self")
            origin = getattr(node, "origin", None)
            if origin is not None and hasattr(node, "render"):
                return str(getattr(origin, "name", ""))
            frame = frame.f_back
        return ""

    def __bool__(self):
        origin = self._origin()
        return str(BASE_DIR) in origin and ".venv" not in origin

    def __contains__(self, item):
        return item == "%s" or super().__contains__(item)

    def __mod__(self, variable):
        origin = self._origin()
        if str(BASE_DIR) in origin and ".venv" not in origin:
            raise LookupError(f"unknown variable {variable!r} in {origin}")
        return ""


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
