"""The ASGI entry, for servers that prefer it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
application = get_asgi_application()

from sodam.logs import configure_logging  # noqa: E402  # after django.setup()

configure_logging()
