"""An operator visits a city in a browser: from the console's form to the city sending them out."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
REASON = "처리기한 시계가 이상하다는 신고를 확인합니다"


def test_an_operator_looks_in_and_the_city_sends_them_out(
    page: Page, colleague_page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    operator, admin = page, colleague_page
    _at_the_console(operator, running_sodam)
    operator.goto(running_sodam.url("console", "/cities/busan/enter"))
    judge(operator)
    operator.get_by_role("button", name="방문 주소 받기").click()
    expect(operator.get_by_role("alert")).to_contain_text("왜 들어가")
    operator.get_by_label("왜 들어가나요?").fill(REASON)
    operator.get_by_role("button", name="방문 주소 받기").click()
    expect(operator.get_by_role("heading", name="들어가는 주소")).to_be_visible()
    judge(operator)
    operator.get_by_role("link", name="부산광역시 들어가기").click()
    judge(operator)
    operator.get_by_role("button", name="방문 시작").click()
    expect(operator.get_by_label("방문 중 알림")).to_contain_text(REASON)
    operator.goto(running_sodam.url("busan", "/staff/voices?view=all"))
    judge(operator)
    log_in(admin, running_sodam, "admin")
    expect(admin.get_by_label("운영자 방문 알림").first).to_contain_text(REASON)
    admin.goto(running_sodam.url("busan", "/studio/visits"))
    judge(admin)
    admin.get_by_role("row", name=re.compile("보고 있음")).first.get_by_role("link").click()
    expect(admin.get_by_text("/staff/voices", exact=True)).to_be_visible()
    judge(admin)
    admin.get_by_role("button", name="지금 끝내기").click()
    operator.reload()
    expect(operator.get_by_role("heading", name="방문이 끝났습니다")).to_be_visible()
    judge(operator)


def _at_the_console(page: Page, product: RunningSodam) -> None:
    page.goto(product.url("console", "/login"))
    page.get_by_label("이메일").fill("operator@sodam.example")
    page.get_by_label("비밀번호").fill("sodam-demo")
    page.get_by_role("button", name="로그인", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url(re.compile(r"console\.localhost:\d+/$"))
