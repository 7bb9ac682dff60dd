"""Partials that pages include: what they draw, and what they say to those who do not see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from sodam.ui.context import page
from tests.conftest import kst


def drawn(name: str, **facts: Any) -> str:
    return render_to_string(f"ui/components/{name}.html", facts)


def moment(title: str, css: str, at: datetime | None = None) -> dict[str, Any]:
    return {"title": title, "css": css, "icon": "clock", "at": at, "when": "지금"}


def test_a_state_is_a_word_and_a_picture() -> None:
    html = drawn("state", word="처리중", icon="clock", tone="go")
    assert "처리중" in html
    assert "<svg" in html


def test_the_steps_say_which_one_is_now() -> None:
    html = drawn("steps", steps=["무엇을", "연락처", "확인"], current=2)
    assert html.count("<li") == 3
    assert '<li class="on" aria-current="step">2단계' in html


def test_the_timeline_names_each_moments_time() -> None:
    html = drawn(
        "timeline", moments=[moment("접수", "", kst("2026-11-16 10:12")), moment("답변", "now")]
    )
    assert 'datetime="2026-11-16T10:12:00+09:00"' in html
    assert "11. 16.(월) 10:12" in html
    assert 'aria-current="step"' in html


def test_colleagues_are_told_in_words() -> None:
    html = drawn("presence", people=[{"name": "한도윤", "initial": "한", "is_writing": True}])
    assert "한도윤 답변 작성 중" in html


def test_an_empty_list_says_why_and_what_to_do() -> None:
    html = drawn(
        "empty", title="의견이 없습니다", text="조건이 좁습니다", href="/x", action="지우기"
    )
    assert "조건이 좁습니다" in html
    assert '<a class="krds-btn secondary small" href="/x">지우기' in html


def test_pages_lead_back_and_on() -> None:
    html = drawn("pagination", previous="", next="?cursor=a")
    assert 'rel="next" href="?cursor=a"' in html
    assert 'rel="prev"' not in html


def test_a_dialog_is_named_by_its_title() -> None:
    html = drawn("dialog", id="d", title="연장", body="본문")
    assert 'aria-labelledby="d-title"' in html
    assert 'id="d-title">연장' in html


class _City:
    code, name_ko, name_en, official_site = "busan", "부산광역시", "Busan", True


@override_settings(DEMO_MODE=False)
def test_an_official_site_shows_the_masthead_instead_of_the_test_bar() -> None:
    request = RequestFactory().get("/")
    request.city = _City()  # type: ignore[attr-defined]
    html = render_to_string("ui/citizen_base.html", page(request), request)
    assert "krds-masthead" in html
    assert "krds-identifier" in html
    assert "sd-demo" not in html
