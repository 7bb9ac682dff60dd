"""The product's settings with one more app in every city, whose migrations a test writes."""

from __future__ import annotations

from sodam.settings import *  # noqa: F403
from sodam.settings import INSTALLED_APPS, TENANT_APPS

TENANT_APPS = [*TENANT_APPS, "growing"]
INSTALLED_APPS = [*INSTALLED_APPS, "growing"]
