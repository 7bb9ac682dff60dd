"""HTML from elsewhere becomes plain text that can hurt nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.safe_text import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("가로등이 꺼졌습니다", "가로등이 꺼졌습니다"),
        ("첫 줄\n둘째 줄", "첫 줄\n둘째 줄"),
        ("<p>첫 문단</p><p>둘째 문단</p>", "첫 문단\n둘째 문단"),
        ("한 줄<br>두 줄<br/>세 줄", "한 줄\n두 줄\n세 줄"),
        ("<ul><li>하나</li><li>둘</li></ul>", "- 하나\n\n- 둘"),
        ("<table><tr><td>가</td><td>나</td></tr></table>", "가 나"),
        ('<a href="https://a.example/x">자세히</a>', "자세히 (https://a.example/x)"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:alert(1)">누르세요</a>', "누르세요"),
        ("<script>alert(1)</script>남은 글", "남은 글"),
        ("<style>p{}</style>남은 글", "남은 글"),
        ("3 &lt; 5 &amp;&nbsp;끝", "3 < 5 & 끝"),
        ("<홍길동> 드림", "<홍길동> 드림"),
        ("1 < 2 이고 3 > 2", "1 < 2 이고 3 > 2"),
        ("앞\u202e뒤\u200b\x00", "앞뒤"),
        ("가", "가"),
        ("", ""),
    ],
)
def test_html_reads_as_it_looked(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_what_was_escaped_twice_is_still_only_text() -> None:
    assert html_to_text("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>") == (
        "<script>alert(1)</script>"
    )


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_at_all_can_be_stored(text: str) -> None:
    safe = html_to_text(text)
    assert "\x00" not in safe
    safe.encode()
