"""A voice from its writing to its rating, by keyboard alone, in both input modes.

The pictures of docs/tutorials/journey.md are taken here: SODAM_SCREENSHOTS=<folder>.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.album import Album
from tests.support.keyboard import MODES, Keyboard
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]

LETTER_SECONDS = 60
PAGES_MOST = 3
REF = re.compile(r"^BS-\d{4}-\w{4}-\w$")
UNLAWFUL, ARTICLE = "overload", "시행령 제21조 제2항"

TITLE = "시청역 앞 보도블록이 내려앉았어요"
BODY = "지난주부터 정류장 앞 보도블록이 내려앉아 유모차 바퀴가 걸립니다."
NOTE = "현장 사진을 받으면 유지관리팀과 함께 나가 봅니다."
ASKED = "몇 번 출구 쪽인지, 가까운 가게 이름을 알려 주세요."
SUPPLIED = "6번 출구로 나와서 오른쪽 약국 앞입니다."
REASON = "관할 구청과 함께 현장을 확인한 뒤 복구 날짜를 정해야 합니다."
ANSWER = "현장을 확인하고 보도블록을 새로 놓았습니다. 불편을 드려 죄송합니다."
COMMENT = "친절했지만 한쪽은 아직 덜컹거려요."
SECOND_ANSWER = "남은 한쪽도 오늘 오후에 다시 놓고 눌러 다졌습니다."


@dataclass
class Journey:
    """The two people of the story, and what they have learnt on the way."""

    sodam: RunningSodam
    citizen: Keyboard
    officer: Keyboard
    judge: Judge
    album: Album
    phone: str
    ref: str = ""

    def seen(self, who: Keyboard, sign: Locator, picture: str = "") -> None:
        """The sign is there; once (both modes see the same pages) judge it and keep its picture."""
        expect(sign).to_be_visible()
        if who.is_hangul:
            return
        who.page.wait_for_load_state()
        if picture:
            self.album.take(who.page, picture)
        self.judge(who.page)

    @property
    def case(self) -> Locator:
        return self.officer.page.locator(f"#case [data-ref='{self.ref}']")

    @property
    def dialog(self) -> Locator:
        return self.officer.page.locator("#dlg")

    def letters(self, sign: str) -> Locator:
        """Letters about this voice that carry a link with the sign; the newest first."""
        letter = self.citizen.page.locator(".sd-letter", has_text=self.ref)
        return letter.locator(f"a[href*='{sign}']")

    def wait_for_letters(self, sign: str, number: int) -> Locator:
        """Look into the mailbox until so many came, for a minute at most; the newest one's link."""
        until = time.monotonic() + LETTER_SECONDS
        self.citizen.page.goto(self.sodam.url("busan", "/demo/mailbox"))
        while (found := self.letters(sign).count()) < number and time.monotonic() < until:
            self.citizen.page.reload()
        assert found == number, f"{found} letters with {sign} about {self.ref}"
        return self.letters(sign).first


@pytest.fixture(params=MODES)
def journey(
    request: pytest.FixtureRequest,
    running_sodam: RunningSodam,
    wide_page: Page,
    colleague_page: Page,
    judge: Judge,
) -> Journey:
    mode = str(request.param)
    return Journey(
        sodam=running_sodam,
        citizen=Keyboard(wide_page, mode),
        officer=Keyboard(colleague_page, mode),
        judge=judge,
        album=Album(is_wanted=mode == "latin"),
        phone=f"010-0000-{time.time_ns() % 10000:04d}",
    )


@pytest.mark.timeout(300)
def test_a_voice_goes_from_its_writing_to_its_rating(journey: Journey) -> None:
    file_the_voice(journey)
    log_in(journey)
    rated_before = ratings(journey)
    find_the_case(journey)
    take_it_and_leave_a_note(journey)
    ask_for_more(journey)
    supply_it(journey)
    extend_lawfully(journey)
    answer_it(journey, ANSWER, picture="preview")
    rate_it(journey)
    say_not_solved(journey)
    answer_again(journey)
    read_the_whole_story(journey)
    assert ratings(journey, picture="scores") > rated_before
    expect(journey.officer.page.get_by_text(COMMENT).first).to_be_visible()


def file_the_voice(journey: Journey) -> None:
    who, page = journey.citizen, journey.citizen.page
    page.goto(journey.sodam.url("busan"))
    journey.seen(who, page.locator(".sd-action.main"), "home")
    who.follow(page.locator(".sd-action.main"))
    write_what(journey)
    write_you(journey)
    journey.seen(who, page.get_by_text("지금 내면 이때까지 답합니다"), "check")
    assert page.title().count(f"{PAGES_MOST}/{PAGES_MOST}") == 1
    who.follow(page.locator("form button.primary"))
    journey.seen(who, page.get_by_role("heading", name="의견을 접수했습니다"), "done")
    journey.ref = page.locator(".sd-receipt .ref b").inner_text()
    assert REF.match(journey.ref)
    expect(page.locator(".sd-receipt")).to_contain_text("답변 기한")


