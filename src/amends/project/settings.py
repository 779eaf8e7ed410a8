"""Django's settings. Everything that a house may choose comes from the environment (``env.SETTINGS``)."""

from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP

from amends.people.languages import LANGUAGES as _LANGUAGES
from amends.project.env import read, secret, secret_key
from amends.project.mailer import mailer

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(read("AMENDS_DATA_DIR")).resolve()
AMENDS_DATA_DIR = DATA_DIR
AMENDS_BASE_URL = read("AMENDS_BASE_URL").rstrip("/")
AMENDS_HOUSE_NAME = read("AMENDS_HOUSE_NAME")
AMENDS_REACTIONS = "amends.project.reactions.REACTIONS"

AMENDS_WEB_WORKERS = int(read("AMENDS_WEB_WORKERS"))
AMENDS_WEB_THREADS = int(read("AMENDS_WEB_THREADS"))

DEBUG = read("AMENDS_DEBUG") == "1"
SECRET_KEY = secret_key(DATA_DIR)
_base = urlsplit(AMENDS_BASE_URL)
_https = _base.scheme == "https"
ALLOWED_HOSTS = [_base.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [host for host in read("AMENDS_ALLOWED_HOSTS", "").split(",") if host]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "amends.project",
    "amends.desk",
    "amends.portal",
    "amends.api",
    "amends.insight",
    "amends.correspondence",
    "amends.cases",
    "amends.people",
    "amends.kit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amends.people.middleware.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "amends.project.urls"
FORM_RENDERER = "amends.project.forms.HouseRenderer"
WSGI_APPLICATION = "amends.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amends.project.context.house",
            ]
        },
    }
]

# --- database ----------------------------------------------------------------------------------
_url = read("AMENDS_DATABASE_URL", f"sqlite:///{DATA_DIR / 'amends.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue at BEGIN instead of failing halfway; readers never wait (WAL).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
        " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",  # shared by the web processes: sign-in throttling counts in it
    },
    "previews": {  # pages of letters being written; by themselves, so that they push nothing else out
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache" / "previews",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.StaffMember"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "amends.people.adapter.HouseAdapter"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/5m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key",
}
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- language and time -------------------------------------------------------------------------
LANGUAGES = _LANGUAGES
LANGUAGE_CODE = read("AMENDS_LANGUAGE")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = read("AMENDS_TIME_ZONE")

# --- mail --------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = read("AMENDS_MAIL_FROM")
AMENDS_MAIL_REPLY_TO = read("AMENDS_MAIL_REPLY_TO")
AMENDS_MAIL_IN_SECRET = read("AMENDS_MAIL_IN")  # SECRET: Django shows such names to nobody
AMENDS_MAIL_IN_FILE = read("AMENDS_MAIL_IN_FILE")
ANYMAIL = {
    "WEBHOOK_SECRET": secret("AMENDS_MAIL_WEBHOOK_SECRET"),
    "MAILGUN_WEBHOOK_SIGNING_KEY": read("AMENDS_MAIL_WEBHOOK_KEY"),
}
MAILERS = {"default": mailer(read("AMENDS_MAIL_URL"), DATA_DIR)}
AMENDS_APPROVAL_MAILS = (
    read("AMENDS_APPROVAL_MAILS", "1" if read("AMENDS_MAIL_URL").startswith("smtp") else "0") == "1"
)

# --- the language coach's optional other wording -----------------------------------------------
AMENDS_REWORDING_URL = read("AMENDS_REWORDING_URL")
AMENDS_REWORDING_MODEL = read("AMENDS_REWORDING_MODEL")
AMENDS_REWORDING_KEY = secret("AMENDS_REWORDING_KEY")

# --- what other programs of the house are told -------------------------------------------------
AMENDS_WEBHOOKS_NETWORKS = tuple(ip_network(one) for one in read("AMENDS_WEBHOOKS_NETWORKS").split())
AMENDS_WEBHOOKS_HTTP = read("AMENDS_WEBHOOKS_HTTP") == "1"

# --- the seal on agreements --------------------------------------------------------------------
AMENDS_SEAL_CERTIFICATE = read("AMENDS_SEAL_CERTIFICATE", "")
AMENDS_SEAL_PASSWORD = secret("AMENDS_SEAL_PASSWORD")
AMENDS_SEAL_TIMESTAMP_URL = read("AMENDS_SEAL_TIMESTAMP_URL")

# --- safety ------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],  # the preview of a mail
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "amends_session", "amends_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"  # the customer's link must not leak to other sites
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
CSRF_TRUSTED_ORIGINS = [AMENDS_BASE_URL]
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "amends.project.errors.csrf_failure"
# A story of 5 MB must come back to who typed it with a sentence, not vanish in a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "amends": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},  # that it does not know a certificate is an answer, not a fault
    },
}
