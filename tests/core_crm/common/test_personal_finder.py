"""Personal data in running text: found where it stands, and nothing where there is none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.personal_finder import PersonalKind, covered, personal_in, pieces

CERTAIN = {
    PersonalKind.PHONE: (
        "010-1234-5678",
        "01012345678",
        "010 1234 5678",
        "010.1234.5678",
        "051)888-1234",
        "(02) 123-4567",
        "+82 10 1234 5678",
        "０１０－１２３４－５６７８",
        "070-1234-5678",
    ),
    PersonalKind.EMAIL: ("minsu.kim@naver.com", "kim (at) daum.net", "a@b.co.kr", "a골뱅이b.kr"),
    PersonalKind.RESIDENT_NUMBER: ("900101-1234567", "9001011234567", "040229-3123456"),
}
LIKELY = {
    PersonalKind.PLATE: ("12가 3456", "부산70바1234", "123하4567"),
    PersonalKind.HOME: ("101동 1203호", "3동 101호"),
    PersonalKind.PHONE: ("공일공 일이삼사 오육칠팔",),
    PersonalKind.CARD: ("4111 1111 1111 1111",),
    PersonalKind.PASSPORT: ("M12345678", "M123A4567"),
    PersonalKind.BIRTHDAY: ("1980년 3월 4일생", "900101-1******"),
}
HARMLESS = (
    "버스 1003번이 15:30에 왔습니다. 2026-11-24 10:00, 공사비 1,234,567원",
    "도로법 제2조 2026년 3월 5일, 국번 없이 120, 대표 1588-1234",
    "고객님, 주민님, 담당자님, 선생님, 시장님, 이장님, 어르신, 기사님께 여쭈었습니다",
    "가로등 12개를 고쳤고 접수번호는 1234567890123입니다",
    "예산 2,026만 원, 폭 3.5m, 지번 산 12-3, 우편번호 48058",
)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in CERTAIN.items() for text in texts]
)
def test_what_is_certain(kind: PersonalKind, text: str) -> None:
    found = personal_in(f"저의 {text} 입니다")
    assert [(one.kind, one.is_certain) for one in found] == [(kind, True)]
    assert covered(f"저의 {text} 입니다", found) == "저의 ○○○ 입니다"


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in LIKELY.items() for text in texts]
)
def test_what_is_likely_is_left_to_a_person(kind: PersonalKind, text: str) -> None:
    assert [(one.kind, one.is_certain) for one in personal_in(f"저의 {text}")] == [(kind, False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("홍길동 씨가 말했습니다", "홍길동"),
        ("김철수님께 전했습니다", "김철수"),
        ("옆집 이순신 과장님, 고맙습니다", "이순신"),
        ("남궁민수님이 보냈습니다", "남궁민수"),
        ("저는 홍길동입니다", "홍길동"),
        ("이름은 김민수 입니다", "김민수"),
    ],
)
def test_names_before_words_of_address(text: str, name: str) -> None:
    (found,) = personal_in(text)
    assert (text[found.start : found.end], found.kind) == (name, PersonalKind.NAME)


@pytest.mark.parametrize("text", HARMLESS)
def test_nothing_where_there_is_nothing(text: str) -> None:
    assert personal_in(text) == []


def test_a_name_known_beforehand_is_certain_wherever_it_stands() -> None:
    (found,) = personal_in("그 길은 김철수네 앞입니다", names=["김철수"])
    assert (found.kind, found.is_certain) == (PersonalKind.NAME, True)
    (short,) = personal_in("이상 없음", names=["이상"])
    assert not short.is_certain


def test_an_offices_own_number_is_no_secret() -> None:
    text = "문의 051-000-1001, 제 번호 051-000-1002"
    (found,) = personal_in(text, public_phones=["+82510001001"])
    assert text[found.start : found.end] == "051-000-1002"


def test_pieces_put_together_are_the_text() -> None:
    text = "제 번호 010-1234-5678, 메일 a@b.kr"
    cut = pieces(text, personal_in(text))
    assert "".join(one.text for one in cut) == text
    assert [one.found is not None for one in cut] == [False, True, False, True]


@given(st.text(alphabet="0123456789-.@abc김이박씨님 동호가\n", max_size=200))
def test_finds_are_in_order_do_not_overlap_and_hide_everything(text: str) -> None:
    found = personal_in(text)
    assert all(one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    left = personal_in(covered(text, found))
    assert not any(one.is_certain for one in left)


@pytest.mark.parametrize(
    "unit", ["0", "a", "a.", "1 ", "김", "공일공", "0-", "@a.", "12가 ", "김김 님", "(0"]
)
def test_long_and_hostile_texts_take_no_time(unit: str) -> None:
    began = time.perf_counter()
    personal_in(unit * 20_000)
    assert time.perf_counter() - began < 2
