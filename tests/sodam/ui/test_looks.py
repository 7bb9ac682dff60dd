"""A city's words and looks on its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core_crm.messaging.services import render
from customization.documents.services.publishing import publish
from customization.documents.source import forget_all, move_stamp
from customization.public import copied, in_force, put
from sodam.ui.looks import stylesheet
from tests.conftest import ServedCity, kst

GREEN = "#0b6e4f"


def publish_with(values: dict[str, Any]) -> None:
    """Bring these places into force; a test's transaction never commits, so the stamp is moved."""
    tree = copied(in_force().tree)
    for path, value in values.items():
        put(tree, tuple(path.split(".")), value)
    publish(tree, standard_version="1.0", now=kst("2026-11-24 10:00"), actor=None)
    move_stamp(in_force().number)
    forget_all()


@pytest.fixture
def citizen(busan: ServedCity, city_client: Callable[..., Client]) -> Client:
    return city_client("busan")


def test_a_city_without_wishes_loads_no_stylesheet_of_its_own(citizen: Client) -> None:
    page = citizen.get("/help").content.decode()
    assert "/brand/" not in page
    assert "시민의 소리 소담" in page
    assert '시민소통 상담 <b class="sd-num">120</b> · 평일 09:00–18:00' in page


def test_words_colour_mark_and_footer_are_the_citys_own_on_every_face(citizen: Client) -> None:
    publish_with(
        {
            "terminology.city.call_centre.name": {"ko": "바다콜", "en": "Sea line"},
            "terminology.city.call_centre.phone": "051-120",
            "terminology.city.service_name": {"ko": "부산의 소리", "en": "Voice of Busan"},
            "branding.city.colour": GREEN,
            "branding.city.mark": {"shape": "round", "letters": "부산"},
            "branding.city.footer": {
                "second": {"sort": 2, "text": {"ko": "둘째 줄", "en": "Second"}},
                "first": {"sort": 1, "text": {"ko": "첫째 줄", "en": "First"}},
            },
        }
    )
    page = citizen.get("/help").content.decode()
    assert '바다콜 <b class="sd-num">051-120</b>' in page
    assert "부산의 소리" in page
    assert page.index("첫째 줄") < page.index("둘째 줄")
    assert ">부산</text>" in page
    assert "Voice of Busan" in citizen.get("/en/help").content.decode()
    address = page.split('<link rel="stylesheet" href="/brand/')[1].split('"')[0]
    answer = citizen.get(f"/brand/{address}")
    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]
    assert f"--krds-color-light-primary-60:{GREEN};" in answer.content.decode()
    assert citizen.get("/brand/abc.css")["Cache-Control"] == "no-store"
    assert "/brand/" in citizen.get("/staff/login").content.decode()


def test_a_kept_copy_of_a_public_page_is_old_when_the_looks_change(citizen: Client) -> None:
    citizen.get("/board")  # the form's token comes with the first page
    tag = citizen.get("/board")["ETag"]
    assert citizen.get("/board", headers={"if-none-match": tag}).status_code == 304
    publish_with({"branding.city.colour": GREEN})
    assert citizen.get("/board", headers={"if-none-match": tag}).status_code == 200


def test_high_contrast_stays_as_krds_has_it() -> None:
    assert stylesheet({60: GREEN}).startswith(":root:not([data-krds-mode=high-contrast]){")


def test_a_notice_may_ask_for_the_call_centre_without_being_given_it(busan: ServedCity) -> None:
    who = {"city_name": "부산", "city_short_name": "부산", "department": "시민과"}
    given = {**who, "officer": "김하늘", "contact": "051-000-1234"}
    sent = render(template="service_guide", channel="email", language="ko", context=given)
    assert "시민소통 상담 120으로 전화해 주세요" in sent.body
    publish_with({"terminology.city.call_centre.phone": "051-120"})
    again = render(template="service_guide", channel="email", language="ko", context=given)
    assert "051-120으로" in again.body
