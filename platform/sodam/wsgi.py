"""The web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
application = get_wsgi_application()

from sodam.celery import app as jobs  # noqa: E402  # else jobs of the web seek another broker
from sodam.logs import configure_logging  # noqa: E402  # after django.setup()

__all__ = ["application", "jobs"]

configure_logging()

gc.collect()
gc.freeze()  # what was loaded stays: looking through it again and again cost a tenth of a request
