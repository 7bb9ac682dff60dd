"""Asking for operations on archives from anywhere; what cannot be right is refused at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tenants.errors import UnknownCity
from tenants.models import City
from tenants.provisioning.archive.errors import ArchiveMissing, CodeTaken, NotErasable
from tenants.provisioning.archive.places import TAKEN
from tenants.provisioning.operations import operation_ask
from tenants.serving import city_role
from tenants.shared import shared_tables
from tenants.sql import rows
from tenants.types import Asker, OperationFacts, OperationKind, Purpose


def archive_ask(
    kind: OperationKind, code: str, *, by: Asker, now: datetime, reason: str = "", **arguments: Any
) -> OperationFacts:
    """Of a city or copy that is there. Raises UnknownCity, OperationUnderWay."""
    city_kept(code)
    return operation_ask(kind, code, by=by, now=now, arguments=arguments, reason=reason)


def restore_ask(
    code: str, archive: Path, *, by: Asker, now: datetime, **more: Any
) -> OperationFacts:
    """Into a new code. Raises ArchiveMissing, CodeTaken, UnknownCity for what can be no code."""
    city_role(code)
    if not archive.is_file():
        raise ArchiveMissing(f"그런 보관본이 없습니다: {archive}")
    with shared_tables():
        copies = City.objects.filter(code=code).exclude(purpose=Purpose.SERVICE.value)
        is_taken = copies.exists() or rows("SELECT 1 WHERE to_regnamespace(%s) IS NOT NULL", [code])
    if is_taken:
        raise CodeTaken(TAKEN, code=code)
    arguments = {"archive": str(archive), **more}
    return operation_ask(OperationKind.RESTORE, code, by=by, now=now, arguments=arguments)


def erase_ask(
    code: str, *, by: Asker, now: datetime, keep_backups: bool = False, reason: str = ""
) -> OperationFacts:
    """Raises NotErasable for a public city that was not closed before."""
    erasable(city_kept(code))
    return archive_ask(
        OperationKind.ERASE, code, by=by, now=now, reason=reason, keep_backups=keep_backups
    )


def erasable(city: City) -> None:
    """Raises NotErasable for a city that serves people: it is closed first. A copy may go."""
    is_served = city.status in (City.Status.OPEN, City.Status.SUSPENDED)
    if city.purpose == Purpose.SERVICE and city.public_at is not None and is_served:
        raise NotErasable(CLOSE_FIRST, code=city.code)


def city_kept(code: str) -> City:
    """The line of a city or copy that has not been erased. Raises UnknownCity."""
    with shared_tables():
        found: City | None = City.objects.filter(code=code).first()
    if found is None:
        raise UnknownCity("그런 시·도나 사본이 없습니다.", code=code)
    return found


CLOSE_FIRST = "시민에게 공개된 시·도는 먼저 닫아야 지울 수 있습니다: `sodam city close`"
