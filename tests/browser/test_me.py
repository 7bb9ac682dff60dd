"""A citizen in a real browser: the code from the mailbox, consents, data; then the access log."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam
from tests.support.visitor import PATIENCE_SECONDS, Visitor

WHAT = {
    "category": "road",
    "title": "가로등이 꺼졌어요",
    "body": "공원 입구 가로등이 어제부터 켜지지 않습니다.",
    "location": "시민공원 입구",
}
YOU = {
    "name": "나한결",
    "phone": "010-0000-7788",
    "email": "",
    "reply_channel": "sms",
    "is_public": "no",
    "consent": "on",
}


def file_a_voice(sodam: RunningSodam) -> None:
    """By plain forms: the citizen has to be known before a code reaches them."""
    citizen = Visitor(sodam, "busan")
    for step, given in (("what", WHAT), ("you", YOU)):
        citizen.submit(f"/voices/new/{step}", form_on=f"/voices/new/{step}", **given)
    key = re.search(r'name="key" value="([^"]+)"', citizen.get("/voices/new/check"))
    assert key is not None
    citizen.submit("/voices/new/check", form_on="/voices/new/check", key=key[1])


def code_in_the_mailbox(sodam: RunningSodam) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        letters = Visitor(sodam, "busan").get("/demo/mailbox")
        if found := re.search(r"본인 확인 번호 (\d{6})", letters):
            return found[1]
        time.sleep(0.2)
    raise AssertionError("no code came")


def test_a_citizen_comes_in_by_a_code_and_takes_consent_back(
    running_sodam: RunningSodam, wide_page: Page, judge_both: Callable[[Page], None]
) -> None:
    page = wide_page
    file_a_voice(running_sodam)
    page.goto(running_sodam.url("busan", "/me"))
    page.get_by_role("button", name="번호 받기").click()
    expect(page.locator(".sd-errsum")).to_be_focused()
    judge_both(page)
    page.get_by_label("이름").fill(YOU["name"])
    page.get_by_label("휴대전화 또는 이메일").fill(YOU["phone"])
    page.get_by_role("button", name="번호 받기").click()
    page.wait_for_url("**/me/code")
    judge_both(page)
    page.get_by_label("받은 번호 여섯 자리").fill(code_in_the_mailbox(running_sodam))
    page.get_by_role("button", name="확인").click()
    expect(page.get_by_role("link", name=WHAT["title"])).to_be_visible()
    judge_both(page)
    consents_and_data(page, judge_both)


def consents_and_data(page: Page, judge_both: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="수신 동의").click()
    page.get_by_role("button", name="받기 (행사·홍보 소식, 문자)").click()
    expect(page.get_by_text("문자 · 받음")).to_be_visible()
    judge_both(page)
    page.get_by_role("button", name="모든 동의 거두기").press("Enter")
    expect(page.get_by_text("지금은 받기로 한 것이 없습니다.")).to_be_visible()
    page.get_by_role("link", name="내 자료").click()
    page.get_by_role("button", name="요구하기").click()
    judge_both(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="모두 파일로 받기").click()
    assert download.value.suggested_filename.startswith("my-data-")
    page.get_by_role("button", name="나가기").click()
    page.wait_for_url("**/")


def test_the_access_log_is_read_by_the_privacy_officer(
    running_sodam: RunningSodam, wide_page: Page, judge_both: Callable[[Page], None]
) -> None:
    log_in(wide_page, running_sodam, "privacy")
    wide_page.goto(running_sodam.url("busan", "/staff/customers"))
    wide_page.locator("[data-look]").first.click()
    expect(wide_page.locator("#look h2")).to_be_visible()
    wide_page.goto(running_sodam.url("busan", "/staff/audit"))
    expect(wide_page.locator(".sd-ltbl tbody tr").first).to_contain_text("화면을 봄")
    judge_both(wide_page)
