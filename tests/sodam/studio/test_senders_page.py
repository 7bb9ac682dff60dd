"""Noting addresses, choosing one, and asking whether a road is there."""

from __future__ import annotations

import re

from django.test import Client

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import sender_list
from tests.sodam.studio.conftest import Browser

NUMBER = {
    "channel": "sms",
    "address": "051-000-0120",
    "name": "부산시 콜센터",
    "evidence": "통신서비스 이용증명원 2026-11호",
    "registered_on": "2026-11-02",
}


def act(client: Client, number: str, name: str) -> int:
    found = sender_list().get(address=number)
    return client.post(f"/studio/senders/{found.pk}/{name}").status_code


def test_a_number_is_noted_chosen_and_let_go(browser: Browser) -> None:
    admin = browser("admin")
    assert admin.post("/studio/senders", NUMBER).status_code == 303
    assert admin.post("/studio/senders", {**NUMBER, "address": "051-000-0121"}).status_code == 303
    page = admin.get("/studio/senders").content.decode()
    assert "051-000-0120" in page
    assert "통신서비스 이용증명원 2026-11호" in page
    assert act(admin, "0510000121", "use") == 303
    assert act(admin, "0510000120", "remove") == 303
    assert [(one.address, one.is_used) for one in sender_list()] == [("0510000121", True)]


def test_what_goes_out_stays(browser: Browser) -> None:
    admin = browser("admin")
    admin.post("/studio/senders", NUMBER)
    assert act(admin, "0510000120", "remove") == 303
    assert "쓰고 있는 주소입니다" in admin.get("/studio/senders").content.decode()
    assert sender_list().count() == 1


def test_a_number_without_proof_is_told_at_its_field(browser: Browser) -> None:
    answer = browser("admin").post("/studio/senders", {**NUMBER, "evidence": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'<a href="#id_evidence">등록 증빙을 적어 주세요', page)
    assert 'value="051-000-0120"' in page


def test_a_road_is_asked_and_tried_on_oneself(browser: Browser) -> None:
    admin = browser("admin")
    admin.post("/studio/senders/roads/email/check")
    assert "길이 열려 있습니다" in admin.get("/studio/senders").content.decode()
    admin.post("/studio/senders/roads/email/test")
    assert OutgoingMessage.objects.get().recipient == "admin@busan.example"
    admin.post("/studio/senders/roads/sms/test")
    assert "받을 번호나 주소가 없습니다" in admin.get("/studio/senders").content.decode()
    assert admin.post("/studio/senders/roads/fax/check").status_code == 404


def test_only_who_may_change_settings_notes_addresses(browser: Browser) -> None:
    officer = browser("officer")
    assert officer.get("/studio/senders").status_code == 200
    assert officer.post("/studio/senders", NUMBER).status_code == 403
    assert officer.post("/studio/senders/roads/email/check").status_code == 403
