"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
application = get_wsgi_application()

from sodam.logs import configure_logging  # noqa: E402  # after django.setup()

configure_logging()
