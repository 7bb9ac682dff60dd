"""What operators and a city's approvers decide about a city without its owner.

From any process, never inside a city's transaction: the platform's login writes. Every process
notices within seconds; the one that decided at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce

from tenants import directory
from tenants.errors import UnknownCity
from tenants.models import City
from tenants.shared import is_owner, shared_tables
from tenants.stamp import directory_changed
from tenants.types import OPEN, SUSPENDED

SERVED = (OPEN, SUSPENDED)


def city_publish(code: str, *, now: datetime) -> None:
    """Open to the public: the trial is over, and messages leave the house. Raises UnknownCity."""
    _change(code, is_trial=False, public_at=Coalesce("public_at", now))


def city_set_trial(code: str, *, is_trial: bool) -> None:
    """Back to trial, or out of it without becoming public. Raises UnknownCity."""
    _change(code, is_trial=is_trial)


def city_suspend(code: str, *, suspended: bool = True) -> None:
    """Take a city from the public, or give it back. Raises UnknownCity."""
    _change(code, status=SUSPENDED if suspended else OPEN)


def city_change(
    code: str,
    *,
    contacts: Mapping[str, str] | None = None,
    limits: Mapping[str, int] | None = None,
    ring: int | None = None,
) -> None:
    """Whom operators call, how much the city may use, when it is migrated. Raises UnknownCity."""
    given = {"contacts": contacts, "limits": limits, "ring": ring}
    _change(code, **{name: value for name, value in given.items() if value is not None})


def _change(code: str, **values: Any) -> None:
    with shared_tables():
        changed = City.objects.filter(code=code, status__in=SERVED).update(**values)
    if not changed:
        raise UnknownCity("열려 있는 시·도가 아닙니다.", code=code)
    directory_changed()
    if not is_owner():
        directory.refresh()
