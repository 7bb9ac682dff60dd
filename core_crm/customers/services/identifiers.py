"""Unique identifiers of a citizen (고유식별정보): locked when written, opened for a reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.sealing import current_key, seal, sought_by, unseal
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.models import Citizen, UniqueIdentifier
from core_crm.customers.types import IdentifierKind

RESIDENT_NO = re.compile(r"[0-9]{6}[1-4][0-9]{6}")
"""A resident registration number: never taken (개인정보 보호법 제24조의2)."""
AT_ONCE = 500


@transaction.atomic
def identifier_set(
    citizen: Citizen, kind: str, number: str, *, basis: str, by: Actor | None, now: datetime
) -> UniqueIdentifier:
    """Keep one number of this kind, in place of an earlier one. `basis`: the law that allows it.

    Raises CustomerNotValid.
    """
    plain = _plain(number)
    _check(kind, plain, basis=basis)
    owner = citizen.merged_into or citizen
    cipher, key_id = seal(plain, belongs_to=_place(owner.pk, kind))
    values = {"cipher": cipher, "key_id": key_id, "sought_by": sought_by(f"{kind}:{plain}")}
    kept: UniqueIdentifier = UniqueIdentifier.objects.update_or_create(
        citizen=owner, kind=kind, defaults={**values, "basis": basis.strip(), "recorded_at": now}
    )[0]
    audit_append(
        "customer.identifier_set",
        actor=by,
        subject_kind="citizen",
        subject_id=owner.pk,
        now=now,
        facts={"kind": kind},
    )
    return kept


def identifier_open(identifier: UniqueIdentifier) -> str:
    """The number itself. Whoever shows it notes the disclosure. Raises KeyMissing."""
    place = _place(identifier.citizen_id, identifier.kind)
    return unseal(bytes(identifier.cipher), identifier.key_id, belongs_to=place)


def citizens_with_identifier(kind: str, number: str) -> list[UUID]:
    """Whose number it is, found without opening any."""
    digest = sought_by(f"{kind}:{_plain(number)}")
    found = UniqueIdentifier.objects.filter(kind=kind, sought_by=digest)
    return list(found.values_list("citizen_id", flat=True))


@transaction.atomic
def identifiers_relock(*, limit: int = AT_ONCE) -> int:
    """Lock up to `limit` values of older keys by the current one; how many. 0: none is left."""
    old = UniqueIdentifier.objects.exclude(key_id=current_key()).order_by("pk")
    rows = list(old.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        place = _place(row.citizen_id, row.kind)
        row.cipher, row.key_id = seal(identifier_open(row), belongs_to=place)
    UniqueIdentifier.objects.bulk_update(rows, ["cipher", "key_id"])
    return len(rows)


def _plain(number: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()


def _check(kind: str, plain: str, *, basis: str) -> None:
    if kind not in set(IdentifierKind):
        raise CustomerNotValid("보관할 수 있는 종류의 번호가 아닙니다.", field="kind")
    if kind != IdentifierKind.FOREIGNER and RESIDENT_NO.fullmatch(plain):
        raise CustomerNotValid("주민등록번호는 보관하지 않습니다.", field="number")
    if not re.fullmatch(r"[0-9A-Z]{6,20}", plain):
        raise CustomerNotValid("번호를 영문과 숫자 6~20자로 적어 주세요.", field="number")
    if not basis.strip():
        raise CustomerNotValid("보관하는 법적 근거를 적어 주세요.", field="basis")


def _place(citizen_id: UUID, kind: str) -> str:
    return f"{citizen_id}:{kind}"
