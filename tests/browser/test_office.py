"""The office in the studio, in a browser: a list of departments, people, and their way in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import listen
from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
WORD = "바다가 보이는 창가 7"


def test_a_list_of_departments_is_looked_at_and_withdrawn(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/organisation"))
    judge(page)
    page.get_by_role("link", name="표로 바꾸기").press("Enter")
    judge(page)
    page.get_by_role("button", name="올리고 달라지는 것 보기").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    text = "부서코드,부서명,상위부서,이메일\n,하천과,,\n,둘째과,없는국,\n,셋째과,,틀림\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "조직.csv", "mimeType": "text/csv", "buffer": text.encode("cp949")}
    )
    page.get_by_role("button", name="올리고 달라지는 것 보기").press("Enter")
    expect(page.get_by_role("heading", name="조직.csv")).to_be_visible()
    expect(page.get_by_text("그런 상위부서가 없습니다: 없는국.")).to_be_visible()
    judge(page)
    page.get_by_role("link", name=re.compile("그대로")).press("Enter")
    expect(page.get_by_text("여기에 보일 줄이 없습니다")).to_be_visible()
    page.get_by_role("button", name="거두기").press("Enter")
    expect(page.get_by_text("목록을 거두었습니다")).to_be_visible()
    page.get_by_role("link", name="부서 더하기").press("Enter")
    judge(page)


def test_somebody_invited_sets_a_password_and_comes_in(
    page: Page, browser: Browser, running_sodam: RunningSodam, judge: Judge
) -> None:
    width: Any = page.viewport_size
    email = f"lee{uuid4().hex[:8]}@busan.example"
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/people"))
    judge(page)
    page.get_by_role("link", name="초대하기").press("Enter")
    judge(page)
    page.get_by_label("이름").fill("이지은")
    page.get_by_label("이메일").fill(email)
    page.get_by_label("부서", exact=False).first.select_option(index=5)
    page.get_by_role("button", name="초대하기").press("Enter")
    expect(page.get_by_role("heading", name="이지은")).to_be_visible()
    judge(page)
    page.get_by_label("승인자").press("Space")
    page.get_by_role("button", name="달라지는 것 보기").press("Enter")
    expect(page.get_by_text("기준정보 변경 승인")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="이 사람이 보는 것").press("Enter")
    expect(page.get_by_role("heading", name="이지은 님이 보는 것")).to_be_visible()
    judge(page)
    for path in ("/studio/people/roles", "/studio/people/groups", "/studio/people/upload"):
        page.goto(running_sodam.url("busan", path))
        judge(page)
    guest = browser.new_context(viewport=width, locale="ko-KR").new_page()
    listen(guest)
    _come_in(guest, running_sodam, email, judge)
    guest.context.close()


def _come_in(guest: Page, sodam: RunningSodam, email: str, judge: Judge) -> None:
    """The letter arrives in the demo's mailbox; its link opens once."""
    letter = guest.locator("body")
    for _ in range(40):
        guest.goto(sodam.url("busan", "/demo/mailbox"))
        if email in letter.inner_text():
            break
        guest.wait_for_timeout(500)
    found = re.search(r"(/staff/welcome/\S+)", letter.inner_text().split(email, 1)[1])
    assert found is not None
    guest.goto(sodam.url("busan", found.group(1)))
    judge(guest)
    guest.get_by_label("새 비밀번호").fill("짧다")
    guest.get_by_label("한 번 더").fill("짧다")
    guest.get_by_label("한 번 더").press("Enter")
    expect(guest.locator("#error-summary")).to_be_focused()
    judge(guest)
    guest.get_by_label("새 비밀번호").fill(WORD)
    guest.get_by_label("한 번 더").fill(WORD)
    guest.get_by_label("한 번 더").press("Enter")
    guest.wait_for_url("**/staff/")
    guest.goto(sodam.url("busan", found.group(1)))
    expect(guest.get_by_role("heading", name="열리지 않는 초대")).to_be_visible()
    judge(guest)
