"""From nothing to the first test voice answered: an operator, an administrator, a citizen, and
somebody of the office, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import BROKEN, PATIENCE_MS, Sizes, listen
from tests.browser.test_small_faces import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
MINUTES = 3 * 60_000
WORD = "맑은 호수 위의 학 7"
TITLE = "시험으로 내 보는 의견"
ANSWER = "시험으로 드리는 답변입니다. 보도블록을 다시 놓았습니다."
REF = re.compile(r"^SJ-\d{4}-\w{4}-\w$")


@dataclass
class Story:
    """The running product, the judge, and a way to seat somebody at a desk of their own."""

    sodam: RunningSodam
    judge: Judge
    seat: Callable[[], Page]


@pytest.fixture
def story(browser: Browser, running_sodam: RunningSodam, judge: Judge) -> Iterator[Story]:
    seated: list[Page] = []

    def seat() -> Page:
        width, height = Sizes[1280]
        made = browser.new_context(viewport={"width": width, "height": height}, locale="ko-KR")
        made.set_default_timeout(PATIENCE_MS)
        seated.append(made.new_page())
        listen(seated[-1])
        return seated[-1]

    yield Story(running_sodam, judge, seat)
    broken = [words for page in seated for words in BROKEN.pop(page, [])]
    for page in seated:
        page.context.close()
    assert broken == []


@pytest.mark.timeout(300)
def test_sejong_goes_from_nothing_to_its_first_answered_test_voice(story: Story) -> None:
    operator = story.seat()
    log_in(operator, story.sodam.url("console", "/login"), "operator@sodam.example")
    tell_the_wizard(story, operator)
    seconds = open_it_once(story, operator)
    assert len(seconds) == operator.locator(".cn-steps li").count()
    admin = come_in(story, invitation_shown_once(story, operator))
    see_the_guide(story, admin)
    ref = file_a_test_voice(story)
    officer = come_in(story, invite_somebody_of(story, admin, department_of(story, admin)))
    answer_it(story, officer, ref)
    see_it_answered(story, admin, operator)


def tell_the_wizard(story: Story, page: Page) -> None:
    """Every step judged, a mistake named, the way back open."""
    page.get_by_role("link", name="새 시·도").press("Enter")
    story.judge(page)
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("세종특별자치시").check(force=True)
    expect(page.locator("#effect")).to_contain_text("3600000000")
    for _step in ("표준 모델", "플러그인", "첫 관리자와 한도"):
        go_on(page)
        expect(page.get_by_role("heading", name=_step)).to_be_visible()
        story.judge(page)
    page.get_by_label("첫 관리자 이름").fill("김세종")
    page.get_by_label("첫 관리자 전자우편").fill("세종")
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("첫 관리자 전자우편").fill("first@sejong.example")
    go_on(page)
    expect(page.get_by_role("heading", name="개통 전 점검")).to_be_visible()
    story.judge(page)
    page.get_by_role("link", name="이전").press("Enter")
    expect(page.get_by_label("첫 관리자 전자우편")).to_have_value("first@sejong.example")
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="다음").press("Enter")


def open_it_once(story: Story, page: Page) -> list[str]:
    """A second tab stood at the same page: its press leads to the same opening. The seconds."""
    late = page.context.new_page()
    listen(late)
    late.goto(page.url)
    page.get_by_role("button", name="개통 시작").press("Enter")
    expect(page.get_by_role("heading", name="세종특별자치시 개통")).to_be_visible()
    late.get_by_role("button", name="개통 시작").press("Enter")
    late.wait_for_url(page.url)
    late.close()
    story.judge(page)
    page.reload()
    expect(page.locator("#summary")).to_contain_text("모두 끝났습니다", timeout=MINUTES)
    expect(page.locator("#live-part[hx-get]")).to_have_count(0)
    expect(page.locator(".cn-checks")).to_contain_text("표가 새것과 다른 줄")
    story.judge(page)
    return [text for text in page.locator(".cn-steps .tm").all_inner_texts() if text.endswith("초")]


def invitation_shown_once(story: Story, page: Page) -> str:
    page.get_by_role("button", name="초대 주소 보기").press("Enter")
    address = page.locator("#invitation-url").inner_text()
    story.judge(page)
    page.get_by_role("link", name="돌아가기").press("Enter")
    expect(page.get_by_role("button", name="초대 주소 보기")).to_have_count(0)
    return address


def come_in(story: Story, address: str) -> Page:
    """Set a password by an invitation's link."""
    page = story.seat()
    page.goto(address)
    page.get_by_label("새 비밀번호").fill(WORD)
    page.get_by_label("한 번 더").fill(WORD)
    with page.expect_navigation():
        page.get_by_label("한 번 더").press("Enter")
    return page


