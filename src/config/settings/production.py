"""PostgreSQL, Redis, real mail, TLS. Refuses to start half-configured, with a sentence that says what is missing."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import TERRAIN_SMS, VAR_DIR

_problems: list[str] = []


def _required(name: str, why: str) -> str:
    """Read an environment variable that has no safe default; note a sentence when it is missing."""
    value = os.environ.get(name, "")
    if not value:
        _problems.append(f"{name} n'est pas renseigné : {why}")
    return value


def _secret_file(name: str, why: str) -> str:
    """Read a secret from a file readable by its owner alone; the variable holds the file's path."""
    path = os.environ.get(name, "")
    if not path:
        _problems.append(f"{name} n'est pas renseigné : {why}")
        return ""
    file = Path(path)
    if not file.is_file():
        _problems.append(f"{name} désigne {path}, qui n'est pas un fichier lisible.")
        return ""
    if file.stat().st_mode & 0o077:
        _problems.append(f"{name} : {path} est lisible par d'autres ; faites chmod 0400.")
    return file.read_text().strip()


DEBUG = False
TERRAIN_DEMO = False
TERRAIN_JOBS = "rq"
TERRAIN_MFA_REQUIRED = os.environ.get("TERRAIN_MFA", "required") != "optional"

SECRET_KEY = _secret_file("TERRAIN_SECRET_KEY_FILE", "c'est la clé qui signe les sessions.") or "x"
SECRET_KEY_FALLBACKS = [
    Path(name).read_text().strip()
    for name in os.environ.get("TERRAIN_SECRET_KEY_FALLBACK_FILES", "").split(":")
    if name
]
if SECRET_KEY != "x" and len(SECRET_KEY) < 50:
    _problems.append("La clé de TERRAIN_SECRET_KEY_FILE a moins de 50 caractères.")

TERRAIN_KEYS_DIR = Path(os.environ.get("TERRAIN_KEYS") or "/nonexistent")
if not os.environ.get("TERRAIN_KEYS"):
    _problems.append(
        "TERRAIN_KEYS n'est pas renseigné : le dossier des clés de champ, hors de la base et de ses sauvegardes."
    )
elif not TERRAIN_KEYS_DIR.is_dir():
    _problems.append(f"TERRAIN_KEYS désigne {TERRAIN_KEYS_DIR}, qui n'est pas un dossier.")

SITE_URL = _required(
    "TERRAIN_SITE_URL", "l'adresse publique du site, par exemple https://terrain.ville.example"
).rstrip("/")
if SITE_URL and not SITE_URL.startswith("https://"):
    _problems.append("TERRAIN_SITE_URL doit commencer par https://.")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = [host for host in os.environ.get("TERRAIN_ALLOWED_HOSTS", "").split(",") if host]
if not ALLOWED_HOSTS:
    _problems.append("TERRAIN_ALLOWED_HOSTS n'est pas renseigné : les noms exacts du site, séparés par des virgules.")
if any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    _problems.append("TERRAIN_ALLOWED_HOSTS n'accepte que des noms exacts : ni « * » ni sous-domaine ouvert.")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