def write_what(journey: Journey) -> None:
    who, page = journey.citizen, journey.citizen.page
    who.choose(page.locator("input[name=category][value=road]"))
    who.fill(page.locator("#f-title"), TITLE)
    who.fill(page.locator("#f-body"), BODY)
    who.fill(page.locator("#f-location"), "시청역 6번 출구")
    journey.seen(who, page.locator("#f-location"), "what")
    who.follow(page.locator("form button.primary"))


def write_you(journey: Journey) -> None:
    who, page = journey.citizen, journey.citizen.page
    who.fill(page.locator("#f-name"), "김민수")
    who.fill(page.locator("#f-phone"), journey.phone)
    who.choose(page.locator("input[name=reply_channel][value=sms]"))
    who.choose(page.locator("input[name=is_public][value=no]"))
    who.choose(page.locator("#f-consent"))
    journey.seen(who, page.locator("#f-consent"), "you")
    who.follow(page.locator("form button.primary"))


def log_in(journey: Journey) -> None:
    who, page = journey.officer, journey.officer.page
    page.goto(journey.sodam.url("busan", "/staff/"))
    journey.seen(who, page.get_by_role("heading", name="직원 로그인"))
    who.fill(page.locator("#id_login"), "officer@busan.example")
    who.fill(page.locator("#id_password"), "sodam-demo")
    with who.arriving():
        page.keyboard.press("Enter")
    journey.seen(who, page.get_by_role("heading", name="내 업무"))


def ratings(journey: Journey, picture: str = "") -> int:
    """How many answers to surveys the department's page counts."""
    who, page = journey.officer, journey.officer.page
    who.follow(page.get_by_role("link", name="성과지표관리"))
    who.follow(page.get_by_role("link", name="우리 부서 만족도"))
    journey.seen(who, page.get_by_role("heading", name="우리 부서 만족도"), picture)
    return int(page.locator(".sd-scores dd.n").first.inner_text().split("/")[0])


def find_the_case(journey: Journey) -> None:
    who, page = journey.officer, journey.officer.page
    with who.arriving():
        who.shortcut("KeyG", "KeyI")
    who.follow(page.locator(".sd-views").get_by_role("link", name="담당자 없음"))
    cursor = page.locator(".sd-item.at")
    who.shortcut("KeyJ")
    first = str(cursor.get_attribute("data-ref"))
    who.shortcut("KeyJ")
    expect(cursor).not_to_have_attribute("data-ref", first)
    who.shortcut("KeyK")
    expect(cursor).to_have_attribute("data-ref", first)
    who.shortcut("Slash")
    expect(page.locator("#search")).to_be_focused()
    who.write(journey.ref)
    with who.arriving():
        page.keyboard.press("Enter")
    expect(page.locator(".sd-item")).to_have_count(1)
    who.shortcut("KeyJ")
    journey.seen(who, page.locator(".sd-item.at", has_text=TITLE), "inbox")
    page.keyboard.press("Enter")
    journey.seen(who, journey.case)


def take_it_and_leave_a_note(journey: Journey) -> None:
    who, page = journey.officer, journey.officer.page
    who.press(journey.case.get_by_role("button", name="내가 맡기"))
    expect(page.locator("[data-flash]")).to_contain_text("담당자가 되었습니다")
    leave_the_field(journey)
    who.shortcut("KeyC")
    expect(page.locator("#w-note")).to_be_focused()
    who.write(NOTE)
    page.keyboard.press("Control+Enter")
    note = page.locator(".sd-msg.note", has_text=NOTE)
    expect(note).to_contain_text("시민에게 보이지 않음")
    journey.seen(who, note, "case-with-note")


def leave_the_field(journey: Journey) -> None:
    """Escape leaves a field, so that the shortcuts listen again."""
    journey.officer.page.keyboard.press("Escape")


def ask_for_more(journey: Journey) -> None:
    who, page = journey.officer, journey.officer.page
    who.press(page.locator("[data-compose=supplement_request]"))
    expect(page.locator("#w-supplement_request")).to_be_focused()
    who.write(ASKED)
    send_after_a_look(journey, f"{journey.ref} 보완 요청")
    expect(page.locator("[data-flash]")).to_contain_text("보완을 요청했습니다")
    expect(journey.case.locator(".hd")).to_contain_text("시계 멈춤")


