"""Looking without touching: nothing a look does is kept, and none of its statements runs long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tenants import sql

SETTING = "SELECT set_config(%s, %s, true)"


@contextmanager
def reading_only(*, statement_seconds: float) -> Iterator[None]:
    """A transaction, or a savepoint in one, that the database refuses to write in.

    Always rolled back, which also brings both settings back. Writing raises InternalError, a
    statement that takes longer OperationalError.
    """
    with transaction.atomic():
        sql.rows(SETTING, ["transaction_read_only", "on"])
        sql.rows(SETTING, ["statement_timeout", str(max(int(statement_seconds * 1000), 1))])
        try:
            yield
        finally:
            transaction.set_rollback(True)
