"""Rows of a list becoming citizens: read as people write, matched by name and contact, undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core_crm.customers.models import AcquiredList, AcquiredMember, Citizen
from core_crm.customers.services.intake_citizens import CitizenRows
from core_crm.customers.services.timeline import timeline_add
from core_crm.imports.types import (
    ImportOptions,
    MatchPolicy,
    RowOutcome,
    RowResult,
    Taking,
)
from tenants.errors import DomainError
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 10:00")
KIM = {"name": "김 소담", "phone": "1012345678", "email": "SODAM@Example.com"}


def taking(policy: MatchPolicy = MatchPolicy.FILL, **more: Any) -> Taking:
    given = {"batch_id": uuid4(), "source": "동래구청", "policy": policy, "now": NOW}
    return Taking(**{"acquired_list_id": None, **given, **more})


def take(*rows: Mapping[str, str], by: Taking | None = None) -> list[RowResult]:
    return CitizenRows().take(rows, by or taking())


def outcomes(results: list[RowResult]) -> list[RowOutcome]:
    return [result.outcome for result in results]


def test_a_row_is_kept_in_one_form_and_found_by_the_search(busan: ServedCity) -> None:
    by = taking()
    row = KIM | {"birth_on": "32935", "sex": "여자", "address": "부산광역시 해운대구 좌동 1"}
    (result,) = take(row, by=by)
    kept = Citizen.objects.get(pk=result.object_id)
    assert (kept.name, kept.phone, kept.email) == ("김 소담", "+821012345678", "sodam@example.com")
    assert (kept.birth_on, kept.sex, kept.district_code[:5]) == (date(1990, 3, 3), "F", "26350")
    assert (kept.source, kept.batch_id, kept.preferred_channel) == ("동래구청", by.batch_id, "sms")
    assert "#5678" in kept.terms


def test_the_same_row_again_is_nobody_new(busan: ServedCity) -> None:
    assert outcomes(take(KIM, KIM)) == [RowOutcome.CREATED, RowOutcome.SKIPPED]
    assert outcomes(take(KIM, KIM)) == [RowOutcome.SKIPPED, RowOutcome.SKIPPED]
    assert Citizen.objects.filter(name="김 소담").count() == 1


def test_a_known_person_is_filled_overwritten_or_left(busan: ServedCity) -> None:
    (first,) = take(KIM | {"postcode": "48058"})
    more = KIM | {"postcode": "48000", "address": "부산광역시 중구 중앙대로 1"}
    assert outcomes(take(more, by=taking(MatchPolicy.SKIP))) == [RowOutcome.SKIPPED]
    (filled,) = take(more)
    assert (filled.before["address"], "postcode" in filled.after) == ("", False)
    (replaced,) = take(more, by=taking(MatchPolicy.OVERWRITE))
    assert replaced.after == {"postcode": "48000"}
    kept = Citizen.objects.get(pk=first.object_id)
    assert (kept.postcode, kept.address) == ("48000", "부산광역시 중구 중앙대로 1")
    assert kept.changed_at == NOW


def test_one_shared_contact_is_enough_and_the_other_is_learnt(busan: ServedCity) -> None:
    (first,) = take({"name": "이하나", "email": "hana@example.com"})
    (second,) = take({"name": "이하나", "phone": "010 1111 2222", "email": "hana@example.com"})
    assert (second.outcome, second.object_id) == (RowOutcome.UPDATED, first.object_id)
    assert Citizen.objects.get(pk=first.object_id).phone == "+821011112222"
    family = {"name": "이두리", "phone": "010-1111-2222"}
    assert outcomes(take(family)) == [RowOutcome.CREATED]


def test_who_was_merged_is_the_survivor(busan: ServedCity) -> None:
    (alias,) = take(KIM)
    (survivor,) = take({"name": "김소담", "phone": "010-9999-0000"})
    Citizen.objects.filter(pk=alias.object_id).update(
        state="merged", merged_into=survivor.object_id
    )
    (again,) = take(KIM | {"sex": "여"}, by=taking(MatchPolicy.OVERWRITE))
    assert again.object_id == survivor.object_id
    assert again.after == {"sex": "F"}  # never the alias's name and contacts


@pytest.mark.parametrize(
    ("row", "field", "word"),
    [
        ({"name": ""}, "name", "이름"),
        ({"phone": "", "email": ""}, "phone", "휴대전화나 이메일"),
        ({"phone": "1.01235E+09"}, "phone", "지수"),
        ({"phone": "12"}, "phone", "전화번호"),
        ({"email": "a@b"}, "email", "이메일"),
        ({"birth_on": "2025-02-29"}, "birth_on", "달력에 없는"),
        ({"birth_on": "900301"}, "birth_on", "네 자리"),
        ({"birth_on": "2030-01-01"}, "birth_on", "생년월일"),
        ({"birth_on": "900301-1234567"}, "birth_on", "주민등록번호"),
        ({"sex": "3"}, "sex", "남, 여"),
        ({"postcode": "123"}, "postcode", "다섯 자리"),
        ({"address": "가" * 201}, "address", "200자"),
        ({"language": "불어"}, "language", "ko"),
    ],
)
def test_a_refused_row_names_its_field_and_never_its_value(
    busan: ServedCity, row: dict[str, str], field: str, word: str
) -> None:
    (result,) = take(KIM | row)
    assert (result.outcome, result.field) == (RowOutcome.REFUSED, field)
    assert word in result.reason
    assert not any(value and value in result.reason for value in row.values())


def an_acquired_list(**more: Any) -> UUID:
    given = {
        "name": "축제 명단",
        "kind": "citizens",
        "source": "문화재단",
        "basis": "제15조",
        "purpose": "안내",
        "received_on": date(2026, 11, 1),
        "expires_on": date(2027, 1, 1),
        "received_by": "김담당",
        "created_at": NOW,
    }
    return AcquiredList.objects.create(**{**given, **more}).pk


def test_everybody_of_an_acquired_list_is_on_it(busan: ServedCity) -> None:
    take(KIM)
    listed = an_acquired_list()
    take(KIM, {"name": "박새로", "phone": "010-3333-4444"}, by=taking(acquired_list_id=listed))
    members = AcquiredMember.objects.filter(acquired_list_id=listed)
    assert sorted(members.values_list("citizen__name", "is_new")) == [
        ("김 소담", False),
        ("박새로", True),
    ]


def test_a_list_that_ended_or_is_of_another_kind_is_refused(busan: ServedCity) -> None:
    for listed in (an_acquired_list(ended_at=NOW), an_acquired_list(kind="organisations")):
        with pytest.raises(DomainError):
            CitizenRows().check(ImportOptions(source="문화재단", acquired_list_id=listed))
    CitizenRows().check(ImportOptions(source="문화재단", acquired_list_id=an_acquired_list()))


def test_taken_back_created_ones_go_and_changed_ones_are_as_before(busan: ServedCity) -> None:
    (old,) = take(KIM)
    created, changed = take({"name": "박새로", "phone": "010-3333-4444"}, KIM | {"sex": "여"})
    kind = CitizenRows()
    assert old.object_id
    assert created.object_id
    assert kind.used([created.object_id], None) == set()
    kind.remove([created.object_id])
    restored = kind.restore([(old.object_id, changed.before, changed.after)], now=NOW)
    assert restored == {old.object_id}
    assert Citizen.objects.get(pk=old.object_id).sex == ""
    assert not Citizen.objects.filter(pk=created.object_id).exists()


def test_what_was_used_or_changed_since_is_told(busan: ServedCity) -> None:
    used, edited, left = take(*({"name": n, "phone": f"010-5555-000{n}"} for n in "123"))
    ids = [each.object_id for each in (used, edited, left) if each.object_id]
    citizen = Citizen.objects.get(pk=ids[0])
    timeline_add(citizen, kind="x", about=("voice", uuid4()), summary="들름", at=NOW)
    Citizen.objects.filter(pk=ids[1]).update(changed_at=NOW)
    assert CitizenRows().used(ids, None) == set(ids[:2])


def test_a_value_changed_since_stays(busan: ServedCity) -> None:
    (old,) = take(KIM)
    (changed,) = take(KIM | {"sex": "여"})
    Citizen.objects.filter(pk=old.object_id).update(sex="M")
    assert old.object_id
    assert not CitizenRows().restore([(old.object_id, changed.before, changed.after)], now=NOW)
    assert Citizen.objects.get(pk=old.object_id).sex == "M"
