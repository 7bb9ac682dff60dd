"""A file of customers in a real browser: from its upload to its undoing, without a reload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

ROWS = 5_000
HEAD = "성명,휴대폰,전자우편,생년월일"


def a_file(folder: Path) -> Path:
    """As an older Excel writes it; every hundredth phone cannot be one."""
    lines = [HEAD]
    for n in range(ROWS):
        phone = "010-12" if n % 100 == 0 else f"010-0000-{n:04}"
        lines.append(f"방문{chr(0xAC00 + n)},{phone},v{n}@citizen.example,19{n % 60 + 30}-03-02")
    file = folder / "방문객.csv"
    file.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp949", errors="replace"))
    return file


def test_a_file_is_matched_checked_taken_in_before_ones_eyes_and_undone(
    running_sodam: RunningSodam,
    wide_page: Page,
    judge_both: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    page = wide_page
    log_in(page, running_sodam, "steward", city="seoul")  # Busan's guide counts what came in
    page.goto(running_sodam.url("seoul", "/staff/imports"))
    judge_both(page)
    page.get_by_role("link", name="파일 가져오기").first.click()
    uploaded(page, judge_both, a_file(tmp_path))
    matched(page, judge_both)
    taken_in(page, judge_both)
    given_back(page, judge_both)


def uploaded(page: Page, judge: Callable[[Page], None], file: Path) -> None:
    page.get_by_role("button", name="올리고 열 맞추기").click()
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("출처").fill("시립박물관")
    page.get_by_role("button", name="올리고 열 맞추기").press("Enter")
    expect(page.get_by_role("heading", name="열 맞추기", exact=True)).to_be_visible()


def matched(page: Page, judge: Callable[[Page], None]) -> None:
    expect(page.locator("select").first).to_have_value("name")
    expect(page.get_by_text("CP949")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="미리 점검").press("Enter")
    expect(page.get_by_role("heading", name="받지 않을 행")).to_be_visible()
    expect(page.locator(".im-tiles .refused dd")).to_contain_text("50")
    judge(page)


def taken_in(page: Page, judge: Callable[[Page], None]) -> None:
    page.get_by_role("button", name="가져오기 시작").press("Enter")
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    page.evaluate("window.isTheSame = true")
    judge(page)
    expect(page.locator(".sd-ph .sd-state")).to_have_text("끝남", timeout=60_000)
    assert page.evaluate("window.isTheSame")
    expect(bar).to_have_attribute("value", "100")
    expect(page.locator(".im-tiles .created dd")).to_contain_text("4,950")
    judge(page)


def given_back(page: Page, judge: Callable[[Page], None]) -> None:
    here = page.url
    page.get_by_role("link", name="오류 파일").click()
    page.get_by_role("button", name="내려받기").click()
    expect(page.locator("#error-summary")).to_be_visible()
    judge(page)
    page.get_by_label("왜 파일이 필요한가요?").fill("전화번호를 고쳐 다시 올리려고")
    with page.expect_download() as coming:
        page.get_by_role("button", name="내려받기").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 51
    page.goto(f"{here}/undo")
    judge(page)
    page.get_by_role("button", name="되돌리기").press("Enter")
    expect(page.locator(".sd-ph .sd-state")).to_have_text("되돌림", timeout=60_000)
    judge(page)
