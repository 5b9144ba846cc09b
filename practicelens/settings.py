"""All settings. What varies from one place to another comes from the environment.

Safe by default: with nothing but the three required variables set, this is production.
`.env.example` lists every variable.
"""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from practicelens.jobs.names import Task
from practicelens.variables import Variables

BASE_DIR = Path(__file__).resolve().parent.parent

given = Variables(os.environ)

# Over plain http on this machine only (the demonstration, the tests): cookies go without Secure.
INSECURE_HTTP = given.flag("INSECURE_HTTP", default=False)
# Made-up people, with passwords that anybody can read, and observations may be written here.
DEMONSTRATION = given.flag("DEMONSTRATION", default=False)


def database():
    given.database("DATABASE_OWNER_URL", needed=False)  # manage.py takes it where tables change
    found = given.database("DATABASE_URL") | {"ENGINE": "practicelens.database"}
    options = found.setdefault("OPTIONS", {})
    # What is bound apart from the statement is not in the server's log when the statement fails.
    options["server_side_binding"] = True
    # Compiling a plan costs more than running it: the queries are small.
    ours = "-c jit=off -c log_parameter_max_length_on_error=0"
    options["options"] = f"{options.get('options', '')} {ours}".strip()
    if given.flag("DATABASE_POOL", default=True):
        # Few and short-lived: a web process has two threads, a worker one.
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
        # Each connection is tried before it is handed out: nobody meets a restart of the database.
        found["CONN_HEALTH_CHECKS"] = True
    return found


SECRET_KEY = given.secret("SECRET_KEY", long=not INSECURE_HTTP)
DEBUG = False
ALLOWED_HOSTS = given.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = given.origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "practicelens.database",
    "practicelens.people",
    "practicelens.audit",
    "practicelens.mail",
    "practicelens.jobs",
    "frameworks",
    "observations",
    "reports",
    "practicelens.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
]

MIDDLEWARE = [
    "practicelens.jobs.middleware.any_host_may_ask_for_health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages, for phones far from a mast. Each has up to 100 bytes at random, so that its length tells
    # nothing of what is in it (the answer to BREACH); files are squeezed beforehand, or not at all.
    "django.middleware.gzip.GZipMiddleware",
    "practicelens.old_addresses.lead_on",
    "csp.middleware.CSPMiddleware",
    "practicelens.people.middleware.read_utf8_alone",
    "practicelens.people.middleware.end_lines_one_way",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "practicelens.people.middleware.read_reach_once",
    "practicelens.people.middleware.keep_their_time",
    "practicelens.people.middleware.never_store",
    "practicelens.people.middleware.record_refusals",
    "practicelens.people.middleware.keep_what_was_typed",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "practicelens.people.presses.press_once",
    "practicelens.once.LeadOn",
]

ROOT_URLCONF = "practicelens.urls"
FORM_RENDERER = "practicelens.forms.Renderer"
WSGI_APPLICATION = "practicelens.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "practicelens.people.navigation.furniture",
            ],
            "builtins": ["practicelens.people.templatetags.stamped"],
        },
    },
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # counters that protect someone are not thrown out
    }
}

