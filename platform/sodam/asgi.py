"""The ASGI entry, for servers that prefer it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
application = get_asgi_application()

from sodam.celery import app as jobs  # noqa: E402  # else jobs of the web seek another broker
from sodam.logs import configure_logging  # noqa: E402  # after django.setup()

__all__ = ["application", "jobs"]

configure_logging()
