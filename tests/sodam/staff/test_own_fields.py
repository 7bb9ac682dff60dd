"""A city's own fields on officials' pages: registered, shown, masked, opened, filled in."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from core_crm.audit.models import AuditEntry
from core_crm.common.contributions import Added, CaseView, Panel, PanelContent
from core_crm.common.models import RecordedEvent
from core_crm.extension_points import panels
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors import inbox
from customization.public import change_draft, copied, diff, in_force, put
from sodam.studio.preview import COOKIE, token_for
from tests.conftest import ServedCity
from tests.sodam.staff import kit
from tests.support.forms import use_form
from tests.support.points import bound

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
FIELDS: dict[str, Any] = {
    "lamp_no": {"label": {"ko": "가로등 번호"}, "type": "text", "searchable": True, "sort": 1},
    "harms": {
        "label": {"ko": "피해"},
        "type": "multi_choice",
        "choices": {"noise": {"label": {"ko": "소음"}}, "dust": {"label": {"ko": "먼지"}}},
        "sort": 2,
    },
    "guardian": {
        "label": {"ko": "보호자"},
        "type": "text",
        "personal_data": "personal",
        "mask": "name",
        "sort": 3,
    },
}
KEPT = {"lamp_no": "가-12", "harms": ["noise"], "guardian": "홍길동"}


@pytest.fixture
def officer(busan: ServedCity) -> Any:
    use_form(FIELDS)
    return kit.official("officer")


@pytest.fixture
def case(officer: Any) -> Any:
    return kit.voice(to=officer, attributes=KEPT)


def page_of(officer: Any, case: Any) -> str:
    return str(kit.logged_in(officer).get(f"/staff/voices/{case.ref}").content.decode())


def test_values_stand_beside_the_case_and_personal_ones_are_masked(officer: Any, case: Any) -> None:
    page = page_of(officer, case)
    assert "가로등 번호" in page
    assert "가-12" in page
    assert "소음" in page
    assert "홍*동" in page
    assert "홍길동" not in page


def test_a_masked_value_is_opened_with_a_reason_that_is_kept(officer: Any, case: Any) -> None:
    url = f"/staff/voices/{case.ref}/unmask"
    browser = kit.logged_in(officer)
    refused = browser.post(url, {"reason": "왜"}, headers=PARTIAL)
    assert "홍길동" not in refused.content.decode()
    opened = browser.post(url, {"reason": "보호자에게 전화하려고"}, headers=PARTIAL)
    assert "홍길동" in opened.content.decode()
    noted = AuditEntry.objects.get(action="customer.unmasked")
    assert noted.facts["fields"] == "guardian"


def test_fields_are_filled_in_and_a_masked_one_left_empty_stays(officer: Any, case: Any) -> None:
    browser, url = kit.logged_in(officer), f"/staff/voices/{case.ref}/fields"
    form = browser.get(url).content.decode()
    assert "홍길동" not in form
    given = {
        "version": case.version,
        "own_lamp_no": "하늘-99",
        "own_harms": ["dust", "noise"],
        "own_guardian": "",
    }
    assert browser.post(url, given).status_code == 303
    voice = Voice.objects.get(pk=case.pk)
    assert voice.attributes == {
        "lamp_no": "하늘-99",
        "harms": ["dust", "noise"],
        "guardian": "홍길동",
    }
    last = VoiceTransition.objects.filter(voice=case).latest("version")
    assert (last.action, last.comment) == ("fill_in", "피해, 가로등 번호")
    assert RecordedEvent.objects.filter(kind="voices.voice_filled_in").count() == 1
    found = inbox(officer, view="all", text="하늘", now=timezone.now())
    assert [row.ref for row in found.items] == [case.ref]


def test_what_is_asked_of_other_voices_is_not_in_the_form(officer: Any, case: Any) -> None:
    by_hand = {"op": "eq", "field": "channel", "value": "phone"}
    call = {"label": {"ko": "통화 번호"}, "type": "text", "shown_when": by_hand}
    use_form(FIELDS | {"call": call})
    browser = kit.logged_in(officer)
    assert "통화 번호" not in browser.get(f"/staff/voices/{case.ref}/fields").content.decode()
    called = kit.voice(to=officer, channel="phone")
    assert "통화 번호" in browser.get(f"/staff/voices/{called.ref}/fields").content.decode()


def test_somebody_faster_is_not_overwritten(officer: Any, case: Any) -> None:
    browser, url = kit.logged_in(officer), f"/staff/voices/{case.ref}/fields"
    stale = browser.post(url, {"version": case.version - 1, "own_lamp_no": "x"})
    assert stale.status_code == 409


def test_a_wrong_value_is_told_beside_its_field(officer: Any, case: Any) -> None:
    use_form(FIELDS | {"count": {"label": {"ko": "몇 개"}, "type": "number"}})
    browser, url = kit.logged_in(officer), f"/staff/voices/{case.ref}/fields"
    answer = browser.post(url, {"version": case.version, "own_count": "셋"})
    assert answer.status_code == 422
    assert 'href="#own-own_count"' in answer.content.decode()


def test_a_city_without_fields_has_no_such_page(officer: Any, case: Any) -> None:
    use_form({})
    assert "덧붙인 항목 고치기" not in page_of(officer, case)
    assert kit.logged_in(officer).get(f"/staff/voices/{case.ref}/fields").status_code == 404


def test_they_are_asked_when_a_voice_is_written_down(officer: Any) -> None:
    kit.department()
    browser = kit.logged_in(officer)
    given = {
        "channel": "phone",
        "name": "김민수",
        "phone": "010-0000-4211",
        "category": "road",
        "title": "가로등이 꺼짐",
        "body": "밤에 어둡습니다.",
        "own_lamp_no": "가-77",
        "own_harms": ["dust"],
    }
    assert browser.post("/staff/voices/new", given).status_code == 303
    assert Voice.objects.get().attributes == {"lamp_no": "가-77", "harms": ["dust"]}


def box(view: CaseView, _today: Any) -> PanelContent | None:
    """Tells what a plugin can see."""
    return PanelContent(
        (("번호", str(view.attributes)), ("제목", view.title)), note="<b>그대로</b>"
    )


def test_a_plugins_panel_is_drawn_by_us_and_sees_nothing_personal(officer: Any, case: Any) -> None:
    panel = Panel(code="lamp", label_ko="가로등 정보", label_en="Lamp", show=box)
    with bound(panels, lambda: [Added("lab", panel)]):
        page = page_of(officer, case)
    assert "가로등 정보" in page
    assert "&lt;b&gt;그대로" in page
    assert "홍길동" not in page
    silent = Panel(code="none", label_ko="말 없음", label_en="None", show=lambda _view, _day: None)
    with bound(panels, lambda: [Added("lab", silent)]):
        assert "말 없음" not in page_of(officer, case)


def test_a_preview_of_a_draft_that_masks_less_opens_no_value(officer: Any, case: Any) -> None:
    before = in_force().tree
    wanted = copied(before)
    open_one = {"label": {"ko": "보호자"}, "type": "text", "in_inbox": True}
    put(wanted, ("form", "voice", "fields", "guardian"), open_one)
    put(wanted, ("form", "voice", "fields", "left_over"), open_one)
    Voice.objects.filter(pk=case.pk).update(attributes=KEPT | {"left_over": "900101-1234567"})
    draft = change_draft(
        diff(before, wanted), title="시험", by=kit.official("admin"), now=timezone.now()
    )
    client = kit.logged_in(officer)
    client.cookies[COOKIE] = token_for(draft.id)
    for path in (f"/staff/voices/{case.ref}", "/staff/voices?view=all"):
        page = client.get(path).content.decode()
        assert "변경안을 적용한 모습입니다" in page
        assert "홍길동" not in page
        assert "900101" not in page
