"""Korean is found by two syllables, with or without blanks, and by initials."""

from __future__ import annotations

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from core_crm.common.models import IdempotencyRecord
from core_crm.common.search import (
    bigrams,
    initials,
    is_initials,
    search_filter,
    search_terms,
    words,
)
from tests.conftest import ServedCity


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("불법-주차 신고(2건), ＡＢＣ_def") == ["불법", "주차", "신고", "2건", "abc", "def"]


def test_pairs_run_on_over_blanks() -> None:
    assert bigrams("불법 주차") == ["불법", "법주", "주차"]


def test_text_typed_on_a_mac_has_the_same_pairs() -> None:
    assert bigrams("불법") == bigrams("불법") == ["불법"]


def test_initials_of_a_title_are_kept_too() -> None:
    terms = search_terms(title="도로 파손", body="구멍이 났어요")
    assert {"도로", "로파", "파손", "구멍", "ㄷㄹ", "ㄹㅍ", "ㅍㅅ"} <= set(terms)
    assert "ㄱㅁ" not in terms


def test_initial_consonants_are_recognised() -> None:
    assert initials("홍길동 A1") == "ㅎㄱㄷ A1"
    assert is_initials("ㄷㄹ ㅍㅅ")
    assert not is_initials("도로")
    assert not is_initials("ㄷ")


def found(query: str) -> set[str]:
    kept_as = ArrayField(CharField(max_length=4))
    split = Func(F("scope"), Value(","), function="string_to_array", output_field=kept_as)
    terms = Cast(split, kept_as)
    rows: QuerySet[IdempotencyRecord] = IdempotencyRecord.objects.annotate(terms=terms)
    hits = search_filter(rows, terms="terms", text=("key",), query=query)
    return set(hits.values_list("key", flat=True))


@pytest.fixture
def kept(busan: ServedCity) -> None:
    for title in (
        "불법 주차 신고",
        "불법주차가 많아요",
        "주차 불법",
        "시장 부산 산시 길",
        "100% 물",
    ):
        IdempotencyRecord.objects.create(
            key=title, scope=",".join(search_terms(title=title, body="")), request_hash=""
        )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("불법주차", {"불법 주차 신고", "불법주차가 많아요"}),
        ("주차 불법", {"불법 주차 신고", "불법주차가 많아요", "주차 불법"}),
        ("신고", {"불법 주차 신고"}),
        ("ㅂㅂㅈㅊ", {"불법 주차 신고", "불법주차가 많아요"}),
        ("물", {"100% 물"}),
        ("100%", {"100% 물"}),
        ("없는말", set()),
        ("", set()),
        ("%", set()),
    ],
)
def test_a_query_finds_what_holds_all_its_words(kept: None, query: str, expected: set[str]) -> None:
    assert found(query) == expected


def test_scattered_pairs_are_not_a_word(kept: None) -> None:
    assert {"부산", "산시", "시장"} <= set(bigrams("시장 부산 산시 길"))
    assert found("부산시장") == set()
