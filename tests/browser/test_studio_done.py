"""A city changes itself, from the wish to its effect and back, by two people in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
TITLE = "겨울 준비"
PHONE = "051-888-0120"


@pytest.fixture
def admin(wide_page: Page, running_sodam: RunningSodam) -> Page:
    log_in(wide_page, running_sodam, "admin")
    return wide_page


@pytest.fixture
def approver(colleague_page: Page, running_sodam: RunningSodam) -> Iterator[Page]:
    """Whatever happens, the city is afterwards as it was: others' tests share it."""
    log_in(colleague_page, running_sodam, "approver")
    colleague_page.goto(running_sodam.url("busan", "/studio/changes"))
    before = in_force(colleague_page)
    earlier = colleague_page.locator(".st-history li", has_text=before).first
    version = earlier.locator("b").inner_text() if earlier.count() else "표준"
    yield colleague_page
    colleague_page.goto(running_sodam.url("busan", "/studio/changes"))
    if in_force(colleague_page) != before:
        number = "".join(re.findall(r"\d+", version)) or "0"
        running_sodam.cli("config", "rollback", "--city", "busan", "--to", number)


def in_force(page: Page) -> str:
    """The digest of the version in force, as the page of changes says it."""
    return page.locator(".sd-ph code").inner_text()


def back_to(page: Page, version: str) -> str:
    """Ask for an earlier version; the address of the proposal it became."""
    line = page.locator(".st-history li", has=page.get_by_text(version, exact=True))
    line.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_contain_text("다른 승인자의 승인을 기다립니다")
    return page.url


def save(page: Page, *, into: str = "") -> None:
    """Save the editor's form as a proposal of its own, or into one that is open."""
    if into:
        page.get_by_label("어디에").select_option(label=f"‘{into}’에 더하기")
    else:
        page.get_by_label("변경안 이름").fill(TITLE)
    page.get_by_role("button", name="변경안으로 저장").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def weights(page: Page) -> Locator:
    """The fields of the monthly indicators' weights, those above nought."""
    return page.locator("[data-kpi-weights] table:not(.few) tbody td.c5 input:not([value='0'])")


def move_weight(page: Page) -> tuple[str, str]:
    """Take five from one indicator and give it to the next; (field, weight) of the first."""
    first, second = weights(page).nth(0), weights(page).nth(1)
    field = str(first.get_attribute("name"))
    wanted = f"{float(first.input_value()) - 5:g}"
    second.fill(f"{float(second.input_value()) + 5:g}")
    first.fill(wanted)
    return field, wanted


Go = Callable[[Page, str], None]


@pytest.fixture
def go(running_sodam: RunningSodam) -> Go:
    return lambda page, path: page.goto(running_sodam.url("busan", path)) and None


def test_a_city_changes_itself_and_goes_back(
    admin: Page, approver: Page, go: Go, judge: Judge
) -> None:
    go(admin, "/studio/changes")
    before = in_force(admin)
    go(admin, "/studio/kpi")
    field, wanted = move_weight(admin)
    save(admin)
    change = admin.url.split("?")[0]
    add_a_state(admin, go, change)
    add_a_campaign(admin, go, judge)
    change_the_phone(admin, go, judge)
    see_the_effect(admin, judge)
    preview(admin, approver, go, judge)
    decide_and_apply(admin, approver, change)
    expect_everything(admin, approver, go, field, wanted)
    roll_back(admin, approver, go, judge, before)


def add_a_state(page: Page, go: Go, change: str) -> None:
    go(page, f"/studio/workflow/states/new?change={change.rsplit('/', 1)[1]}")
    page.locator("[name=code]").fill("snow_check")
    page.locator("[name=label_ko]").fill("제설 확인")
    page.locator("[name=label_en]").fill("Snow check")
    page.locator("[name=category]").select_option("active")
    page.locator("[name=maps_to]").select_option("in_progress")
    page.locator("[name=in_ko]").fill("제설 확인으로")
    page.locator("label", has=page.locator("[name=in_from][value=in_progress]")).click()
    page.locator("label", has=page.locator("[name=out_by][value=answer]")).click()
    page.get_by_role("button", name="변경안으로 저장").click()
    expect(page.locator(".sd-errsum")).to_have_count(0)


def add_a_campaign(page: Page, go: Go, judge: Judge) -> None:
    go(page, "/studio/campaigns/new")
    judge(page)
    page.locator("[name=code]").fill("snow_notice")
    page.locator("[name=label_ko]").fill("제설 안내")
    page.locator("[name=sms]").select_option("service_guide")
    page.get_by_role("button", name="대상 세기").click()
    expect(page.locator(".st-figures")).to_contain_text("대상")
    judge(page)
    save(page, into=TITLE)


