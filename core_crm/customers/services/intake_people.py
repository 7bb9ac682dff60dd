"""People of a list as they are matched: whom we know, whom the list itself named before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core_crm.customers.models import Citizen
from core_crm.customers.selectors.citizens import survivor_of
from core_crm.customers.types import CustomerState
from tenants import sql
from tenants.isolation.ids import uuid7

COLUMNS = (
    *("name", "phone", "email", "preferred_channel", "language", "birth_on", "sex"),
    *("postcode", "address", "address_detail", "district_code"),
)
Values = dict[str, Any]
Key = tuple[str, str, str]
TABLE = Citizen._meta.db_table
KNOWN = f"""
SELECT name, phone, email, id, state FROM {TABLE}
WHERE {{way}} = ANY(%s) AND {{way}} <> '' AND NOT is_anonymous AND state IN ('active', 'merged')
ORDER BY state, created_at, id
"""  # noqa: S608 - our own table; the index of contacts is walked once along the sorted contacts
LOADED = f"SELECT id, batch_id, {', '.join(COLUMNS)} FROM {TABLE} WHERE id = ANY(%s) ORDER BY id"  # noqa: S608


@dataclass(slots=True)
class Person:
    """A citizen while a piece of a list is worked on. `values` by column; birth_on as a date."""

    id: UUID
    values: Values
    is_new: bool = False
    batch_id: UUID | None = None
    changed: set[str] = field(default_factory=set)


class People:
    """Finds a person by name and contact, among those known and those of this piece."""

    def __init__(self, rows: Sequence[Values], *, for_update: bool) -> None:
        self._by: dict[Key, Person] = {}
        self.new: list[Person] = []
        matched = _matched(rows)
        known = _loaded({found for _key, found in matched}, for_update=for_update)
        self.known = list(known.values())
        for key, found in matched:
            if found in known:
                self._by.setdefault(key, known[found])
        for person in known.values():
            self._keep(person, is_weak=True)

    def find(self, values: Values) -> Person | None:
        """Who has this name and all contacts; else the telephone; else the e-mail address."""
        for way, contact in _ways(values):
            if found := self._by.get((values["name"], way, contact)):
                return found
        return None

    def add(self, values: Values) -> Person:
        """Somebody new. Without a contact nobody finds them again."""
        person = Person(uuid7(), values, is_new=True)
        self.new.append(person)
        self._keep(person)
        return person

    def relearn(self, person: Person) -> None:
        """Further contacts of somebody are known from now on."""
        self._keep(person, is_weak=True)

    def _keep(self, person: Person, *, is_weak: bool = False) -> None:
        for way, contact in _ways(person.values):
            key = (person.values["name"], way, contact)
            if is_weak:
                self._by.setdefault(key, person)
            else:
                self._by[key] = person


def _ways(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    phone, email = values["phone"], values["email"]
    if phone and email:
        yield "both", f"{phone} {email}"
    if phone:
        yield "phone", phone
    if email:
        yield "email", email


def _matched(rows: Sequence[Values]) -> list[tuple[Key, UUID]]:
    """(name, way, contact) and the citizen's id, who is active and longest known first.

    An alias is whom it was merged into.
    """
    names = {row["name"] for row in rows}
    found: list[tuple[Key, UUID]] = []
    aliases: set[UUID] = set()
    for way in ("phone", "email"):
        for name, phone, email, pk, state in _known(way, rows):
            if name in names:
                told_values = {"phone": phone, "email": email}
                found += [((name, *each), pk) for each in _ways(told_values)]
                if state == CustomerState.MERGED:
                    aliases.add(pk)
    survivors = _survivors(aliases)
    return [(key, survivors.get(pk, pk)) for key, pk in found]


def _known(way: str, rows: Sequence[Values]) -> list[tuple[Any, ...]]:
    contacts = sorted({row[way] for row in rows} - {""})
    return sql.tuples(KNOWN.format(way=way), [contacts]) if contacts else []


def _survivors(aliases: set[UUID]) -> dict[UUID, UUID]:
    found = Citizen.objects.filter(pk__in=aliases) if aliases else ()
    return {each.pk: survivor_of(each).pk for each in found}


def _loaded(ids: set[UUID], *, for_update: bool) -> dict[UUID, Person]:
    """By id, held for a change in the order of ids, so that two imports never wait in a ring."""
    if not ids:
        return {}
    locked = f"{LOADED} FOR UPDATE" if for_update else LOADED
    return {
        row[0]: Person(row[0], dict(zip(COLUMNS, row[2:], strict=True)), batch_id=row[1])
        for row in sql.tuples(locked, [sorted(ids)])
    }


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON holds them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def untold(values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns out of JSON."""
    born = values.get("birth_on")
    if isinstance(born, str):
        return dict(values) | {"birth_on": date.fromisoformat(born)}
    return dict(values)