# Statements are planned once a connection, not at each request. A pooler that lends a connection for one transaction
# (PgBouncer before 1.21) can't: TERRAIN_DB_PREPARED=0.
_prepared = os.environ.get("TERRAIN_DB_PREPARED", "1") == "1"
_patience = int(os.environ.get("TERRAIN_STATEMENT_TIMEOUT_MS", "5000"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _required("TERRAIN_DB_NAME", "le nom de la base PostgreSQL."),
        "USER": os.environ.get("TERRAIN_DB_USER", "terrain"),
        "PASSWORD": (
            _secret_file("TERRAIN_DB_PASSWORD_FILE", "le mot de passe de la base.")
            if os.environ.get("TERRAIN_DB_PASSWORD_FILE")
            else ""
        ),
        "HOST": os.environ.get("TERRAIN_DB_HOST", ""),
        "PORT": os.environ.get("TERRAIN_DB_PORT", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": _prepared,
            "prepare_threshold": 2 if _prepared else None,
            # Statements of pages are many parts and few rows: compiling them costs more than it saves.
            # A request is answered within seconds or refused with a sentence; a command may take its time (manage.py).
            "options": (
                f"-c jit=off -c statement_timeout={_patience} -c lock_timeout=2000"
                f" -c idle_in_transaction_session_timeout={30_000 if _patience else 0}"
            ),
            # A server that vanished without a word is noticed in seconds, not in the two hours of the system.
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
    }
}

REDIS_URL = _required("TERRAIN_REDIS_URL", "l'adresse de Redis, par exemple redis://127.0.0.1:6379/0")
RQ_QUEUES = {
    "default": {"URL": REDIS_URL or "redis://127.0.0.1:6379/0", "DEFAULT_TIMEOUT": 120, "SERIALIZER": "json"},
}

_mail = os.environ.get("TERRAIN_MAIL", "")
_ANYMAIL_BACKENDS = {"brevo", "mailgun", "mailjet", "postmark", "scaleway", "sendgrid", "sparkpost", "amazon_ses"}
if _mail == "smtp":
    EMAIL_BACKEND = "src.notices.smtp.EmailBackend"
    EMAIL_HOST = _required("TERRAIN_SMTP_HOST", "le serveur d'envoi des messages.")
    EMAIL_PORT = int(os.environ.get("TERRAIN_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("TERRAIN_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = (
        _secret_file("TERRAIN_SMTP_PASSWORD_FILE", "") if os.environ.get("TERRAIN_SMTP_PASSWORD_FILE") else ""
    )
    EMAIL_USE_TLS = os.environ.get("TERRAIN_SMTP_TLS", "1") == "1"
    EMAIL_TIMEOUT = 10
elif _mail in _ANYMAIL_BACKENDS:
    EMAIL_BACKEND = f"anymail.backends.{_mail}.EmailBackend"
    _prefix = _mail.upper()
    ANYMAIL = {
        "REQUESTS_TIMEOUT": 10,
        **{
            name.removeprefix("TERRAIN_ANYMAIL_"): value
            for name, value in os.environ.items()
            if name.startswith("TERRAIN_ANYMAIL_") and not name.endswith("_FILE")
        },
    }
    if os.environ.get("TERRAIN_ANYMAIL_KEY_FILE"):
        ANYMAIL[f"{_prefix}_API_KEY"] = _secret_file("TERRAIN_ANYMAIL_KEY_FILE", "")
    # "name:password", given to the provider with the address /courriels/retours/; without it that address is a 404.
    if os.environ.get("TERRAIN_ANYMAIL_WEBHOOK_FILE"):
        ANYMAIL["WEBHOOK_SECRET"] = _secret_file("TERRAIN_ANYMAIL_WEBHOOK_FILE", "")
        if ":" not in ANYMAIL["WEBHOOK_SECRET"]:
            _problems.append("Le secret de TERRAIN_ANYMAIL_WEBHOOK_FILE est de la forme nom:mot-de-passe.")
else:
    _problems.append(
        "TERRAIN_MAIL doit valoir « smtp » ou l'un des services suivants : "
        + ", ".join(sorted(_ANYMAIL_BACKENDS))
        + "."
    )
if os.environ.get("TERRAIN_SMS_TOKEN_FILE"):
    TERRAIN_SMS["TOKEN"] = _secret_file("TERRAIN_SMS_TOKEN_FILE", "")
_sms_missing = [name for name in ("URL", "TOKEN", "SENDER") if not TERRAIN_SMS[name]]
if 0 < len(_sms_missing) < 3:
    _problems.append(
        "La passerelle de SMS est configurée à moitié, il manque : "
        + ", ".join(f"TERRAIN_SMS_{name}{'_FILE' if name == 'TOKEN' else ''}" for name in _sms_missing)
        + "."
    )
elif not _sms_missing and not TERRAIN_SMS["URL"].startswith("https://"):
    _problems.append("TERRAIN_SMS_URL doit commencer par https://.")
DEFAULT_FROM_EMAIL = _required("TERRAIN_FROM_EMAIL", "l'adresse d'expédition des messages.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = False
# Preloading a domain can't be taken back: the owner's choice, not a default.
SILENCED_SYSTEM_CHECKS = ["models.W040", "security.W021"]
if os.environ.get("TERRAIN_BEHIND_PROXY") == "1":
    # Only when the proxy strips this header from what comes in.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TERRAIN_PROXY_COUNT", "1"))
    # Only a proxy's stamp says how long one has waited.
    TERRAIN_WAIT_SECONDS = float(os.environ.get("TERRAIN_WAIT_SECONDS", "0.25"))
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = Path(os.environ.get("TERRAIN_STATIC", VAR_DIR / "static"))
MEDIA_ROOT = Path(os.environ.get("TERRAIN_MEDIA", VAR_DIR / "media" / "public"))

# OIDC (ProConnect, Keycloak…): shown on the sign-in page only when all three are given.
if os.environ.get("TERRAIN_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("TERRAIN_OIDC_NAME", "Compte de la Ville"),
                    "client_id": _required("TERRAIN_OIDC_CLIENT_ID", "l'identifiant du site chez le fournisseur."),
                    "secret": _secret_file("TERRAIN_OIDC_SECRET_FILE", "le secret du site chez le fournisseur."),
                    "settings": {"server_url": os.environ["TERRAIN_OIDC_SERVER"]},
                }
            ],
        }
    }

if os.environ.get("TERRAIN_METRICS_TOKEN_FILE"):
    TERRAIN_METRICS_TOKEN = _secret_file("TERRAIN_METRICS_TOKEN_FILE", "")
# Prefix of nginx's internal location (docs/deploy/nginx.conf); without it the application sends private files itself.
TERRAIN_ACCEL_PREFIX = os.environ.get("TERRAIN_ACCEL_PREFIX", "")
TERRAIN_KEYS_CREATE = False
TERRAIN_OIDC_NUMBER_CLAIM = os.environ.get("TERRAIN_OIDC_NUMBER_CLAIM", "")
TERRAIN_APP_ROLE = os.environ.get("TERRAIN_APP_ROLE", "")

if _problems:
    raise ImproperlyConfigured(
        "Terrain ne démarre pas : sa configuration est incomplète.\n- " + "\n- ".join(_problems)
    )