def change_the_phone(page: Page, go: Go, judge: Judge) -> None:
    go(page, "/studio/words")
    judge(page)
    page.get_by_label("상담 전화번호").fill(PHONE)
    save(page, into=TITLE)


def see_the_effect(page: Page, judge: Judge) -> None:
    """On the change's page: four kinds of places, and what each does to real data."""
    for word in ["성과지표", "업무 흐름", "제설 안내", PHONE]:
        expect(page.locator(".st-diff")).to_contain_text(word)
    effect = page.locator("section", has=page.get_by_role("heading", name="영향 범위"))
    expect(effect).not_to_contain_text("세고 있습니다", timeout=30_000)
    expect(effect.locator(".st-impact")).to_have_count(3)
    expect(effect.locator(".sd-alert")).to_have_count(0)
    judge(page)


def preview(page: Page, colleague: Page, go: Go, judge: Judge) -> None:
    """In one browser the city looks as if; in the other it does not."""
    page.get_by_role("button", name="미리보기 열기").click()
    page.goto(page.locator(".st-url").inner_text())
    judge(page)
    page.get_by_role("button", name="시민 화면 보기").click()
    expect(page.locator(".sd-previewed")).to_contain_text(TITLE)
    expect(page.locator(".sd-c-foot")).to_contain_text(PHONE)
    judge(page)
    go(colleague, "/")
    expect(colleague.locator(".sd-c-foot")).not_to_contain_text(PHONE)
    page.get_by_role("button", name="미리보기 끝내기").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def decide_and_apply(writer: Page, approver: Page, change: str) -> None:
    writer.get_by_role("button", name="승인 부탁하기").click()
    expect(writer.locator("h1 + .sd-state")).to_have_text("승인 대기")
    expect(writer.get_by_role("button", name="승인", exact=True)).to_have_count(0)
    approver.goto(change)
    approver.get_by_role("button", name="승인", exact=True).click()
    expect(approver.locator("h1 + .sd-state")).to_have_text("승인됨")
    writer.goto(change)
    writer.get_by_role("button", name="지금 적용").click()
    expect(writer.locator("h1 + .sd-state")).to_have_text("적용됨")


def expect_everything(page: Page, colleague: Page, go: Go, field: str, wanted: str) -> None:
    """The effect, in the editors and before citizens."""
    go(page, "/studio/kpi")
    expect(page.locator(f"[name={field}]")).to_have_value(wanted)
    go(page, "/studio/workflow")
    expect(page.locator("svg.st-diagram")).to_contain_text("제설 확인")
    go(page, "/studio/campaigns")
    expect(page.get_by_role("link", name="제설 안내")).to_be_visible()
    go(colleague, "/")
    expect(colleague.locator(".sd-c-foot")).to_contain_text(PHONE)


def roll_back(page: Page, approver: Page, go: Go, judge: Judge, before: str) -> None:
    go(approver, "/studio/changes")
    assert in_force(approver) != before
    number = int(re.findall(r"\d+", approver.locator(".sd-ph .sd-soft").inner_text())[0])
    go(page, "/studio/changes")
    change = back_to(page, f"{number - 1}판" if number > 1 else "표준")
    judge(page)
    approver.goto(change)
    approver.get_by_role("button", name="승인", exact=True).click()
    approver.get_by_role("button", name="지금 적용").click()
    go(approver, "/studio/changes")
    assert in_force(approver) == before
    judge(approver)
    go(page, "/studio/changes/compare")
    expect(page.locator("del").first).to_be_visible()
    judge(page)
    go(page, "/studio/campaigns")
    expect(page.get_by_role("link", name="제설 안내")).to_have_count(0)


def test_the_forms_of_words_looks_and_lists_are_worked_by_keys(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    for path in ["/studio/", "/studio/campaigns", "/studio/words", "/studio/codes"]:
        page.goto(running_sodam.url("busan", path))
        judge(page)
    page.goto(running_sodam.url("busan", "/studio/codes/new"))
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/brand"))
    judge(page)
    colour = page.locator("[name=colour]")
    colour.fill("#ff8800")
    expect(page.locator("[data-verdict]")).to_contain_text("읽기 어렵습니다")
    judge(page)
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("4.5:1")
    judge(page)
    page.get_by_role("button", name="숲").press("Enter")
    expect(page.locator("[data-verdict]")).to_contain_text("읽을 수 있습니다")
    page.goto(running_sodam.url("busan", "/studio/campaigns/type/city_news"))
    judge(page)
