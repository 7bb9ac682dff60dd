"""A newer release of the standard, as a government's people see and accept it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from core_crm.staff.selectors import official_list
from customization.documents import services
from customization.documents.selectors import in_force
from customization.resolution.operations import operation
from customization.resolution.trees import Path, value_at
from tests.conftest import kst
from tests.sodam.studio.conftest import Browser

PAGE = "/studio/upgrade"
TARGET: Path = ("kpi", "reduction", "target")
OPENS: Path = ("calendar", "office", "opens_at")


def wish(path: Path, wanted: Any) -> None:
    """Bring a wish of the government into force."""
    admin = official_list().get(user__email="admin@busan.example")
    approver = official_list().get(user__email="approver@busan.example")
    now = kst("2026-11-24 10:00")
    one = operation(path, seen=value_at(in_force().tree, path), wanted=wanted, reason="조례")
    change = services.change_draft([one], title="우리 바람", by=admin, now=now)
    change = services.change_submit(change, actor=None, now=now)
    change = services.change_decide(change, approve=True, by=approver, actor=None, now=now)
    services.change_apply(change, actor=None, now=now)


def test_the_page_says_what_a_release_brings_before_anything_changes(browser: Browser) -> None:
    page = browser("officer").get(PAGE).content.decode()
    assert "표준 1.1판이 가져오는 것" in page
    assert "해결 체감률" in page
    assert "kpi.solved_rate" in page
    assert "2027. 7. 1." in page
    assert "승인자가 받아들입니다" in page
    assert in_force().standard_version == "1.0"


def by_two(asked: HttpResponse, approver: Client) -> None:
    """What one asked for, another approves and applies."""
    change = asked["Location"]
    assert approver.post(f"{change}/approve").status_code == 303
    assert approver.post(f"{change}/apply").status_code == 303


def test_two_accept_it_and_go_back(browser: Browser) -> None:
    admin, approver = browser("admin"), browser("approver")
    asked = admin.post(PAGE)
    assert asked.status_code == 303
    assert in_force().standard_version == "1.0"
    by_two(asked, approver)
    assert in_force().standard_version == "1.1"
    assert "가장 새로운 표준을 쓰고 있습니다" in approver.get(PAGE).content.decode()
    by_two(admin.post("/studio/changes/back/0"), approver)
    assert in_force().standard_version == "1.0"


def test_who_may_not_change_settings_does_not_accept(browser: Browser) -> None:
    assert browser("officer").post(PAGE).status_code == 403
    assert in_force().standard_version == "1.0"


def test_an_approver_alone_does_not_accept(browser: Browser) -> None:
    approver = browser("approver")
    change = approver.post(PAGE)["Location"]
    assert approver.post(f"{change}/approve").status_code == 403
    assert in_force().standard_version == "1.0"


def test_a_conflict_is_asked_with_base_new_and_mine(browser: Browser) -> None:
    browser("admin")
    approver = browser("approver")
    wish(TARGET, 60)
    page = approver.get(PAGE).content.decode()
    asked = page.split("<fieldset")[1].split("</fieldset>")[0]
    assert "kpi.reduction.target" in asked
    assert [asked.index(f">{value}<") for value in (50, 55, 60)] == sorted(
        asked.index(f">{value}<") for value in (50, 55, 60)
    )
    assert "조례" in asked
    refused = approver.post(PAGE)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert 'id="error-summary"' in text
    assert 'href="#c0"' in text
    assert "<title>오류: " in text
    assert in_force().standard_version == "1.0"


def test_mine_is_kept_as_chosen_and_the_rest_follows(browser: Browser) -> None:
    admin, approver = browser("admin"), browser("approver")
    wish(TARGET, 60)
    wish(OPENS, "08:30")
    page = approver.get(PAGE).content.decode()
    assert re.search(r"지키는 것</b> <span class=\"sd-num\">1<", page)
    by_two(admin.post(PAGE, {"c0": "mine"}), approver)
    after = in_force()
    assert after.standard_version == "1.1"
    assert (value_at(after.tree, TARGET), value_at(after.tree, OPENS)) == (60, "08:30")
    assert [(one.path, one.reason) for one in after.operations] == [
        (OPENS, "조례"),
        (TARGET, "조례"),
    ]


def test_a_change_of_scores_says_when_the_next_period_begins(browser: Browser) -> None:
    browser("admin")
    approver = browser("approver")
    admin = official_list().get(user__email="admin@busan.example")
    judge = official_list().get(user__email="approver@busan.example")
    now = kst("2026-11-24 10:00")
    for path, wanted, is_told in ((TARGET, 60, True), (OPENS, "08:30", False)):
        one = operation(path, seen=value_at(in_force().tree, path), wanted=wanted)
        change = services.change_draft([one], title="시험", by=admin, now=now)
        change = services.change_submit(change, actor=None, now=now)
        services.change_decide(change, approve=True, by=judge, actor=None, now=now)
        page = approver.get(f"/studio/changes/{change.id}").content.decode()
        assert ("이번 평가기간의 점수가 달라집니다" in page) is is_told
        assert bool(re.search(r'name="on" required value="\d{4}-\d\d-01"', page)) is is_told


def test_choices_of_a_page_that_is_out_of_date_are_asked_again(browser: Browser) -> None:
    browser("admin")
    approver = browser("approver")
    wish(TARGET, 60)
    found = re.search(r'name="seen" value="([^"]+)"', approver.get(PAGE).content.decode())
    assert found
    wish(OPENS, "08:30")
    assert approver.post(PAGE, {"seen": found[1], "c0": "standard"}).status_code == 422
    assert in_force().standard_version == "1.0"
    again = re.search(r'name="seen" value="([^"]+)"', approver.get(PAGE).content.decode())
    assert again
    assert approver.post(PAGE, {"seen": again[1], "c0": "mine"}).status_code == 303
