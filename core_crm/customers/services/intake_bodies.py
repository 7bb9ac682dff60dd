"""Bodies of a list as they are matched and written: those known, those of the list itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from core_crm.common.phones import PhoneRead
from core_crm.customers.models import ContactPoint, Organisation
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.types import ContactKind, CustomerState
from core_crm.imports.types import Taking

Values = dict[str, Any]
COLUMNS = (
    *("name", "kind", "trade", "registration_no", "representative_name", "phone", "extension"),
    *("email", "website", "postcode", "address", "address_detail", "district_code", "facts"),
)


class Bodies:
    """Finds a body among those known and those of this piece."""

    def __init__(self, rows: Iterable[Values], *, for_update: bool) -> None:
        self._by: dict[tuple[str, ...], Organisation] = {}
        self.new: list[Organisation] = []
        self.changed: dict[UUID, Organisation] = {}
        for row in _known(list(rows), for_update=for_update):
            self._keep(row)

    def find(self, values: Values) -> Organisation | None:
        return next((found for key in _keys(values) if (found := self._by.get(key))), None)

    def add(self, values: Values, taking: Taking) -> Organisation:
        row = Organisation(
            **{name: values[name] for name in COLUMNS},
            source=taking.source[:40],
            batch_id=taking.batch_id,
            created_at=taking.now,
        )
        self.new.append(row)
        self._keep(row)
        return row

    def change(self, row: Organisation, changes: Values, taking: Taking) -> None:
        for name, value in changes.items():
            setattr(row, name, value)
        if row.batch_id != taking.batch_id:
            row.changed_at = taking.now
            self.changed[row.pk] = row
        elif row not in self.new:
            self.changed[row.pk] = row
        self._keep(row)

    def _keep(self, row: Organisation) -> None:
        for key in _keys({name: getattr(row, name) for name in COLUMNS}):
            self._by.setdefault(key, row)


def _keys(values: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The surest first. A name alone tells only bodies apart of which nothing else is known."""
    name, number, phone = values["name"], values["registration_no"], values["phone"]
    place = re.sub(r"\s", "", values["address"])
    keys: list[tuple[str, ...]] = [("number", number)] if number else []
    keys += [("phone", name, phone)] if phone else []
    keys += [("address", name, place)] if place else []
    return keys or [("name", name)]


def _known(rows: Sequence[Values], *, for_update: bool) -> Iterable[Organisation]:
    active = Organisation.objects.filter(state=CustomerState.ACTIVE)
    active = active.select_for_update() if for_update else active
    names, numbers = {row["name"] for row in rows}, {row["registration_no"] for row in rows} - {""}
    by_name = active.filter(name__in=names).order_by("created_at", "pk")
    by_number = active.filter(registration_no__in=numbers).order_by("created_at", "pk")
    return {row.pk: row for row in (*by_number, *by_name)}.values()


def bodies_write(bodies: Bodies) -> None:
    for row in (*bodies.new, *bodies.changed.values()):
        row.terms = terms_of(row.name, row.address, row.phone)
    Organisation.objects.bulk_create(bodies.new)
    names = [*COLUMNS, "terms", "changed_at"]
    Organisation.objects.bulk_update(bodies.changed.values(), names, batch_size=500)


def numbers_write(numbers: Mapping[UUID, Sequence[PhoneRead]], taking: Taking) -> None:
    """The further telephones of new bodies."""
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(
                organisation_id=pk,
                kind=ContactKind.WORK.value,
                value=one.e164,
                extension=one.extension[:12],
                label=one.label,
                source=taking.source[:40],
                recorded_at=taking.now,
            )
            for pk, found in numbers.items()
            for one in found
        ],
        ignore_conflicts=True,
    )
