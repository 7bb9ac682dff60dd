"""A proposal seen before it is in force: its effect, its lines, and the city's pages with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from core_crm.identity import city_words
from core_crm.staff.models import Official
from customization.public import change_draft, change_list, copied, diff, in_force, put
from sodam.studio.preview import COOKIE, token_for
from tests.sodam.studio.conftest import Browser

PHONE = ("terminology", "city", "call_centre", "phone")
TARGET = ("kpi", "reduction", "target")


def drafted(**values: Any) -> str:
    """A proposal by whoever sits here first; the address of its page."""
    tree = in_force().tree
    wanted = copied(tree)
    for path, value in values.items():
        put(wanted, tuple(path.split("__")), value)
    by = next(one for one in Official.objects.all() if one.has("settings_change"))
    change = change_draft(diff(tree, wanted), title="번호를 바꾼다", by=by, now=timezone.now())
    return f"/studio/changes/{change.id}"


def previewing(client: Client) -> str:
    """Begin the preview of the newest proposal; where one lands."""
    token = token_for(change_list()[0].id)
    answer = client.post(f"/studio/preview/{token}/enter", {"to": "citizen"})
    assert answer.status_code == 303
    return str(answer["location"])


def test_the_city_looks_as_if_for_one_browser_only(
    browser: Browser, city_client: Callable[..., Client]
) -> None:
    admin = browser("admin")
    drafted(terminology__city__call_centre__phone="051-120", branding__city__colour="#0b6e4f")
    there = previewing(admin)
    page = admin.get(there).content.decode()
    assert "051-120" in page
    assert "‘번호를 바꾼다’ 변경안을 적용한 모습입니다" in page
    css = re.search(r"/brand/[0-9a-f]+\.css", page)
    assert css
    assert "#0b6e4f" in admin.get(css[0]).content.decode()
    assert "051-120" not in city_client("busan").get(there).content.decode()
    assert city_words().call_centre.phone == "120"
    assert admin.get(there)["Cache-Control"] == "no-store"


def test_nothing_is_written_while_looking(browser: Browser) -> None:
    admin = browser("admin")
    drafted(terminology__city__call_centre__phone="051-120")
    previewing(admin)
    answer = admin.post("/track", {"ref": "BS-2611-7K4M-3", "phone": "010-0000-0001"})
    assert answer.status_code == 409
    assert "아무것도 저장하지 않습니다" in answer.content.decode()


def test_the_preview_ends_by_its_button(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(terminology__city__call_centre__phone="051-120")
    previewing(admin)
    assert admin.post("/studio/preview/leave")["location"] == change
    assert "051-120" not in admin.get("/").content.decode()


def test_a_link_is_nothing_to_those_without_a_seat(
    browser: Browser, city_client: Callable[..., Client]
) -> None:
    browser("admin")
    drafted(terminology__city__call_centre__phone="051-120")
    token = token_for(change_list()[0].id)
    stranger = city_client("busan")
    assert stranger.get(f"/studio/preview/{token}").status_code == 302  # to the log-in
    stranger.cookies[COOKIE] = token
    assert "051-120" not in stranger.get("/").content.decode()


def test_a_link_that_was_changed_or_is_of_another_city_is_over(browser: Browser) -> None:
    admin = browser("admin")
    drafted(terminology__city__call_centre__phone="051-120")
    token = token_for(change_list()[0].id)
    assert admin.get(f"/studio/preview/{token}x").status_code == 404
    admin.cookies[COOKIE] = f"{token}x"
    assert "051-120" not in admin.get("/").content.decode()


def test_what_is_not_right_is_not_previewed(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(branding__city__colour="#ffee00")
    assert "미리보기 열기" not in admin.get(change).content.decode()
    previewing(admin)
    assert admin.get("/").status_code == 200
    assert "적용한 모습" not in admin.get("/").content.decode()


def test_the_page_of_a_change_gives_the_link_to_hand_on(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(terminology__city__call_centre__phone="051-120")
    assert "미리보기 열기 (24시간)" in admin.get(change).content.decode()
    answer = admin.post(f"{change}/preview")
    assert (answer.status_code, answer["location"]) == (303, f"{change}?preview=1")
    page = admin.get(answer["location"]).content.decode()
    link = re.search(r"http://busan\.localhost(/studio/preview/[^<\s]+)", page)
    assert link
    assert "시민 화면 보기" in admin.get(link[1]).content.decode()


def test_the_effect_is_counted_apart_from_the_page(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(campaign_type__service_guide__cap_per_run=10)
    page = admin.get(change).content.decode()
    assert f'hx-get="{change}/impact"' in page
    part = admin.get(f"{change}/impact", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "동의가 없어 멈춤" in part
    whole = admin.get(f"{change}/impact").content.decode()
    assert "<h1>영향 범위</h1>" in whole


def test_what_touches_nobody_says_so(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(terminology__city__call_centre__phone="051-120")
    assert "달라지는 것이 없습니다" in admin.get(f"{change}/impact").content.decode()


def test_a_change_is_read_as_yaml_lines(browser: Browser) -> None:
    admin = browser("admin")
    change = drafted(terminology__city__call_centre__phone="051-120")
    page = admin.get(f"{change}?as=yaml").content.decode()
    assert "<code>terminology/city.yaml</code>" in page
    assert "<del>-  phone: &#x27;120&#x27;</del>" in page
    assert "<ins>+  phone: 051-120</ins>" in page


def test_two_versions_are_compared(browser: Browser) -> None:
    admin, approver = browser("admin"), browser("approver")
    change = drafted(terminology__city__call_centre__phone="051-120")
    for client, act in ((admin, "submit"), (approver, "approve"), (admin, "apply")):
        assert client.post(f"{change}/{act}").status_code == 303
    number = in_force().number
    page = admin.get("/studio/changes/compare", {"from": number - 1, "to": number}).content.decode()
    assert "<ins>051-120</ins>" in page
    same = admin.get("/studio/changes/compare", {"from": number, "to": number}).content.decode()
    assert "두 판이 같습니다" in same
    assert admin.get("/studio/changes/compare", {"from": "999"}).status_code == 404
    assert "<ins>" in admin.get(f"{change}?as=yaml").content.decode()


def test_officials_pages_are_seen_and_keep_nothing(browser: Browser) -> None:
    admin = browser("admin")
    drafted(terminology__city__call_centre__phone="051-120")
    token = token_for(change_list()[0].id)
    there = admin.post(f"/studio/preview/{token}/enter", {"to": "staff"})["location"]
    for path in (there, "/staff/voices", "/staff/kpi", "/staff/me"):
        page = admin.get(path, follow=True)
        assert page.status_code == 200, path
        assert "변경안을 적용한 모습입니다" in page.content.decode(), path
    assert admin.post("/staff/me", {"language": "en"}).status_code == 409
    assert "변경안을 적용한 모습" not in admin.get("/studio/").content.decode()
    assert admin.post("/staff/logout").status_code == 302
    assert admin.get("/staff/me").status_code == 302