# Sign-in: by email; people are added by a system admin, never by themselves.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "practicelens.people.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "practicelens.people.adapter.Entrance"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "practicelens.people.links.SetPasswordLinks"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Our own waits are in their place (people/waiting.py): these let a stranger lock someone out.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ["login", "login_failed", "reset_password", "reauthenticate"], ""
)
ACCOUNT_EMAIL_SUBJECT_PREFIX = "PracticeLens: "
SESSION_ENGINE = "practicelens.people.sessions"
SESSION_COOKIE_AGE = given.number(
    "SESSION_SECONDS", default=12 * 60 * 60, least=300, most=30 * 24 * 60 * 60
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = given.zone("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
# A model that reads what sentences mean, beside their words, in background jobs. Without one in the
# folder themes are suggested by words alone.
SENTENCE_MODEL = given.folder("SENTENCE_MODEL", default=".local/sentence-model", within=BASE_DIR)
STATIC_ROOT = given.folder("STATIC_ROOT", default="staticfiles", within=BASE_DIR)
STATICFILES_DIRS = [("js", BASE_DIR / "static/js"), ("build", BASE_DIR / "static/build")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "practicelens.static_files.Storage"},
}
PAPER_FONTS = BASE_DIR / "static/build/fonts/ttf"

vars().update(given.mail("EMAIL_URL", default="smtp://localhost:25"))
# Where mails about briefings link to; without it they say which page to open.
PUBLIC_ADDRESS = given.origin("PUBLIC_ADDRESS")
EMAIL_TIMEOUT = 5  # a dead mail server must not hold a page for longer
DEFAULT_FROM_EMAIL = given.sender("DEFAULT_FROM_EMAIL", default="practicelens@localhost")

CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# Headers and cookies
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked for straight at the process, over plain http
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if given.flag("BEHIND_PROXY", default=False) else None
)
# How many proxies of our own are before it: so many addresses of X-Forwarded-For are believed.
PROXY_COUNT = given.number(
    "PROXY_COUNT", default=1 if SECURE_PROXY_SSL_HEADER else 0, least=0, most=9
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_NAME = "sessionid" if INSECURE_HTTP else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if INSECURE_HTTP else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
# With the session, not in a cookie of their own: they may name someone.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "practicelens.people.refused_forms.form_out_of_date"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # text over 1 MB is refused, and kept

# More of the files of a form than one of them may have is never held.
FILE_UPLOAD_HANDLERS = ["frameworks.files.uploading.OnlySoMuch"]
# Held together they are no larger than one; the form that takes several says how many.
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# Background work. The broker only wakes the background process: every job is found from rows.
CELERY_BROKER_URL = given.broker("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # well above the longest task, or it would be delivered twice
    "socket_connect_timeout": 1,  # a submission waits for the nudge no longer than this
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "practicelens.jobs.calendar:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(
    given.file("BEAT_SCHEDULE_FILE", default="celerybeat-schedule", within=BASE_DIR)
)
SWEEP_SECONDS = given.number("SWEEP_SECONDS", default=60, least=5, most=3600)
CELERY_BEAT_SCHEDULE = {
    # Catches whatever a lost nudge left behind.
    "sweep": {"task": Task.SWEEP, "schedule": SWEEP_SECONDS},
    # Learns a new version wherever people decided something since the last.
    "learn": {"task": Task.ASK_TO_LEARN, "schedule": crontab(hour=2, minute=30)},
    # Drafts last month's briefings, once their day has begun where the unit is: some hour,
    # somewhere. Safe to run at any hour, there is one draft a unit and month.
    "compose": {"task": Task.COMPOSE_DUE, "schedule": crontab(minute=30)},
    # Ended sessions, and words kept for a week, are gone from the database.
    "end_roles": {"task": Task.END_ROLES, "schedule": crontab(minute=5)},
    "forget": {"task": Task.FORGET, "schedule": crontab(minute=20)},
    # Reminds practitioners whose time to reply is nearly over; what was missed is caught up.
    "remind": {"task": Task.REMIND, "schedule": crontab(minute=10)},
    # Groups what no theme covers, on Mondays: there is little new in a day.
    "emerging": {
        "task": Task.LOOK_EVERY_WEEK,
        "schedule": crontab(day_of_week=1, hour=3, minute=30),
    },
}

# Leaders are told of groups of so many observations about so many people. One and two name someone.
SMALL_COUNT_THRESHOLD = given.number("SMALL_COUNT_THRESHOLD", default=5, least=3, most=100)
# A month holds too few observations for a figure: figures are for this many months.
WINDOW_MONTHS = given.number("WINDOW_MONTHS", default=6, least=1, most=24)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "practicelens.database.telling.WithoutRows",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": given.level("LOG_LEVEL", default="WARNING")},
    # At their lowest level these two write down what is on a page and what goes to the database.
    "loggers": {name: {"level": "INFO"} for name in ("django.template", "django.db.backends")},
}

given.refuse_faults()
