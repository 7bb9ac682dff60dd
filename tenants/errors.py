"""Failures everyone may raise or meet: the base of all named failures, and those of the walls."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError


class DomainError(Exception):
    """A named failure of the field: a code, a Korean sentence and facts without personal data.

    `http_status` is what an HTTP edge answers; `code` is stable and documented.
    """

    code: ClassVar[str] = "error"
    http_status: ClassVar[int] = 400

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class NoCity(ImproperlyConfigured):
    """A query or a city-dependent call was made while no city was being served."""


class UnknownCity(DomainError):
    """No city has this code or answers at this host."""

    code = "city.unknown"
    http_status = 404


class CitySuspended(DomainError):
    """The city is known, but not open to the public now."""

    code = "city.suspended"
    http_status = 503


class CityAlreadyOpen(DomainError):
    """The city has been opened before."""

    code = "city.already_open"
    http_status = 409


class CitySwitchInTransaction(RuntimeError):
    """Another city was asked for in an open transaction. Never swallowed as a database error."""


class WrongCity(RuntimeError):
    """An object or queryset of one city was used in another."""


class CityPoolExhausted(OperationalError):
    """Every connection of this city's pool was busy for the whole timeout."""


class LockHeld(DomainError):
    """Somebody else holds this lock of the city."""

    code = "lock.held"
    http_status = 409


class OperationUnderWay(DomainError):
    """Another operation of this city waits, runs, or has to be retried or taken back first."""

    code = "operation.under_way"
    http_status = 409


class OperationUnknown(DomainError):
    """No operation has this id."""

    code = "operation.unknown"
    http_status = 404


class OperationNotPossible(DomainError):
    """What was asked for does not fit the state in which the operation is."""

    code = "operation.not_possible"
    http_status = 409


class OperationHeld(DomainError):
    """Another process is doing this operation now."""

    code = "operation.held"
    http_status = 409


class SamePerson(DomainError):
    """Who asked cannot agree: a second person is needed."""

    code = "operation.same_person"
    http_status = 409


class NoticeNotPossible(DomainError):
    """An announcement that nobody would see, or that is over."""

    code = "notice.not_possible"
    http_status = 409


class HostInvalid(DomainError):
    """No city can answer at this host name."""

    code = "host.invalid"
    http_status = 422


class HostTaken(DomainError):
    """Another city answers at this host name."""

    code = "host.taken"
    http_status = 409


class CityNotWhole(DomainError):
    """A city's tables or rights are not what a fresh city's are."""

    code = "city.not_whole"
    http_status = 409
