"""The length of a text message, as carriers count it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.messaging.errors import MessageTooLong
from core_crm.messaging.services import (
    sms_bytes,
    sms_kind,
    sms_measure,
    sms_safe,
    sms_unencodable,
)
from core_crm.messaging.types import SmsKind


@pytest.mark.parametrize(
    ("text", "length_bytes"),
    [("", 0), ("abc 123", 7), ("가나다", 6), ("부산광역시 Busan\n", 17), ("똠방각하 펲시", 13)],
)
def test_hangul_counts_two_bytes_and_latin_one(text: str, length_bytes: int) -> None:
    assert sms_bytes(text) == length_bytes


@pytest.mark.parametrize(
    ("text", "kind"),
    [("가" * 45, SmsKind.SMS), ("가" * 45 + "a", SmsKind.LMS), ("가" * 1000, SmsKind.LMS)],
)
def test_ninety_bytes_are_a_short_message_and_two_thousand_a_long_one(
    text: str, kind: SmsKind
) -> None:
    assert sms_kind(text) is kind


def test_more_than_two_thousand_bytes_are_refused() -> None:
    with pytest.raises(MessageTooLong) as refused:
        sms_kind("가" * 1000 + "a")
    assert refused.value.facts == {"bytes": 2001, "limit_bytes": 2000}
    assert sms_measure("가" * 1001).kind is None


def test_characters_a_phone_cannot_show_are_named_once_each() -> None:
    text = "축하합니다 🎉🎉 ♡ é"
    assert sms_unencodable(text) == ("🎉", "é")
    assert sms_safe(text) == "축하합니다 □□ ♡ □"


def test_what_a_mac_and_a_word_processor_write_is_made_plain() -> None:
    decomposed = "\u1100\u1161\u11a8"  # 각, as macOS stores it
    assert sms_safe(f"{decomposed} \u2013 a\u00a0b\u200b") == "각 - a b"
    assert sms_unencodable(decomposed) == ()


@given(st.text(max_size=200))
def test_a_safe_text_is_always_cp949_and_stays_the_same(text: str) -> None:
    safe = sms_safe(text)
    assert safe.encode("cp949").decode("cp949") == safe
    assert sms_safe(safe) == safe
    assert sms_bytes(text) == len(safe.encode("cp949"))
