"""A city asks for more: a field made in the studio by keyboard, asked, found and filled in."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
NOTICED_MS = 2_500
"""Within two seconds every process has read what was published."""
WIDTHS = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})


def describe(page: Page) -> None:
    """A choice of two, in the editor of a new field."""
    page.locator("#id_code").fill("broken")
    page.locator("#id_type").select_option("choice")
    page.get_by_label("시민에게 묻는 말").fill("무엇이 고장 났나요")
    page.get_by_label("이름 1", exact=True).fill("가로등")
    page.get_by_label("코드 1", exact=True).fill("lamp")
    page.get_by_label("이름 2", exact=True).fill("보도블록")
    page.get_by_label("목록에 보이기").check()


def save(page: Page) -> None:
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    page.wait_for_url("**/studio/changes/**")


def bring_into_force(page: Page) -> None:
    save(page)
    for word in ("승인 부탁하기", "승인", "지금 적용"):
        page.get_by_role("button", name=word, exact=True).press("Enter")
    expect(page.locator("h1 + .sd-state")).to_have_text("적용됨")


def test_a_field_is_described_beside_the_page_that_citizens_see(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "steward")
    page.goto(running_sodam.url("busan", "/studio/forms"))
    judge(page)
    page.get_by_role("link", name="새 항목").press("Enter")
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    describe(page)
    seen = page.frame_locator("iframe[name=citizen]")
    expect(seen.get_by_label("무엇이 고장 났나요")).to_be_visible()
    judge(page)
    save(page)
    expect(page.get_by_role("heading", name="항목 ‘무엇이 고장 났나요’")).to_be_visible()
    page.get_by_role("button", name="변경안 거두기").press("Enter")
    expect(page.locator("h1 + .sd-state")).to_have_text("거둠")
    page.goto(running_sodam.url("busan", "/studio/forms/preview"))
    judge(page)


def make_two_fields(page: Page, sodam: RunningSodam) -> None:
    """The choice, and a text that is asked after one of its answers."""
    page.goto(sodam.url("busan", "/studio/forms/new"))
    describe(page)
    bring_into_force(page)
    page.goto(sodam.url("busan", "/studio/forms/new"))
    page.locator("#id_code").fill("lamp_no")
    page.get_by_label("시민에게 묻는 말").fill("가로등 번호")
    page.get_by_label("항목 1").select_option(label="무엇이 고장 났나요")
    page.get_by_label("값 1").fill("lamp")
    bring_into_force(page)
    page.wait_for_timeout(NOTICED_MS)


def file_a_voice(page: Page, sodam: RunningSodam, judge: Judge) -> str:
    """On citizens' pages, at both widths; its reference."""
    for size in WIDTHS:
        page.set_viewport_size(size)
        page.goto(sodam.url("busan", "/voices/new/what"))
        judge(page)
    number = page.get_by_label("가로등 번호")
    expect(number).to_be_hidden()
    page.get_by_label("무엇이 고장 났나요").select_option("lamp")
    expect(number).to_be_visible()
    number.fill("해운-1234")
    page.get_by_label("도로·보도").press("Space")
    page.locator("#f-title").fill("가로등이 꺼졌어요")
    page.locator("#f-body").fill("어제부터 꺼져 있습니다.")
    page.get_by_role("button", name="다음").press("Enter")
    page.locator("#f-name").fill("김민수")
    page.locator("#f-phone").fill("010-0000-4211")
    page.get_by_label("문자").press("Space")
    page.get_by_label("공개하지 않음").press("Space")
    page.get_by_label("개인정보 수집·이용에 동의합니다").check()
    page.get_by_role("button", name="다음").press("Enter")
    expect(page.get_by_text("해운-1234")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="의견 내기").press("Enter")
    page.wait_for_url("**/done")
    return page.url.split("/")[-2]


def fill_in(page: Page, sodam: RunningSodam, ref: str, judge: Judge) -> None:
    """Found by the condition in the list; corrected in a dialog, which a reader of keys closes."""
    page.set_viewport_size(WIDTHS[0])
    page.goto(sodam.url("busan", f"/staff/voices/{ref}?view=all&f.broken=lamp"))
    expect(page.locator(f"#row-{ref}")).to_contain_text("가로등")
    judge(page)
    page.get_by_role("link", name="덧붙인 항목 고치기").press("Enter")
    page.get_by_label("가로등 번호").fill("해운-9999")
    judge(page)
    page.get_by_role("button", name="저장", exact=True).press("Enter")
    expect(page.locator("#context")).to_contain_text("해운-9999")
    page.goto(sodam.url("busan", "/staff/voices/export?view=all&f.broken=lamp"))
    judge(page)


def test_a_field_is_asked_found_and_filled_in(
    wide_page: Page, colleague_page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(wide_page, running_sodam, "steward")
    make_two_fields(wide_page, running_sodam)
    ref = file_a_voice(wide_page, running_sodam, judge)
    log_in(colleague_page, running_sodam, "head")
    fill_in(colleague_page, running_sodam, ref, judge)
    wide_page.set_viewport_size(WIDTHS[0])
    wide_page.goto(running_sodam.url("busan", "/studio/forms/field/lamp_no"))
    wide_page.locator("#id_retired").check()
    bring_into_force(wide_page)
    wide_page.wait_for_timeout(NOTICED_MS)
    wide_page.goto(running_sodam.url("busan", "/voices/new/what"))
    expect(wide_page.get_by_label("가로등 번호")).to_have_count(0)
