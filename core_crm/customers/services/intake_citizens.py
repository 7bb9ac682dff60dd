"""Rows of a list becoming citizens: read cell by cell, matched and written in sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from core_crm.common.districts import district_of
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.services import intake_cells as cells
from core_crm.customers.services import reading
from core_crm.customers.services.intake_fields import CITIZEN_FIELDS
from core_crm.customers.services.intake_lists import list_check
from core_crm.customers.services.intake_people import People, Person, Values, told
from core_crm.customers.services.intake_undo import (
    citizens_remove,
    citizens_restore,
    citizens_used,
)
from core_crm.customers.services.intake_writing import acquired_join, again_if_taken, people_write
from core_crm.imports.types import (
    ImportOptions,
    MatchPolicy,
    RowField,
    RowOutcome,
    RowResult,
    Taking,
)
from tenants.context import current_city
from tenants.errors import DomainError


class CitizenRows:
    """Each row is a person. The same name with the same contact is the same person."""

    code = "citizens"
    label = "개인"
    fields: tuple[RowField, ...] = CITIZEN_FIELDS

    def check(self, options: ImportOptions) -> None:
        """Raises AcquiredListNotFound, AcquiredListEnded, CustomerNotValid."""
        list_check(options, kind=self.code)

    def take(self, rows: Sequence[Mapping[str, str]], taking: Taking) -> list[RowResult]:
        """In the caller's transaction, which a check rolls back."""
        read = people_read(rows, taking)
        return again_if_taken(partial(self._take, read, taking))

    def _take(self, read: Sequence[Values | RowResult], taking: Taking) -> list[RowResult]:
        people = people_for(read, taking)
        results = [
            each if isinstance(each, RowResult) else person_take(each, people, taking)[1]
            for each in read
        ]
        people_write(people, taking)
        acquired_join("citizen", results, taking)
        return results

    def used(self, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
        return citizens_used(ids, acquired_list_id)

    def remove(self, ids: Sequence[UUID]) -> None:
        citizens_remove(ids)

    def restore(
        self, changes: Sequence[tuple[UUID, Mapping[str, Any], Mapping[str, Any]]], *, now: datetime
    ) -> set[UUID]:
        return citizens_restore(changes, now=now)


def people_for(read: Sequence[Values | RowResult], taking: Taking) -> People:
    """Whom of the readable rows we know; held for a change where one may come."""
    wanted = [each for each in read if not isinstance(each, RowResult)]
    return People(wanted, for_update=taking.policy != MatchPolicy.SKIP)


def people_read(rows: Sequence[Mapping[str, str]], taking: Taking) -> list[Values | RowResult]:
    """Of each row the columns that it tells, or why it is refused."""
    city, today = current_city().code, localdate(taking.now)
    return [_read(row, city, today) for row in rows]


def _read(row: Mapping[str, str], city: str, today: date) -> Values | RowResult:
    try:
        return _values(row, city, today)
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        return RowResult(RowOutcome.REFUSED, field=field, reason=refused.message)


def _values(row: Mapping[str, str], city: str, today: date) -> Values:
    """What a row says, in kept form; every column is there, "" or None where it says nothing."""
    name = cells.name_cell(row.get("name", ""))
    phone = cells.phone_cell(row.get("phone", ""), city=city)
    email = cells.email_cell(row.get("email", ""))
    if not name:
        raise CustomerNotValid("이름을 적어 주세요.", field="name")
    if not (phone or email):
        raise CustomerNotValid(
            "휴대전화나 이메일이 있어야 같은 사람을 알아볼 수 있습니다.", field="phone"
        )
    address = cells.text_cell(row.get("address", ""), length=200, field="address")
    detail = cells.text_cell(row.get("address_detail", ""), length=100, field="address_detail")
    return {
        "name": name,
        "phone": phone,
        "email": email,
        "preferred_channel": _word(row, "preferred_channel", cells.CHANNELS),
        "language": _word(row, "language", cells.LANGUAGES),
        "birth_on": cells.day_cell(row.get("birth_on", ""), field="birth_on", today=today),
        "sex": _word(row, "sex", cells.SEXES),
        "postcode": cells.postcode_cell(row.get("postcode", "")),
        "address": address,
        "address_detail": detail,
        "district_code": district_of(address, city) if address else "",
    }


def _word(row: Mapping[str, str], field: str, words: Mapping[str, str]) -> str:
    given = row.get(field, "").strip()
    return cells.word_cell(given, words, field=field) if given else ""


def person_take(values: Values, people: People, taking: Taking) -> tuple[Person, RowResult]:
    """Somebody new, or what the row changes in whom we know."""
    person = people.find(values)
    if person is None:
        person = people.add(completed(values))
        return person, RowResult(RowOutcome.CREATED, person.id)
    changes = changes_for(person, values, taking.policy)
    if not changes:
        return person, RowResult(RowOutcome.SKIPPED, person.id)
    before = {name: person.values[name] for name in changes}
    person.values |= changes
    person.changed |= changes.keys()
    people.relearn(person)
    result = RowResult(RowOutcome.UPDATED, person.id, before=told(before), after=told(changes))
    return person, result


def completed(values: Values) -> Values:
    """As a row of the table: a channel that reaches them, a language."""
    channel = reading.read_channel(
        values["preferred_channel"], phone=values["phone"], email=values["email"]
    )
    return values | {
        "preferred_channel": str(channel),
        "language": values["language"] or "ko",
    }


def changes_for(person: Person, values: Values, policy: MatchPolicy) -> Values:
    """The columns that become another. Nothing said changes nothing; a name is never changed."""
    if policy == MatchPolicy.SKIP:
        return {}
    known, is_alias = person.values, person.values["name"] != values["name"]
    changes = {
        name: value
        for name, value in values.items()
        if value
        and value != known[name]
        and name not in ("name", "district_code")
        and (policy == MatchPolicy.OVERWRITE or not known[name])
        and not (is_alias and name in ("phone", "email"))
    }
    if "address" in changes:
        changes["district_code"] = values["district_code"]
    if {"phone", "email", "preferred_channel"} & changes.keys():
        now = known | changes
        changes["preferred_channel"] = str(
            reading.read_channel(now["preferred_channel"], phone=now["phone"], email=now["email"])
        )
    return {name: value for name, value in changes.items() if value != known[name]}
