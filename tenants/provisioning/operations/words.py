"""A failure on one line: which one it was, never the values of a row."""

from __future__ import annotations

import psycopg

from tenants.errors import DomainError
from tenants.provisioning.operations.speaking import ServingGone, StepFailed


def words_of(failure: BaseException) -> str:
    """A named failure says what to do itself; of others the kind and the first line are told."""
    if isinstance(failure, DomainError | StepFailed | ServingGone):
        return str(failure)
    cause = failure if isinstance(failure, psycopg.Error) else failure.__cause__
    told = cause.diag.message_primary if isinstance(cause, psycopg.Error) else str(failure)
    return f"{type(failure).__name__}: {(told or '').partition(chr(10))[0]}"[:1000]