def see_the_guide(story: Story, page: Page) -> None:
    page.goto(story.sodam.url("sejong", "/studio/start"))
    expect(page.get_by_role("heading", name="시작 안내")).to_be_visible()
    expect(step_of(page, "조직도")).to_have_class(re.compile("done"))
    expect(step_of(page, "시험 의견 1건")).not_to_have_class(re.compile("done"))


def step_of(page: Page, word: str) -> Locator:
    return page.locator("main li", has=page.get_by_text(word, exact=True)).first


def file_a_test_voice(story: Story) -> str:
    """As a citizen, on the city's own page, which says that it is a trial."""
    page = story.seat()
    page.goto(story.sodam.url("sejong"))
    expect(page.locator(".sd-trial")).to_contain_text("시험 운영")
    page.locator(".sd-action.main").press("Enter")
    page.locator("input[name=category][value=road]").check(force=True)
    page.locator("#f-title").fill(TITLE)
    page.locator("#f-body").fill("한 번 끝까지 가 봅니다. 보도블록이 내려앉았습니다.")
    page.locator("form button.primary").press("Enter")
    page.locator("#f-name").fill("김시험")
    page.locator("#f-phone").fill("010-0000-4321")
    page.locator("input[name=reply_channel][value=sms]").check(force=True)
    page.locator("input[name=is_public][value=no]").check(force=True)
    page.locator("#f-consent").check(force=True)
    page.locator("form button.primary").press("Enter")
    expect(page.get_by_text("지금 내면 이때까지 답합니다")).to_be_visible()
    page.locator("form button.primary").press("Enter")
    ref = page.locator(".sd-receipt .ref b").inner_text()
    assert REF.match(ref)
    return ref


def department_of(story: Story, page: Page) -> str:
    """Where the city's rules sent the test voice, as its guide tells it."""
    page.goto(story.sodam.url("sejong", "/studio/start/voice"))
    stage = page.locator("main li", has=page.get_by_role("heading", name="담당자 지정")).first
    found = stage.inner_text().splitlines()
    return found[found.index("담당자 지정") + 1 :][1].strip()


def invite_somebody_of(story: Story, page: Page, department: str) -> str:
    """In trial no mail leaves the house: the link is shown to who invites."""
    page.goto(story.sodam.url("sejong", "/studio/people/new"))
    page.get_by_label("이름").fill("이지은")
    page.get_by_label("이메일").fill("lee@sejong.example")
    places = page.get_by_label("부서", exact=False).first
    option = places.locator("option", has_text=re.compile(rf"^\s*{department}\s*$"))
    places.select_option(value=option.first.get_attribute("value"))
    page.locator("input[type=checkbox][value=officer]").check(force=True)
    page.get_by_role("button", name="초대하기").press("Enter")
    expect(page.get_by_role("heading", name="이지은")).to_be_visible()
    shown = re.search(r"https?://\S+/staff/welcome/\S+", page.locator("main").inner_text())
    assert shown is not None
    return shown.group()


def answer_it(story: Story, page: Page, ref: str) -> None:
    page.goto(story.sodam.url("sejong", f"/staff/voices/{ref}"))
    case = page.locator(f"#case [data-ref='{ref}']")
    case.get_by_role("button", name="내가 맡기").press("Enter")
    expect(page.locator("[data-flash]")).to_contain_text("담당자가 되었습니다")
    page.locator("[data-compose=answer]").press("Enter")
    page.locator("#w-answer").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dlg .sd-preview .bubble")).to_contain_text(ANSWER)
    page.locator("#dlg button.primary").press("Enter")
    expect(page.locator("[data-flash]")).to_contain_text("답변을 보내고 종결했습니다")


def see_it_answered(story: Story, admin: Page, operator: Page) -> None:
    """The administrator's guide and the operator's page say so, from the same facts."""
    admin.goto(story.sodam.url("sejong", "/studio/start"))
    expect(step_of(admin, "시험 의견 1건")).to_have_class(re.compile("done"))
    operator.reload()
    guide = operator.locator(".cn-guide li", has_text="시험 의견 1건")
    expect(guide).to_have_class("done")
    expect(guide).to_contain_text("답변 1건")
    expect(operator.locator(".cn-checks")).to_contain_text("들어왔음")
    story.judge(operator)
    operator.goto(story.sodam.url("console", "/"))
    expect(operator.get_by_role("row", name=re.compile("세종특별자치시"))).to_contain_text(
        "시험 운영"
    )
