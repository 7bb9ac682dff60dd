"""Rows of a list becoming bodies (법인·단체): directories with several numbers in a cell too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from core_crm.common.districts import district_of
from core_crm.common.phones import PhoneRead, phones_in
from core_crm.customers.errors import ContactNotReadable, CustomerNotValid
from core_crm.customers.models import Organisation
from core_crm.customers.services import intake_cells as cells
from core_crm.customers.services import reading
from core_crm.customers.services.intake_bodies import (
    COLUMNS,
    Bodies,
    Values,
    bodies_write,
    numbers_write,
)
from core_crm.customers.services.intake_fields import ORGANISATION_FIELDS
from core_crm.customers.services.intake_lists import list_check
from core_crm.customers.services.intake_undo import (
    organisations_remove,
    organisations_restore,
    organisations_used,
)
from core_crm.customers.services.intake_writing import acquired_join, again_if_taken
from core_crm.customers.types import OrganisationKind
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

KINDS = {
    **dict.fromkeys(("회사", "기업", "법인", "주식회사", "company"), OrganisationKind.COMPANY),
    **dict.fromkeys(("협회", "단체", "비영리", "association"), "association"),
    **dict.fromkeys(("기관", "시설", "학교", "institution"), "institution"),
    **dict.fromkeys(("모임", "동아리", "group"), "group"),
    **dict.fromkeys(("기타", "other"), "other"),
}
FACTS = {"capacity": "정원", "employees": "직원 수", "vehicle": "통학차량"}
"""What a directory tells beside, by the names under which it is kept."""
NEVER_CHANGED = ("name", "district_code", "extension", "facts")


class OrganisationRows:
    """Each row is a body: known by its number, else by its name with telephone or address."""

    code = "organisations"
    label = "법인·단체"
    fields: tuple[RowField, ...] = ORGANISATION_FIELDS

    def check(self, options: ImportOptions) -> None:
        """Raises AcquiredListNotFound, AcquiredListEnded, CustomerNotValid."""
        list_check(options, kind=self.code)

    def take(self, rows: Sequence[Mapping[str, str]], taking: Taking) -> list[RowResult]:
        """In the caller's transaction, which a check rolls back."""
        read = [_read(row) for row in rows]
        return again_if_taken(partial(_take, read, taking))

    def used(self, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
        return organisations_used(ids, acquired_list_id)

    def remove(self, ids: Sequence[UUID]) -> None:
        organisations_remove(ids)

    def restore(self, changes: Sequence[Any], *, now: Any) -> set[UUID]:
        return organisations_restore(changes, now=now)


def _take(read: Sequence[Values | RowResult], taking: Taking) -> list[RowResult]:
    may_change = taking.policy != MatchPolicy.SKIP
    wanted = [each for each in read if not isinstance(each, RowResult)]
    bodies, numbers = Bodies(wanted, for_update=may_change), dict[UUID, list[PhoneRead]]()
    results = [
        each if isinstance(each, RowResult) else _one(each, bodies, numbers, taking)
        for each in read
    ]
    bodies_write(bodies)
    numbers_write(numbers, taking)
    acquired_join("organisation", results, taking)
    return results


def _one(
    values: Values, bodies: Bodies, numbers: dict[UUID, list[PhoneRead]], taking: Taking
) -> RowResult:
    row = bodies.find(values)
    if row is None:
        row = bodies.add(values, taking)
        numbers[row.pk] = values["numbers"]
        return RowResult(RowOutcome.CREATED, row.pk)
    changes = _changes(row, values, taking.policy)
    if not changes:
        return RowResult(RowOutcome.SKIPPED, row.pk)
    before = {name: getattr(row, name) for name in changes}
    bodies.change(row, changes, taking)
    return RowResult(RowOutcome.UPDATED, row.pk, before=before, after=changes)


def _changes(row: Organisation, values: Values, policy: MatchPolicy) -> Values:
    """The columns that become another. Nothing said changes nothing; a name is never changed."""
    if policy == MatchPolicy.SKIP:
        return {}
    changes = {
        name: values[name]
        for name in COLUMNS
        if name not in NEVER_CHANGED
        and _is_said(name, values)
        and values[name] != getattr(row, name)
        and (policy == MatchPolicy.OVERWRITE or not getattr(row, name) or _is_unsaid(name, row))
    }
    if "address" in changes:
        changes["district_code"] = values["district_code"]
    if "phone" in changes:
        changes["extension"] = values["extension"]
    known, said = dict(row.facts), values["facts"]
    facts = known | said if policy == MatchPolicy.OVERWRITE else said | known
    return changes | ({"facts": facts} if facts != known else {})


def _is_said(name: str, values: Values) -> bool:
    return bool(values[name]) and (name != "kind" or values[name] != OrganisationKind.OTHER)


def _is_unsaid(name: str, row: Organisation) -> bool:
    return name == "kind" and row.kind == OrganisationKind.OTHER


def _read(row: Mapping[str, str]) -> Values | RowResult:
    try:
        return _values(row)
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        return RowResult(RowOutcome.REFUSED, field=field, reason=refused.message)


def _cell(row: Mapping[str, str], field: str) -> str:
    return row.get(field, "")


def _values(row: Mapping[str, str]) -> Values:
    get = partial(_cell, row)
    city = current_city().code
    name = cells.text_cell(get("name"), length=120, field="name")
    if not name:
        raise CustomerNotValid("이름을 적어 주세요.", field="name")
    address = cells.text_cell(get("address"), length=200, field="address")
    first, *further = _phones(get("phone"), city) or [PhoneRead("")]
    return {
        "name": name,
        "kind": cells.word_cell(get("kind") or "기타", KINDS, field="kind"),
        "trade": cells.text_cell(get("trade"), length=60, field="trade"),
        "registration_no": reading.read_registration_no(get("registration_no")),
        "representative_name": cells.name_cell(
            get("representative_name"), field="representative_name"
        ),
        "phone": first.e164,
        "extension": first.extension[:12],
        "email": reading.read_email(get("email")),
        "website": reading.read_website(get("website")),
        "postcode": cells.postcode_cell(get("postcode")),
        "address": address,
        "address_detail": cells.text_cell(
            get("address_detail"), length=100, field="address_detail"
        ),
        "district_code": district_of(address, city) if address else "",
        "facts": _facts(row),
        "numbers": further,
    }


def _phones(text: str, city: str) -> list[PhoneRead]:
    """Every number of the cell. Raises ContactNotReadable when there is none in it."""
    text = text.strip()
    if not text or text == "-":
        return []
    if (
        cells.MOBILE.fullmatch(text)
        or cells.LOST_ZERO.fullmatch(text)
        or cells.POWER.fullmatch(text)
    ):
        return [PhoneRead(cells.phone_cell(text, city=city))]
    found = phones_in(text, area_code=cells.AREA_CODES.get(city, ""))
    readable = [one for one in found if reading.E164.fullmatch(one.e164)]
    if not readable:
        raise ContactNotReadable("전화번호를 다시 확인해 주세요.", field="phone")
    return readable


def _facts(row: Mapping[str, str]) -> dict[str, str | int]:
    facts: dict[str, str | int] = {}
    for field, name in FACTS.items():
        said = cells.text_cell(row.get(field, ""), length=60, field=field)
        if said:
            facts[name] = int(said) if re.fullmatch(r"[0-9]{1,9}", said) else said
    return facts
