"""Django settings: one file, everything an installation may choose comes from config/env.py."""

from datetime import timedelta

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.databases import database, make_folder
from config.secrets import secret

BASE_DIR = env.BASE_DIR
DATA_DIR = env.folder("DATA_DIR")
SECRETS_DIR = env.folder("SECRETS_DIR")

DEBUG = env.flag("DEBUG")
SECRET_KEY = secret(SECRETS_DIR, "secret_key", env.text("SECRET_KEY"))
AUDIT_KEY = secret(SECRETS_DIR, "audit_key", env.text("AUDIT_KEY"))
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.names("TRUSTED_ORIGINS")
PLAN_DIR = env.folder("PLAN_DIR")
HOST = env.text("HOST")
PORT = env.number("PORT")
WORKERS = env.number("WORKERS")
WORKER = env.flag("WORKER")
JOB_DAYS = env.number("JOB_DAYS")
DEMO = env.flag("DEMO")
DEMO_PASSWORD = env.text("DEMO_PASSWORD")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("环境变量 SECRET_KEY 太短:应为 50 个字符以上的随机文字;不设置则自动生成。")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "spectown.audit",
    "spectown.jobs",
    "spectown.accounts",
    "spectown.organisations",
    "spectown.outbox",
    "spectown.plans",
    "spectown.towns",
    "spectown.lists",
    "spectown.enterprises",
    "spectown.projects",
    "spectown.ledgers",
    "spectown.certification",
    "spectown.documents",
    "spectown.rounds",
    "spectown.supervision",
    "spectown.monitoring",
    "spectown.evaluation",
    "spectown.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "spectown.web.middleware.FragmentMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "spectown.web.middleware.SessionLimitMiddleware",
    "spectown.web.middleware.ActorMiddleware",
    "spectown.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "spectown" / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.contrib.humanize.templatetags.humanize",
                "spectown.web.templatetags.spectown",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "spectown.web.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = False

DATABASES = {"default": database(env.text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # the queue stands in our own database
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
FORMAT_MODULE_PATH = None

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
make_folder(STATIC_ROOT, "DATA_DIR")  # whitenoise warns of a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "spectown" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = env.number("UPLOAD_MB") * 1024 * 1024
SOFFICE = env.optional_folder("SOFFICE")  # LibreOffice, for own templates as PDF
FONT_DIR = env.optional_folder("FONT_DIR")  # the office's licensed fonts for official documents
DUE_HOUR = env.number("DUE_HOUR")
SITE_URL = env.text("SITE_URL").rstrip("/")  # what links in e-mails and calendars begin with
EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = env.number("MAIL_PORT")
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD")
EMAIL_USE_TLS = env.text("MAIL_SECURITY") == "starttls"
EMAIL_USE_SSL = env.text("MAIL_SECURITY") == "ssl"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM") or EMAIL_HOST_USER or "spectown@localhost"
ROBOT_HOSTS = [name.lower() for name in env.names("ROBOT_HOSTS")]
IMPORT_KEEP_DAYS = env.number("IMPORT_KEEP_DAYS")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench:home"
LOGOUT_REDIRECT_URL = "public:home"

# allauth: accounts are made by the administrator; nobody signs up, nobody needs e-mail.
ACCOUNT_ADAPTER = "spectown.web.account_adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,  # axes counts in the database, across workers
    "login": "120/m/ip",  # a whole authority may stand behind one address
}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_FORMS = {
    "login": "spectown.web.account.forms.LoginForm",
    "change_password": "spectown.web.account.forms.ChangePasswordForm",
    "reauthenticate": "spectown.web.account.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "spectown.web.account.forms.AuthenticateForm",
    "reauthenticate": "spectown.web.account.forms.MFAReauthenticateForm",
    "activate_totp": "spectown.web.account.forms.ActivateTOTPForm",
}
MFA_ADAPTER = "spectown.web.account_adapter.EncryptingMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "专镇通"
USERSESSIONS_TRACK_ACTIVITY = False

AXES_FAILURE_LIMIT = env.number("LOGIN_FAILURES")
AXES_COOLOFF_TIME = timedelta(minutes=env.number("LOCK_MINUTES"))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_MINUTES") * 60
SESSION_COOKIE_AGE = env.number("SESSION_HOURS") * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "spectown.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env.flag("HTTPS")
SECURE_HSTS_SECONDS = 31536000 if env.flag("HTTPS") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HTTPS") else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
