"""Every setting, read from the environment with a safe default. `docs/self-hosting/settings.md` explains each.

A value that cannot be understood stops the start with a sentence; it is never replaced by a guess.
A secret may come from a file: `SECRET_KEY_FILE`, `DATABASE_URL_FILE`, `EMAIL_URL_FILE`, `EMAIL_REPLIES_URL_FILE`,
`EVENT_ENGINE_FILE`.
"""

import os
import secrets
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from arbiter.config.environment import Environment
from arbiter.foundation.mail import replies as mail_replies
from arbiter.foundation.mail import ways as mail_ways
from arbiter.usage.engines import address as event_engine

env = Environment()

# Pages and jobs run side by side: threads that multiply small matrices would only wait for one another. NumPy is loaded later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Arrow's own pool keeps what is free for itself; the system's gives it back. Arrow is loaded later, too.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA_DIR", default=Path.cwd() / "var")

try:
    VERSION = version("arbiter")
except PackageNotFoundError:
    VERSION = env.changelog_version(PACKAGE.parent.parent / "CHANGELOG.md")

# --- Where it answers -------------------------------------------------------------------------

BASE_URL = env.url("BASE_URL", default="http://localhost:8000")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname, "localhost", "127.0.0.1"]
)
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", default=0, low=0, high=10)
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL.rstrip("/")]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DEBUG = env.yes_or_no("DEBUG", default=False)
DEMO = env.yes_or_no("DEMO", default=False)
SECRET_KEY = env.secret(
    "SECRET_KEY", kept_in=DATA_DIR / "secret-key", make=lambda: secrets.token_urlsafe(50)
)
# Earlier keys, so that sessions, links and what was sealed outlive a change of the key.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", default=[])

# --- What it is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "arbiter.ui",
    "arbiter.foundation",
    "arbiter.accounts",
    "arbiter.voice",
    "arbiter.usage",
    "arbiter.outcomes",
    "arbiter.engagement",
    "arbiter.metrics",
    "arbiter.forecast",
    "arbiter.connectors",
    "arbiter.workspace",
    "arbiter.portal",
    "arbiter.api",
    # After ours, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "arbiter.config.urls"
WSGI_APPLICATION = "arbiter.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "arbiter.workspace.shell.context.shell",
            ],
            "builtins": ["arbiter.ui.templatetags.ui"],
        },
    }
]

# --- Storage ----------------------------------------------------------------------------------

DATABASES = {
    "default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/arbiter.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
    }
}
EVENT_LOG = env.text("EVENT_LOG", default=str(DATA_DIR / "events"))
EVENT_ENGINE = env.text("EVENT_ENGINE", default="embedded", secret=True)
EVENT_MEMORY_MB = env.whole("EVENT_MEMORY_MB", default=1_000, low=100, high=1_000_000)
EVENT_TABLE = env.text("EVENT_TABLE", default="events")
EVENT_COLUMNS = env.words("EVENT_COLUMNS", default=[])
event_engine.understood(EVENT_ENGINE, EVENT_TABLE, EVENT_COLUMNS)  # now, or the start stops here
INBOX_MOST = env.whole("INBOX_MOST", default=50_000, low=1, high=10_000_000)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SCHEDULE = "arbiter.config.schedule.SCHEDULE"

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "foundation.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "arbiter.workspace.sign_in.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "arbiter.workspace.sign_in.forms.SignInForm",
    "request_login_code": "arbiter.workspace.sign_in.forms.CodeRequestForm",
    "confirm_login_code": "arbiter.workspace.sign_in.forms.CodeForm",
    "reset_password": "arbiter.workspace.sign_in.forms.ResetForm",
    "reset_password_from_key": "arbiter.workspace.sign_in.forms.ResetKeyForm",
    "change_password": "arbiter.workspace.sign_in.forms.ChangeForm",
    "set_password": "arbiter.workspace.sign_in.forms.SetForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- Mail -------------------------------------------------------------------------------------

EMAIL_URL = env.text("EMAIL_URL", default="", secret=True)
EMAIL_CA_FILE = env.text("EMAIL_CA_FILE", default="")
EMAIL_FROM = env.text("EMAIL_FROM", default="Arbiter <arbiter@localhost>")
EMAIL_REPLIES_TO = env.text("EMAIL_REPLIES_TO", default="")
EMAIL_REPLIES_URL = env.text("EMAIL_REPLIES_URL", default="", secret=True)
mail_ways.parse(EMAIL_URL, ca_file=EMAIL_CA_FILE)  # understood now, or the start stops here
mail_replies.Mailbox.parse(EMAIL_REPLIES_URL)
DEFAULT_FROM_EMAIL = EMAIL_FROM
EMAIL_BACKEND = "arbiter.foundation.mail.backend.OutboxBackend"

# --- Words, time, files -----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("TZ", default="UTC")
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "arbiter.ui.finders.BuiltFilesFinder",
]
_unfold = find_spec("unfold")
STATICFILES_DIRS = (
    [("inter", Path(_unfold.origin).parent / "static/unfold/fonts/inter")]
    if _unfold and _unfold.origin
    else []
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOG_LEVEL = env.one_of("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}

# --- What a page may load ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
