"""Objects and querysets remember the city they came from and refuse to work in another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

from django.db import models

from tenants.errors import WrongCity
from tenants.isolation.ids import UUIDv7Field, uuid7
from tenants.scope import current, current_or_none

__all__ = ["CityModel", "CityQuerySet", "CityRouter", "UUIDv7Field", "uuid7"]

M = TypeVar("M", bound=models.Model)


def check(owner: object, what: str) -> None:
    """Raise WrongCity when `owner` is stamped with another city than the one being served."""
    stamp = getattr(owner, "_city", None)
    if stamp is not None and stamp != current().schema:
        raise WrongCity(f"{what} belongs to {stamp} and was used in {current().schema}.")


def check_values(values: dict[str, Any]) -> None:
    for key, value in values.items():
        for item in value if isinstance(value, list | tuple | set) else (value,):
            if isinstance(item, CityModel | CityQuerySet):
                check(item, f"The value of {key}")


class CityQuerySet(models.QuerySet[M], Generic[M]):
    """A queryset bound to the city it was made in, or first used in when made at import time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = current_or_none()
        self._city: str | None = scope.schema if scope else None

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]  # private to Django, absent from stubs
        copy._city = self._city or copy._city
        return copy

    def _bind(self) -> None:
        check(self, f"A queryset of {self.model.__name__}")
        self._city = current().schema

    @property
    def db(self) -> str:  # every road to the database asks for it
        self._bind()
        return super().db

    def _fetch_all(self) -> None:
        self._bind()  # also when the result is already cached
        super()._fetch_all()

    def _add_hints(self, **hints: Any) -> None:
        if "instance" in hints:  # related managers
            check(hints["instance"], type(hints["instance"]).__name__)
        super()._add_hints(**hints)  # type: ignore[misc]  # private to Django, absent from stubs

    def update(self, **kwargs: Any) -> int:
        check_values(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        check_values({"objs": objs})
        return super().bulk_update(objs, *args, **kwargs)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        objs = list(objs)
        check_values({"objs": objs})
        for obj in objs:
            obj._city = current().schema  # type: ignore[attr-defined]  # CityModel's stamp
        return super().bulk_create(objs, *args, **kwargs)

    def _filter_or_exclude_inplace(self, negate: bool, args: Any, kwargs: dict[str, Any]) -> None:
        check_values(kwargs)
        super()._filter_or_exclude_inplace(negate, args, kwargs)  # type: ignore[misc]


class CityRouter:
    """Django asks the router with the instance at hand on FK access, assignment, save, delete."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> None:
        check(hints.get("instance"), model.__name__)

    db_for_write = db_for_read

    def allow_relation(self, a: models.Model, b: models.Model, **hints: Any) -> bool | None:
        check(a, type(a).__name__)
        check(b, type(b).__name__)
        return None


class CityModel(models.Model):
    """Base of every row of a city: a UUIDv7 id, and a stamp that no other city accepts."""

    _city: str | None = None  # in __dict__ once set, so it travels with pickle (cache, Celery)

    id = UUIDv7Field(primary_key=True)

    objects = CityQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        new: Self = super().from_db(*args, **kwargs)
        new._city = current().schema
        return new

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        check(self, type(self).__name__)
        super().save_base(*args, **kwargs)
        self._city = current().schema

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        check(self, type(self).__name__)
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        check(self, type(self).__name__)
        super().refresh_from_db(*args, **kwargs)
