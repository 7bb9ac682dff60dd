"""Files of customers: matched, checked, taken in, given back and undone, by pages that cover."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from core_crm.audit.models import Disclosure
from core_crm.audit.types import Actor
from core_crm.customers.models import Citizen
from core_crm.customers.services.acquired import acquired_list_register
from core_crm.imports.models import ImportBatch
from core_crm.imports.services import batch_work
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
HEAD = "성명,휴대폰,전자우편,비고\r\n"
GOOD = "김하늘,010-0000-1001,sky@citizen.example,가\r\n이바다,01000001002,,나\r\n"
BAD = "박온유,010-12,,다\r\n최가람,010-0000-1004,가람,라\r\n"
MAPPED = {"c0": "name", "c1": "phone", "c2": "email", "c3": ""}


@pytest.fixture
def steward(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("steward"))


def sent(browser: Client, text: str = HEAD + GOOD + BAD, **more: Any) -> Any:
    """The answer to a file that somebody uploads, written as old Excel writes it."""
    file = SimpleUploadedFile("회원.csv", text.encode("cp949"))
    given = {
        "file": file,
        "kind": "citizens",
        "source": "시립박물관",
        "policy": "fill",
        "encoding": "auto",
    }
    return browser.post("/staff/imports/new", given | more)


def drafted(browser: Client, **more: Any) -> ImportBatch:
    assert sent(browser, **more).status_code == 303
    return ImportBatch.objects.latest("created_at")


def planned(browser: Client, **more: Any) -> ImportBatch:
    batch = drafted(browser, **more)
    answer = browser.post(f"/staff/imports/{batch.pk}/columns", MAPPED)
    assert answer.status_code == 303
    batch.refresh_from_db()
    return batch


def done(browser: Client, **more: Any) -> ImportBatch:
    """A batch taken in to its end, as the worker does it."""
    batch = planned(browser, **more)
    browser.post(f"/staff/imports/{batch.pk}/act", {"do": "start"})
    work_off(batch)
    batch.refresh_from_db()
    return batch


def work_off(batch: ImportBatch) -> None:
    while batch_work(batch.pk, now=NOW):
        pass


def page_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_any_file_the_list_says_what_to_do(steward: Client) -> None:
    page = page_of(steward, "/staff/imports")
    assert "아직 가져온 파일이 없습니다" in page
    assert 'href="/staff/imports/new"' in page


def test_a_file_of_an_old_excel_is_read_and_its_columns_are_suggested(steward: Client) -> None:
    answer = sent(steward)
    assert (answer.status_code, answer["Location"][-8:]) == (303, "/columns")
    page = page_of(steward, answer["Location"])
    assert "CP949" in page
    assert "성명" in page
    for place, field in enumerate(("name", "phone", "email")):
        select = page.partition(f'name="c{place}"')[2].partition("</select>")[0]
        assert f'value="{field}" selected' in select


def test_samples_are_covered(steward: Client) -> None:
    batch = drafted(steward)
    page = page_of(steward, f"/staff/imports/{batch.pk}/columns")
    assert "김*늘" in page
    assert "김하늘" not in page
    assert "010-0000-1001" not in page
    assert "sky@citizen.example" not in page


def test_two_columns_for_one_field_are_refused_by_name(steward: Client) -> None:
    batch = drafted(steward)
    answer = steward.post(f"/staff/imports/{batch.pk}/columns", MAPPED | {"c2": "phone"})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert ImportBatch.objects.get(pk=batch.pk).state == "draft"


def test_the_check_names_row_and_column_and_registers_nobody(steward: Client) -> None:
    batch = planned(steward)
    page = page_of(steward, f"/staff/imports/{batch.pk}")
    assert "미리 점검한 결과" in page
    assert "전화번호를 다시 확인해 주세요" in page
    assert "이메일 주소를 다시 확인해 주세요" in page
    assert "휴대폰" in page
    assert not Citizen.objects.filter(name="김하늘").exists()


def test_a_started_file_waits_and_the_page_asks_again(steward: Client) -> None:
    batch = planned(steward)
    assert steward.post(f"/staff/imports/{batch.pk}/act", {"do": "start"}).status_code == 303
    page = page_of(steward, f"/staff/imports/{batch.pk}")
    assert "대기 중" in page
    assert f'hx-get="/staff/imports/{batch.pk}/live"' in page
    assert "<progress" in page


def test_an_ended_file_says_what_became_of_every_row(steward: Client) -> None:
    batch = done(steward)
    assert (batch.state, batch.rows, batch.created, batch.refused) == ("done", 4, 2, 2)
    page = page_of(steward, f"/staff/imports/{batch.pk}")
    assert "받지 않은 2행 내려받기" in page
    assert "hx-get" not in page.partition('id="import-live"')[2].partition(">")[0]
    assert Citizen.objects.get(name="이바다").phone == "+821000001002"
    assert "새로 2" in page_of(steward, "/staff/imports")


def test_the_moving_part_is_a_fragment_and_a_page(steward: Client) -> None:
    batch = planned(steward)
    part = steward.get(f"/staff/imports/{batch.pk}/live", headers={"HX-Request-Type": "partial"})
    assert part.content.decode().lstrip().startswith('<div id="import-live"')
    assert "<html" in page_of(steward, f"/staff/imports/{batch.pk}/live")


def test_a_halted_file_can_go_on_or_be_ended(steward: Client) -> None:
    batch = planned(steward)
    for do, state in (("start", "waiting"), ("pause", "paused"), ("resume", "waiting")):
        steward.post(f"/staff/imports/{batch.pk}/act", {"do": do})
        batch.refresh_from_db()
        assert batch.state == state
    steward.post(f"/staff/imports/{batch.pk}/act", {"do": "cancel"})
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert not Citizen.objects.filter(name="김하늘").exists()


def test_refused_rows_come_back_for_a_reason_that_is_noted(steward: Client) -> None:
    batch = done(steward)
    path = f"/staff/imports/{batch.pk}/errors"
    assert steward.post(path, {"reason": "음"}).status_code == 422
    assert not Disclosure.objects.filter(action="customer.exported").exists()
    answer = steward.post(path, {"reason": "전화번호를 고쳐 다시 올리려고"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].endswith("사유")
    assert "박온유" in text
    assert "김하늘" not in text
    noted = Disclosure.objects.get(action="customer.exported")
    assert (noted.subject_id, noted.reason) == (batch.pk, "전화번호를 고쳐 다시 올리려고")


def test_a_file_is_undone_after_its_effect_was_shown(steward: Client) -> None:
    batch = done(steward)
    page = page_of(steward, f"/staff/imports/{batch.pk}/undo")
    assert "지움" in page
    assert steward.post(f"/staff/imports/{batch.pk}/undo").status_code == 303
    work_off(batch)
    assert not Citizen.objects.filter(name="김하늘").exists()
    assert "되돌렸습니다" in page_of(steward, f"/staff/imports/{batch.pk}")


def test_a_file_that_is_no_table_is_refused_where_it_was_chosen(steward: Client) -> None:
    answer = sent(steward, "")
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def a_list(kind: str = "citizens") -> Any:
    official = kit.official("admin", name="정기준")
    return acquired_list_register(
        name="박물관 회원",
        kind=kind,
        source="시립박물관",
        received_on=NOW.date(),
        basis="개인정보 보호법 제18조 제2항 제1호",
        purpose="전시 안내",
        expires_on=NOW.date() + timedelta(days=60),
        by=Actor(official.id, official.name),
        now=NOW,
    )


def test_a_list_from_elsewhere_leads_to_its_file(steward: Client) -> None:
    made = a_list()
    assert f"/staff/imports/new?list={made.pk}" in page_of(steward, f"/staff/acquired/{made.pk}")
    page = page_of(steward, f"/staff/imports/new?list={made.pk}")
    assert f'value="{made.pk}" selected' in page
    assert "제18조 제2항 제1호" in page


def test_who_is_taken_in_with_a_list_stands_on_it(steward: Client) -> None:
    made = a_list()
    batch = done(steward, acquired_list=str(made.pk))
    assert batch.basis == made.basis
    assert set(made.members.values_list("citizen__name", flat=True)) == {"김하늘", "이바다"}


def test_a_list_of_bodies_takes_no_persons(steward: Client) -> None:
    answer = sent(steward, acquired_list=str(a_list("organisations").pk))
    assert answer.status_code == 422
    assert "종류가 다릅니다" in answer.content.decode()


def test_an_empty_sheet_has_the_heads_and_keeps_noughts(steward: Client) -> None:
    text = steward.get("/staff/imports/sheet/citizens/csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 1
    book = load_workbook(io.BytesIO(steward.get("/staff/imports/sheet/citizens/xlsx").content))
    table = book.worksheets[0]
    assert [cell.value for cell in table[1]] == text.strip().split(",")
    assert table.column_dimensions["B"].number_format == "@"
    assert steward.get("/staff/imports/sheet/citizens/doc").status_code == 404


def test_no_address_or_title_holds_the_name_of_a_file(steward: Client) -> None:
    batch = planned(steward)
    page = page_of(steward, f"/staff/imports/{batch.pk}")
    assert "회원" not in page.partition("<title>")[2].partition("</title>")[0]