def send_after_a_look(journey: Journey, text: str, picture: str = "") -> None:
    """Ctrl+Enter shows what the citizen will get; Enter sends it."""
    who, page = journey.officer, journey.officer.page
    page.keyboard.press("Control+Enter")
    expect(journey.dialog.locator(".sd-preview .bubble")).to_contain_text(text)
    journey.seen(who, journey.dialog, picture)
    expect(journey.dialog.locator("button.primary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(journey.dialog).to_be_hidden()


def supply_it(journey: Journey) -> None:
    """The link of the text message opens the tracking page; there the answer is typed."""
    who, page = journey.citizen, journey.citizen.page
    who.follow(journey.wait_for_letters("/track/", 1))
    journey.seen(who, page.get_by_role("heading", name="보완이 필요합니다"), "supplement")
    expect(page.locator(".sd-quote")).to_contain_text(ASKED)
    who.fill(page.locator("#f-body"), SUPPLIED)
    who.follow(page.get_by_role("button", name="보완 보내기"))
    journey.seen(who, page.get_by_text("보완 내용을 담당자에게 보냈습니다."))
    expect(page.locator(".sd-tl")).to_contain_text(SUPPLIED)


def extend_lawfully(journey: Journey) -> None:
    who, page, dialog = journey.officer, journey.officer.page, journey.dialog
    page.reload()
    expect(page.locator(".sd-thread")).to_contain_text(SUPPLIED)
    who.press(journey.case.locator("[data-act=extend]"))
    expect(dialog.locator("fieldset")).to_contain_text(ARTICLE)
    choose_an_unlawful_reason(journey)
    who.tab_to(dialog.get_by_label("시민에게 알릴 사유"))
    who.write(REASON)
    who.press(dialog.get_by_role("button", name="연장하고 알리기"))
    expect(dialog.locator(".sd-errsum")).to_contain_text(ARTICLE)
    journey.seen(who, dialog.locator(".sd-errsum"), "extension-refused")
    who.choose(dialog.locator("input[name=reason_code]").first)
    who.press(dialog.get_by_role("button", name="연장하고 알리기"))
    expect(page.locator("[data-flash]")).to_contain_text("처리기간을 연장하고")
    journey.seen(who, journey.case)


def choose_an_unlawful_reason(journey: Journey) -> None:
    """The page offers no unlawful reason: its form is forged, as if by other software."""
    reason = journey.dialog.locator("input[name=reason_code]").first
    reason.evaluate("(choice, code) => { choice.value = code; }", UNLAWFUL)
    journey.officer.choose(reason)


def answer_it(journey: Journey, text: str, picture: str = "") -> None:
    who, page = journey.officer, journey.officer.page
    leave_the_field(journey)
    who.shortcut("KeyR")
    expect(page.locator("#w-answer")).to_be_focused()
    who.write(text)
    expect(page.locator("#by-answer b")).to_have_text(re.compile(r"^[SL]MS \d+"))
    send_after_a_look(journey, text, picture)
    expect(page.locator("[data-flash]")).to_contain_text("답변을 보내고 종결했습니다")


def rate_it(journey: Journey) -> None:
    """Answer and survey are in the mailbox; a scanner that opens the link uses nothing up."""
    who, page = journey.citizen, journey.citizen.page
    link = journey.wait_for_letters("/s/", 1)
    expect(journey.letters("/track/").locator("xpath=..", has_text=ANSWER)).to_have_count(1)
    journey.seen(who, link, "mailbox")
    scanned = urlsplit(str(link.get_attribute("href")))
    assert journey.sodam.ask("busan", scanned.path)[0] == 200
    who.follow(link)
    expect(page.get_by_role("heading", name="답변은 어떠셨나요?")).to_be_visible()
    for item, score in {"speed": 4, "kindness": 5, "fairness": 4, "convenience": 2}.items():
        rate(who, item, score)
    who.fill(page.locator("#f-comment"), COMMENT)
    expect(page.locator("#saved")).to_have_text("저장했습니다.")
    journey.seen(who, page.locator("#f-comment"), "survey")


def rate(who: Keyboard, item: str, score: int) -> None:
    """One tab stop for five steps, the best first; arrows move on."""
    choices = who.page.locator(f"input[name={item}]")
    who.choose(choices.first)
    for _step in range(5 - score):
        who.page.keyboard.press("ArrowRight")
    expect(choices.and_(who.page.locator(f"[value='{score}']"))).to_be_checked()


def say_not_solved(journey: Journey) -> None:
    who, page = journey.citizen, journey.citizen.page
    who.follow(page.locator("button[name=solved][value=no]"))
    journey.seen(who, page.get_by_text("의견을 다시 열었습니다"))


def answer_again(journey: Journey) -> None:
    who, page = journey.officer, journey.officer.page
    with who.arriving():
        who.shortcut("KeyG", "KeyI")
    who.follow(page.locator(".sd-views").get_by_role("link", name="재접수"))
    who.press(page.locator(".sd-item", has_text=journey.ref).locator("a.t"))
    expect(journey.case.locator(".hd")).to_contain_text("재접수")
    journey.seen(who, journey.case)
    answer_it(journey, SECOND_ANSWER)
    assert journey.wait_for_letters("/s/", 2)


def read_the_whole_story(journey: Journey) -> None:
    who, page = journey.citizen, journey.citizen.page
    who.follow(journey.letters("/track/").first)
    expect(page.locator(".sd-answer")).to_contain_text(SECOND_ANSWER)
    story = page.locator(".sd-tl")
    for told in ("접수했습니다", ASKED, SUPPLIED, REASON, "다시 열었습니다", "답변을 드렸습니다"):
        expect(story).to_contain_text(told)
    expect(page.locator("body")).not_to_contain_text(NOTE)
    journey.seen(who, story, "tracking")
