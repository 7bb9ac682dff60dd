"""Django's settings: fixed choices here, what differs between deployments from `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sodam.settings.database import databases
from sodam.settings.environment import env
from sodam.settings.sign_on import oidc_providers

REPOSITORY = Path(__file__).resolve().parents[3]
FIXTURES_DIR = REPOSITORY / "fixtures"

SECRET_KEY = env.secret_key
DEBUG = False
DEMO_MODE = env.is_demo
ALLOWED_HOSTS = ["*"]  # CityMiddleware answers only hosts of the directory
DOOR_HOSTS = list(dict.fromkeys(["localhost", "127.0.0.1", env.host_suffix]))
ROOT_URLCONF = "sodam.urls.city"
FACE_URLCONFS = {face: f"sodam.urls.{face}" for face in ("city", "doors", "console", "ministry")}
WSGI_APPLICATION = "sodam.wsgi.application"

SHARED_APPS = [
    "django_tenants",
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "tenants.accounts",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "core_crm.audit",  # here: what operators did; in a city: what its people did
    "core_crm.national_reports",
]
TENANT_APPS = [
    "tenants.accounts",
    "django.contrib.sessions",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "core_crm.common",
    "core_crm.audit",
    "core_crm.files",
    "core_crm.imports",
    "core_crm.staff",
    "core_crm.customers",
    "core_crm.messaging",
    "core_crm.voices",
    "core_crm.surveys",
    "core_crm.segments",
    "core_crm.privacy",
    "core_crm.kpis",
    "customization.documents",
    "customization.registry",
]
FACE_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "rest_framework",
    "drf_spectacular",
    *(f"sodam.{name}" for name in ("ui", "citizen", "staff", "studio", "console", "ministry")),
    "sodam.api",
]
INSTALLED_APPS = list(
    dict.fromkeys([*SHARED_APPS, *TENANT_APPS, "customization", *FACE_APPS])  # no tables of its own
)

TENANT_MODEL = "tenants.City"
TENANT_DOMAIN_MODEL = "tenants.Host"
PG_EXTRA_SEARCH_PATHS = ["extensions"]
SKIP_PG_EXTRA_VALIDATION = True  # else a query at every start, before any city is served
DATABASES = databases(env)
DATABASE_ROUTERS = [
    "tenants.isolation.objects.CityRouter",
    "django_tenants.routers.TenantSyncRouter",
]
if env.is_owner:
    DATABASE_ROUTERS = DATABASE_ROUTERS[1:]
CITY_POOLS: dict[str, Any] = {
    "MASTER_KEY": env.master_key,
    "ROLE_PREFIX": env.role_prefix,
    "DIRECTORY_SECONDS": 60.0,
    "DIRECTORY_LOOK_SECONDS": 2.0,
    "KEPT_SECONDS": 2.0,
    "MAX_POOLS": 64,
    "POOL": {
        "min_size": 0,
        "max_size": 4,
        "timeout": 5.0,
        "max_idle": 30.0,
        "max_lifetime": 1800.0,
        "reconnect_timeout": 5.0,
        "num_workers": 1,
    },
}
# Jobs of one city at once: at most half of a worker's processes, so one is free for the others.
CITY_JOBS_AT_ONCE = env.city_jobs or max(1, env.worker_processes // 2)
# In a minute; 0 is no limit. A city's own numbers (`City.limits`, by the same names) win.
SODAM_RATE_LIMITS = {
    "requests_per_minute": env.city_requests,
    "address_requests_per_minute": env.address_requests,
    "address_forms_per_minute": env.address_forms,
    "api_requests_per_minute": env.key_requests,
}

MIDDLEWARE = [
    "sodam.urls.proxies.TrustedProxyMiddleware",
    "sodam.urls.health.HealthMiddleware",
    "sodam.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.isolation.middleware.CityMiddleware",
    "sodam.urls.security.ContentSecurityPolicyMiddleware",
    "sodam.urls.security.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sodam.ui.idle.KeepSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "sodam.urls.limits.RateLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sodam.urls.security.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sodam.errors.DomainErrorMiddleware",
    "sodam.staff.operator_visit.OperatorVisitMiddleware",
    "sodam.studio.previewing.PreviewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # before allauth's own, which its apps would win with
        "DIRS": [str(REPOSITORY / "platform" / "sodam" / "staff" / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sodam.ui.context.page",
            ],
        },
    }
]

AUTH_USER_MODEL = "tenants_accounts.User"
AUTHENTICATION_BACKENDS = ["sodam.demo.accounts.RealAccounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/staff/login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "sodam.staff.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sodam.staff.accounts.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = oidc_providers(env)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 30 * 60  # kept alive by sodam.ui.idle, once a minute
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not env.is_demo
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.broker_url,
        "KEY_FUNCTION": "tenants.isolation.keys.city_key",
    }
}
MEDIA_ROOT = str(env.home / "files")
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # citizens' photographs
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
BACKUPS: dict[str, Any] = {
    "FOLDER": env.backup_dir or str(env.home / "backups"),
    "RECIPIENTS": env.backup_recipients,
    "IDENTITY_FILE": env.backup_identity_file,
    "SECRETS_FOLDER": str(env.home / "secrets"),
}
KEY_RING: dict[str, Any] = {  # what locks unique identifiers, outside of the database
    "FILE": env.key_ring or str(env.home / "secrets" / "identifiers.json"),
    "IS_MADE_ON_THE_SPOT": env.is_demo,
}
STATIC_URL = "/static/"
STATIC_ROOT = str(env.home / "static")
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [str(REPOSITORY / "platform" / "sodam" / "ui" / "locale")]
USE_I18N = True
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "sodam.api.documentation.ScopedSchema",
    "EXCEPTION_HANDLER": "sodam.errors.api_exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sodam API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "OrganisationKind": "sodam.api.organisation_shapes.KINDS",
        "PetitionClass": "sodam.api.catalogue.CLASSES",
    },
}

SODAM_SMTP_HOST, SODAM_SMTP_PORT = env.smtp_host, env.smtp_port
SODAM_SMTP_USER, SODAM_SMTP_PASSWORD = env.smtp_user, env.smtp_password
SODAM_SMTP_SECURITY, SODAM_SMTP_SENDER = env.smtp_security, env.smtp_from
SODAM_SMS_GATEWAY_URL, SODAM_SMS_GATEWAY_TOKEN = env.sms_gateway_url, env.sms_gateway_key
SODAM_SMS_SENDER = env.sms_gateway_sender
SODAM_PRICES_KRW = {  # what one message costs the city; nobody is billed by Sodam
    "SMS": env.price_sms_krw,
    "LMS": env.price_lms_krw,
    "email": env.price_email_krw,
}
SODAM_CITY_GATEWAYS = env.city_gateways
SODAM_PUBLIC_PORT = env.port
SODAM_HOST_SUFFIX = env.host_suffix
SODAM_PUBLIC_SCHEME = "http" if env.is_demo else "https"

SODAM_TRUSTED_PROXIES = env.trusted_proxies
if env.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if env.is_demo else 365 * 24 * 3600

LOGGING_CONFIG = None  # sodam.logs configures it
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sodam.errors.csrf_failure"
HOST_REFUSED = "sodam.errors.host_refused"
