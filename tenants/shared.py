"""The shared tables, from whichever process: as the platform's login, or as the owner."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings

from tenants.serving import serving_platform

OWNERS_BACKEND = "django_tenants.postgresql_backend"


def is_owner() -> bool:
    """Is this the process that may make schemas?"""
    return bool(settings.DATABASES["default"]["ENGINE"] == OWNERS_BACKEND)


def shared_tables() -> AbstractContextManager[Any]:
    """`with shared_tables():` reads and writes the platform's tables.

    In a serving process never inside a city's transaction: raises CitySwitchInTransaction there.
    """
    return nullcontext() if is_owner() else serving_platform()
