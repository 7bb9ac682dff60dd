"""A release of the standard in a browser: the operator moves those that agreed, one has to choose.

The product is shared, so every government is brought back to where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


@pytest.fixture
def one_wish(running_sodam: RunningSodam, tmp_path: Path) -> Iterator[None]:
    """Busan asks for a higher target than the standard; afterwards all is as before."""
    told = running_sodam.cli("config", "drift", "--all", "--format", "json").stdout
    before = {one["code"]: one["manifest"] for one in json.loads(told)}
    path = tmp_path / "busan.yaml"
    text = running_sodam.cli("config", "export", "--city", "busan").stdout
    start = text.index("\n    reduction:\n")
    place = text.index("target: 50", start)
    path.write_text(f"{text[:place]}target: 60{text[place + 10 :]}", encoding="utf-8")
    done = running_sodam.cli(
        *("config", "apply", "--city", "busan", str(path), "--title", "더 빨리"),
        *("--by", "admin@busan.example", "--approved-by", "approver@busan.example"),
    )
    assert done.returncode == 0, done.stderr
    yield
    for city, number in before.items():
        running_sodam.cli("config", "rollback", "--city", city, "--to", str(number))


@pytest.mark.timeout(400)  # six commands against the product, around the pages
def test_the_operator_upgrades_all_but_the_one_that_chooses_for_itself(
    page: Page, running_sodam: RunningSodam, judge: Judge, one_wish: None
) -> None:
    page.goto(running_sodam.url("console", "/standard"))
    page.locator("input[name=login]").fill("operator@sodam.example")
    page.locator("input[name=password]").fill("sodam-demo")
    page.locator("input[name=password]").press("Enter")
    row = page.get_by_role("row").filter(has_text="부산광역시")
    expect(row).to_contain_text("고를 것이 있음")
    judge(page)
    page.get_by_role("button", name="1.1판으로 올리기").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="1.1판으로 올리기").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("2곳을 표준 1.1판으로 올렸습니다")
    expect(row).to_contain_text("고를 것이 있음")
    judge(page)
    page.get_by_role("link", name="부산광역시").click()
    expect(page.get_by_text("kpi.reduction.target")).to_be_visible()
    judge(page)
    _busan_chooses(page, running_sodam, judge)


def _busan_chooses(page: Page, sodam: RunningSodam, judge: Judge) -> None:
    log_in(page, sodam, "admin")
    page.goto(sodam.url("busan", "/studio/upgrade"))
    judge(page)
    accept = page.get_by_role("button", name="받아들이기")
    accept.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.get_by_role("link", name="하나를 골라 주세요").press("Enter")
    expect(page.locator("#c0")).to_be_focused()
    page.get_by_role("radio", name="우리 것 지키기").check()
    page.get_by_text("따르는 것").last.click()
    judge(page)
    accept.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("다른 승인자의 승인을 기다립니다")
    judge(page)
    change = page.url
    page.context.clear_cookies()
    log_in(page, sodam, "approver")
    page.goto(change)
    page.get_by_role("button", name="승인", exact=True).press("Enter")
    page.get_by_role("button", name="지금 적용").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("판으로 적용했습니다")
    page.goto(sodam.url("busan", "/studio/upgrade"))
    expect(page.get_by_text("가장 새로운 표준을 쓰고 있습니다")).to_be_visible()
    judge(page)
