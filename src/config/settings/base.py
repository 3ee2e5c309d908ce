"""Settings every way of living shares; nothing here depends on the machine."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from src.config import reading

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("TERRAIN_VAR", BASE_DIR / "var"))

SITE_NAME = "Terrain"
CITY_NAME = os.environ.get("TERRAIN_CITY", "Ville de Marvenne")
SITE_URL = os.environ.get("TERRAIN_SITE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "src.config",
    "theme",
    "ideas",
    "consultations",
    "consultations.texts",
    "consultations.concertation",
    "consultations.ratings",
    "panels",
    "panels.referrals",
    "panels.opinions",
    "panels.pairings",
    "panels.sessions",
    "panels.statements",
    "trainings",
    "trainings.ledger",
    "trainings.learning",
    "trainings.obligations",
    "trainings.totals",
    "trainings.sessions",
    "trainings.attestations",
    "trainings.evidence",
    "trainings.coverage",
    "trainings.reminders",
    "src.publishing",
    "src.accountability",
    "src.kiosk",
    "src.rights",
    "src.questionnaires",
    "src.meetings",
    "src.wall",
    "src.participation",
    "src.participation.ballots",
    "src.paper",
    "src.search",
    "src.notices",
    "src.workflow",
    "src.directory",
    "src.foundations",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "anymail",
    "django_rq",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "src.foundations.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "src.config.crowd.CrowdMiddleware",
    "src.config.static_files.CompressedStaticMiddleware",
    "src.kiosk.middleware.KioskMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "src.directory.middleware.LanguageMiddleware",
    "src.directory.middleware.ViewerMiddleware",
    "src.participation.middleware.RecentContributionsMiddleware",
    "src.directory.middleware.StaffMfaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "src.foundations.middleware.ResponseHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "src.config.session_ended.SessionEndedMiddleware",
    "src.config.incomplete_forms.IncompleteFormMiddleware",
    "src.publishing.middleware.HomeMiddleware",
]

ROOT_URLCONF = "src.config.urls"
WSGI_APPLICATION = "src.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "src.config.context.site",
                "src.notices.context.inbox",
                "src.publishing.context.footer",
            ],
            "builtins": ["theme.templatetags.theme"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = [
    "src.directory.backends.DirectoryBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "src.directory.hashers.OwaspArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# allauth: by account first, per address a hundred times wider (a whole depot sits behind one address).
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_ADAPTER = "src.directory.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "src.directory.adapters.SocialAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "10/m/key,1000/m/ip",
    "request_login_code": "6/h/key,2000/h/ip",
    "reset_password": "6/h/key,2000/h/ip",
}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_ADAPTER = "src.directory.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["theme.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media" / "public"
PRIVATE_MEDIA_ROOT = VAR_DIR / "media" / "private"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_SAMESITE = "Lax"
# Our scripts read the token from the form; Wagtail's from its page.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "src.config.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
USE_X_FORWARDED_HOST = False

# The site's policy; /gestion/ has its own, set by the middleware of the foundations.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "/connexion/"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # the machine's own list has names that browsers refuse
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "publishing.TerrainImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "src.publishing.forms.TerrainImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "src.publishing.forms.TerrainDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "csv", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS = []
TAGGIT_CASE_INSENSITIVE = True

# With Redis down, limits kept there would answer 500: the default cache is the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}
RQ_QUEUES = {}
RQ = {"JOB_CLASS": "rq.job.Job", "SERIALIZER": "rq.serializers.JSONSerializer"}

# How outbox rows are woken: "inline" (a thread of `serve`) or "rq" (Redis). Rows are the truth in both.
TERRAIN_JOBS = "inline"
TERRAIN_DEMO = False
TERRAIN_KEYS_DIR = Path(os.environ.get("TERRAIN_KEYS", VAR_DIR / "keys"))
TERRAIN_MFA_REQUIRED = False
# Field keys are made on first use, except in production, where somebody makes them and keeps a copy apart.
TERRAIN_KEYS_CREATE = True
# On PostgreSQL, the role the application connects with: journals give it INSERT and SELECT only.
TERRAIN_APP_ROLE = ""
# Told of each change of role; empty: the journal alone keeps it.
TERRAIN_SECURITY_EMAIL = os.environ.get("TERRAIN_SECURITY_EMAIL", "")
# The OIDC claim that carries the personnel number, when the provider knows it.
TERRAIN_OIDC_NUMBER_CLAIM = ""

# Periods and thresholds: proposals for the city's DPO and lawyers, so each is a setting.
TERRAIN_K = 11
# From the request of an erasure to the erasure: until then, one tap takes it back.
TERRAIN_ERASURE_DAYS = 7
TERRAIN_K_SENSITIVE = 20
TERRAIN_K_FLOOR = 5
TERRAIN_PROMISE_DAYS = 60
TERRAIN_PROMISE_DAYS_AFTER_THRESHOLD = 30
TERRAIN_OWNER_WARNING_DAYS = 15
# What the author's own site has to settle an idea, before it goes up to the direction.
TERRAIN_SETTLE_HERE_DAYS = 10
TERRAIN_FIRST_READING_DAYS = 7
TERRAIN_AUTHOR_ANSWER_DAYS = 15
# Two ideas merged by their authors' consent: asked for so long, separable for so long.
TERRAIN_MERGE_ASKED_DAYS = 14
TERRAIN_MERGE_UNDO_DAYS = 7
# The answer to an author's appeal, by somebody else.
TERRAIN_ANSWER_APPEAL_DAYS = 30
# A condition of a refusal is met: those who supported the idea are asked for so long, then somebody else answers.
TERRAIN_REOPENING_ASKED_DAYS = 14
TERRAIN_ANSWER_REOPENING_DAYS = 30
# A "later" goes back to the study so long before the day it promised, or halfway when that comes sooner.
TERRAIN_REVISIT_LEAD_DAYS = 30
TERRAIN_AUTHOR_LINK_MONTHS = 24
# A request to open an identity waits this long for its second person; once confirmed, the name waits as long.
TERRAIN_OPENING_DAYS = 7
# The trace of requests and the yearly figures.
TERRAIN_OPENING_KEPT_YEARS = 5
TERRAIN_DRAFT_DAYS = 90
# Mails that aren't a duty leave on working days between these hours ("8-20"); empty: at any hour, any day.
TERRAIN_MAIL_HOURS = reading.hours(os.environ.get("TERRAIN_MAIL_HOURS", "8-20"))
# A message for more people than this, duties excepted, waits until an administrator has looked at it; 0: never.
TERRAIN_MASS_SENDING = int(os.environ.get("TERRAIN_MASS_SENDING", "1000"))
# The city's gateway for text messages; off while these are empty, refused half-configured (check, production).
TERRAIN_SMS = {
    "URL": os.environ.get("TERRAIN_SMS_URL", ""),
    "SENDER": os.environ.get("TERRAIN_SMS_SENDER", ""),
    "BACKEND": os.environ.get("TERRAIN_SMS_BACKEND", ""),
    "TOKEN": "",
}
# What a step gives to tell waits so long; meanwhile whoever took it may go back and nobody hears of it. 0: no hold.
TERRAIN_HOLD_MINUTES = int(os.environ.get("TERRAIN_HOLD_MINUTES", "10"))
# Moderation: reports from so many units hide; working days to read, to answer an objection; days to object; months
# a reporter's name is kept once somebody decided.
TERRAIN_REPORTING_UNITS = 3
TERRAIN_MODERATION_DAYS = 2
TERRAIN_APPEAL_DAYS = 15
TERRAIN_APPEAL_ANSWER_DAYS = 10
TERRAIN_REPORTER_MONTHS = 12
# Paper: a printed sheet may come back, its code lets one follow, sheets are destroyed, batches are remembered.
TERRAIN_SHEET_DAYS = 180
TERRAIN_FOLLOW_DAYS = 3 * 365
TERRAIN_SHEET_DESTROY_DAYS = 90
# Days past the printed date after which the administrators are told too.
TERRAIN_SHEET_LATE_DAYS = 7
TERRAIN_BATCH_DAYS = 365
# Sheets for the wall are kept so long, with who printed and posted them.
TERRAIN_WALL_DAYS = 365
# Who said that they come to a meeting is forgotten this long after it.
TERRAIN_ATTENDANCE_DAYS = 31
# Answers to questionnaires are kept this long after their results; then the figures alone stay.
TERRAIN_ANSWERS_DAYS = 365
# Who answered a questionnaire of secret answers is kept this long after its closing.
TERRAIN_ROLL_DAYS = 92
# How long the figures of a ballot may be disputed; then its keys and its boxes are destroyed.
TERRAIN_BALLOT_DISPUTE_DAYS = 30
# Papers of a ballot put in a box before its closing are typed and read again until then; afterwards it counts without.
TERRAIN_BALLOT_PAPER_DAYS = 3
# What is begun by an open link is resumed by its spoken code this many days after it was last touched.
TERRAIN_RESUME_DAYS = 14
# Kiosks: without a gesture the visit is wiped; not seen for that long, its session is dead whatever the browser does.
TERRAIN_KIOSK_IDLE_SECONDS = 90
TERRAIN_KIOSK_DEAD_SECONDS = 300
# Ratings: days to answer a problem report, to keep a contact unanswered, to use a link after a visit, to keep rows.
TERRAIN_REPORT_DAYS = 15
TERRAIN_REPORT_CONTACT_DAYS = 90
TERRAIN_VISIT_LINK_DAYS = 21
TERRAIN_RATING_DAYS = 730
# Panels: days after which a letter's code ends, addresses nobody said were posted go, papers typed once go; after the
# certification, those who aren't members go; after the mandate, the profiles of members.
TERRAIN_PANEL_CODE_DAYS = 60
TERRAIN_PANEL_ADDRESS_DAYS = 60
TERRAIN_PANEL_PAPER_DAYS = 30
TERRAIN_PANEL_CANDIDATE_DAYS = 92
TERRAIN_PANEL_PROFILE_DAYS = 183
# A call stays with whoever took it so long; nobody answers: called again so much later, so many times in all.
TERRAIN_PANEL_CALL_MINUTES = 30
TERRAIN_PANEL_CALL_AGAIN_HOURS = 24
TERRAIN_PANEL_CALL_TRIES = 5
# Working days late after which an answer owed climbs: correspondent, direction, secretary general.
TERRAIN_ESCALATION_DAYS = None
# Prefix of nginx's internal location for private files; empty: the application sends the bytes.
TERRAIN_ACCEL_PREFIX = ""
# Who holds it reads /metrics and the detail of /readyz; empty: nobody does.
TERRAIN_METRICS_TOKEN = ""
# While more people come than the machine bears, whoever waited longer is asked to come back in a minute; 0: nobody is.
TERRAIN_WAIT_SECONDS = 0.0
TERRAIN_LOG_LEVEL = os.environ.get("TERRAIN_LOG_LEVEL", "")

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("TERRAIN_FROM_EMAIL", "Terrain <terrain@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING_CONFIG = None
# SQLite has no columns beside the key of an index (idea_gate): it leaves them out, and nothing else changes.
SILENCED_SYSTEM_CHECKS: list[str] = ["models.W040"]
