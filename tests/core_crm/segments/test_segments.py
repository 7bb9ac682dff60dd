"""Segments: whom they hold, which rule removed whom, what the law demands, what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.common.predicates import PredicateError
from core_crm.customers.selectors.residents import residents_by_sex
from core_crm.customers.services import citizen_register
from core_crm.customers.services.consents import consent_set
from core_crm.customers.services.residents import residents_load
from core_crm.customers.types import CitizenDraft
from core_crm.segments import services
from core_crm.segments.errors import (
    LegalBasisMissing,
    SegmentChangedMeanwhile,
    SegmentCodeTaken,
    SegmentNotValid,
)
from core_crm.segments.selectors import (
    consent_reach,
    read_condition,
    rule_walk,
    segment_count,
    segment_drift,
    segment_equity,
    segment_members,
    segments_of,
)
from core_crm.segments.types import LegalBasis, SegmentDraft
from tests.conftest import ServedCity, kst

NOW = kst("2026-06-29 10:00")
TODAY = NOW.date()
OLD = {"op": "ge", "field": "age", "value": 65}
WOMAN = {"op": "eq", "field": "sex", "value": "F"}
NEEDS_WHEELCHAIR = {"op": "eq", "field": "need.wheelchair", "value": True}


def a_citizen(number: int, **more: Any) -> Any:
    given = {"name": f"김시민{number}", "phone": f"010-0000-{number:04d}", **more}
    return citizen_register(CitizenDraft(**given), by=None, now=NOW)


@pytest.fixture
def people(busan: ServedCity) -> list[Any]:
    """Two old women, one old man, one young woman; one of whom nothing is known."""
    old, young = kst("1950-01-01 00:00").date(), kst("2000-01-01 00:00").date()
    return [
        a_citizen(1, birth_on=old, sex="F", district_code="2635000000"),
        a_citizen(2, birth_on=old, sex="F"),
        a_citizen(3, birth_on=old, sex="M"),
        a_citizen(4, birth_on=young, sex="F"),
        a_citizen(5),
    ]


def a_segment(**more: Any) -> Any:
    draft = {"code": "old_women", "name": "어르신", "condition": {"all": [OLD, WOMAN]}, **more}
    return services.segment_create(SegmentDraft(**draft), by=None, now=NOW)


def test_a_live_segment_holds_whoever_its_condition_is_true_of_today(people: list[Any]) -> None:
    segment = a_segment()
    assert set(segment_members(segment, today=TODAY)) == set(people[:2])
    assert segment.counted == 2
    a_citizen(6, birth_on=kst("1940-01-01 00:00").date(), sex="F")
    assert segment_count(segment, today=TODAY) == 3
    assert segments_of(people[0], today=TODAY) == [segment]
    assert segments_of(people[4], today=TODAY) == []


def test_a_kept_segment_holds_those_of_its_moment_and_tells_who_came_since(
    people: list[Any],
) -> None:
    segment = a_segment(kind="snapshot")
    a_citizen(6, birth_on=kst("1940-01-01 00:00").date(), sex="F")
    assert segment_count(segment, today=TODAY) == 2
    drift = segment_drift(segment, today=TODAY)
    assert (drift.kept, drift.today, drift.joined, drift.left) == (2, 3, 1, 0)
    later = services.segment_retake(segment, by=None, now=kst("2026-06-30 10:00"))
    assert segment_count(later, today=TODAY) == 3
    assert later.taken_at == kst("2026-06-30 10:00")


def test_each_rule_says_how_many_it_removed_and_which_one_emptied_it(people: list[Any]) -> None:
    nobody = {"op": "ge", "field": "age", "value": 140}
    walk = rule_walk(read_condition({"all": [OLD, WOMAN, nobody]}), today=TODAY)
    assert walk.all_citizens == 5
    assert [(one.alone, one.left, one.removed) for one in walk.steps] == [
        (3, 3, 2),
        (3, 2, 1),
        (0, 0, 2),
    ]
    assert walk.emptied_by == walk.steps[2]


def test_of_rules_that_are_enough_each_adds(people: list[Any]) -> None:
    walk = rule_walk(read_condition({"any": [OLD, WOMAN]}), today=TODAY)
    assert [(one.alone, one.left) for one in walk.steps] == [(3, 3), (3, 4)]
    assert walk.emptied_by is None


def test_the_reach_counts_who_agreed_per_purpose_and_channel(people: list[Any]) -> None:
    consent_set(people[0], "survey", "sms", True, source="filing", now=NOW)
    found = segment_members(a_segment(), today=TODAY)
    reach = {(one.purpose, one.channel): one for one in consent_reach(found, today=TODAY)}
    assert (reach["survey", "sms"].agreed, reach["survey", "sms"].total) == (1, 2)
    assert reach["survey", "email"].agreed == 0


def test_sensitive_data_is_refused_until_a_law_that_allows_it_is_written_down(
    people: list[Any],
) -> None:
    with pytest.raises(LegalBasisMissing) as refused:
        a_segment(condition=NEEDS_WHEELCHAIR)
    assert refused.value.facts["fields"] == "need.wheelchair"
    with pytest.raises(LegalBasisMissing):
        a_segment(condition={"not": {"any": [WOMAN, NEEDS_WHEELCHAIR]}})
    basis = LegalBasis("장애인복지법", "제9조")
    segment = a_segment(condition=NEEDS_WHEELCHAIR, basis=basis)
    assert (segment.basis_law, segment.basis_article) == ("장애인복지법", "제9조")
    assert segment.basis_at == NOW


def test_what_cannot_be_a_segment_is_refused_by_name(people: list[Any]) -> None:
    a_segment()
    with pytest.raises(SegmentCodeTaken):
        a_segment()
    with pytest.raises(SegmentNotValid):
        a_segment(code="노인")
    with pytest.raises(SegmentNotValid):
        a_segment(code="other", name=" ")
    with pytest.raises(PredicateError):
        a_segment(code="other", condition={"op": "eq", "field": "worth", "value": 3})


def test_who_was_slower_does_not_overwrite(people: list[Any]) -> None:
    segment = a_segment()
    draft = SegmentDraft("old_women", "어르신들", {"all": [OLD]})
    changed = services.segment_change(segment, draft, by=None, now=NOW, expected_version=1)
    assert (changed.name, changed.counted, changed.version) == ("어르신들", 3, 2)
    with pytest.raises(SegmentChangedMeanwhile):
        services.segment_change(segment, draft, by=None, now=NOW, expected_version=1)


def test_the_audit_tells_of_every_act_and_of_no_person(people: list[Any]) -> None:
    segment = a_segment()
    services.segment_archive(segment, is_archived=True, by=None, now=NOW)
    entries = AuditEntry.objects.filter(subject_kind="segment").order_by("id")
    assert [one.action for one in entries] == ["segment.created", "segment.archived"]
    assert entries[0].facts == {"code": "old_women", "kind": "live", "counted": 2}


def test_by_sex_the_residents_are_known_and_finer_only_when_loaded(people: list[Any]) -> None:
    found = segment_members(a_segment(condition={"any": [OLD, WOMAN]}), today=TODAY)
    by_sex, by_district, by_age = segment_equity(found, today=TODAY)
    women = {one.group: one for one in by_sex.shares}["F"]
    assert (women.residents, women.members) == (1_669_032, 3)
    assert (women.members_ratio, round(women.residents_ratio, 3)) == (0.75, 0.514)
    assert (by_district.shares, by_age.shares) == ((), ())


MINISTRY = """\
"행정구역","2025년10월_총인구수","2025년10월_남자 인구수","2025년10월_여자 인구수"
"부산광역시  (2600000000)","30","10","20"
"부산광역시 해운대구 (2635000000)","1,012","500","512"
"부산광역시 중구 (2611000000)","100","40","60"
"대구광역시 중구 (2711000000)","9","4","5"
"""
BY_AGE = """\
행정구역,2025년10월_남_총인구수,2025년10월_남_0~64세,2025년10월_남_65세 이상,\
2025년10월_여_0~64세,2025년10월_여_65세 이상
부산광역시  (2600000000),10,8,2,15,5
"""


def test_the_ministrys_files_are_read_in_their_own_encoding(people: list[Any]) -> None:
    told = residents_load(MINISTRY.encode("cp949"), source="행정안전부")
    assert (told.written, told.passed_over, told.counted_on.isoformat()) == (6, 1, "2025-10-31")
    found = segment_members(a_segment(condition={"any": [OLD, WOMAN]}), today=TODAY)
    by_sex, by_district, _age = segment_equity(found, today=TODAY)
    assert {one.group: one.residents for one in by_sex.shares} == {"F": 20, "M": 10}
    assert {one.group: (one.residents, one.members) for one in by_district.shares} == {
        "2611000000": (100, 0),
        "2635000000": (1012, 1),
    }
    assert by_district.unknown == 3


def test_ages_are_compared_in_the_ministrys_bands(people: list[Any]) -> None:
    residents_load(BY_AGE.encode(), source="행정안전부")
    found = segment_members(a_segment(condition={"any": [OLD, WOMAN]}), today=TODAY)
    by_sex, _district, by_age = segment_equity(found, today=TODAY)
    assert [(one.group, one.residents, one.members) for one in by_age.shares] == [
        ("0-64", 23, 1),
        ("65-200", 7, 3),
    ]
    assert {one.group: one.residents for one in by_sex.shares} == {"F": 20, "M": 10}


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("행정구역,세대수\n", "1행"),
        (MINISTRY.replace('"512"', '"많음"'), "3행 4열"),
        (MINISTRY.replace("26", "99"), "한 줄도"),
    ],
)
def test_a_file_that_cannot_be_read_names_the_place_and_writes_nothing(
    busan: ServedCity, content: str, where: str
) -> None:
    with pytest.raises(Exception, match=where):
        residents_load(content.encode("cp949"), source="x")
    told = residents_by_sex("busan")
    assert told is not None
    assert told.counted_on.isoformat() == "2025-09-30"


def test_a_joined_government_has_the_residents_of_both(busan: ServedCity) -> None:
    both, one, other = (residents_by_sex(c) for c in ("jeonnamgwangju", "gwangju", "jeonnam"))
    assert both is not None
    assert one is not None
    assert other is not None
    assert both.total == one.total + other.total
