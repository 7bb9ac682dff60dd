"""Lists of departments and people in the studio: sent, looked at, applied or dropped."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core_crm.staff.models import Department, OfficePlan
from core_crm.staff.selectors import official_by_email
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from tests.sodam.studio.conftest import Browser
from tests.sodam.studio.test_studio import read

MOVED = "부서코드,부서명,상위부서\nx.road,도로안전과,y\n,하천과,y\nbad code,나쁜과,y\n"


def three(browser: Browser) -> Client:
    department_load(
        [
            DepartmentRow(code="x", name_ko="엑스국", kind="bureau"),
            DepartmentRow(code="y", name_ko="와이국", kind="bureau"),
            DepartmentRow(code="x.road", name_ko="도로과", parent_code="x"),
        ]
    )
    return browser("admin")


def send(client: Client, text: str, kind: str = "organisation", **given: Any) -> str:
    file = SimpleUploadedFile("목록.csv", text.encode("cp949"))
    answer = client.post(f"/studio/{kind}/upload", {"file": file, **given})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    return found.group(1)


def test_a_sent_list_is_looked_at_and_changes_nothing(browser: Browser) -> None:
    client = three(browser)
    page = read(client, send(client, MOVED))
    for word in ("도로안전과", "하천과", "받지 않음", "부서코드", "CP949"):
        assert word in page
    assert " style=" not in page
    assert Department.objects.get(code="x.road").name_ko == "도로과"
    assert not Department.objects.filter(name_ko="하천과").exists()


def test_applying_does_it_and_says_what_became_of_it(browser: Browser) -> None:
    client = three(browser)
    path = send(client, MOVED)
    shown = digest(read(client, path))
    done = client.post(path, {"apply": "1", "digest": shown}, follow=True).content.decode()
    assert "적용한 것" in done
    assert Department.objects.get(code="x.road").name_ko == "도로안전과"
    again = client.post(path, {"apply": "1", "digest": shown})
    assert again.status_code == 422
    assert "이미 적용했거나" in again.content.decode()


def test_refused_lines_come_as_a_file(browser: Browser) -> None:
    client = three(browser)
    path = send(client, MOVED)
    text = client.get(f"{path}/refused.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "부서코드,부서명,상위부서,사유"
    assert len(text.splitlines()) == 2


def test_a_meanwhile_changed_organisation_is_shown_again(browser: Browser) -> None:
    client = three(browser)
    path = send(client, MOVED)
    shown = digest(read(client, path))
    department_load([DepartmentRow(code="x.road", name_ko="길과", parent_code="x")])
    answer = client.post(path, {"apply": "1", "digest": shown})
    assert answer.status_code == 422
    assert "달라졌습니다" in answer.content.decode()
    assert Department.objects.get(code="x.road").name_ko == "길과"


def test_a_dropped_list_did_nothing(browser: Browser) -> None:
    client = three(browser)
    path = send(client, MOVED)
    client.post(path, {"drop": "1"})
    assert OfficePlan.objects.get().rows == []
    assert "거둔 목록입니다" in read(client, path)


def test_headings_can_be_said(browser: Browser) -> None:
    client = three(browser)
    path = send(client, "가,나\nx.road,도로안전과\n")
    assert "이 열이 어디인지 모르겠습니다" in read(client, path)
    client.post(path, {"mapped": "1", "column-0": "code", "column-1": "name_ko", "arrange": "1"})
    assert "<ins>도로안전과</ins>" in read(client, path)


def test_what_is_no_table_is_told_at_the_field(browser: Browser) -> None:
    client = three(browser)
    for data in (b"%PDF-1.7 x", b"PK\x03\x04 broken", b"only a line"):
        file = SimpleUploadedFile("x.xlsx", data)
        answer = client.post("/studio/organisation/upload", {"file": file})
        assert answer.status_code == 422
        assert 'id="error-summary"' in answer.content.decode()
    assert client.post("/studio/organisation/upload", {}).status_code == 422


def test_the_list_of_today_sent_back_changes_nothing(browser: Browser) -> None:
    client = three(browser)
    text = client.get("/studio/organisation/list.csv").content.decode("utf-8-sig")
    path = send(client, text, is_whole="on")
    assert "바뀌는 줄이 없어" in read(client, path)


def test_the_ordinances_organisation_can_be_begun_with(browser: Browser) -> None:
    client = three(browser)
    answer = client.post("/studio/organisation/upload", {"ordinance": "1"})
    page = read(client, answer.headers["Location"])
    assert "엑스국" in page  # not in the ordinance: it would end
    assert Department.objects.get(code="x").valid_to is None


def test_one_department_is_added_renamed_and_ended_by_its_page(browser: Browser) -> None:
    client = three(browser)
    given = {"name_ko": "하천과", "kind": "department", "parent": "y"}
    path = client.post("/studio/organisation/new", given).headers["Location"]
    client.post(path, {"apply": "1", "digest": digest(read(client, path))})
    made = Department.objects.get(name_ko="하천과")
    assert made.parent is not None
    assert made.parent.code == "y"
    own = f"/studio/organisation/unit/{made.code}"
    assert "지금 가진 것" in read(client, own)
    path = client.post(own, {**given, "name_ko": "물길과", "parent": ""}).headers["Location"]
    page = read(client, path)
    assert "이름 바뀜" in page
    client.post(path, {"apply": "1", "digest": digest(page)})
    made.refresh_from_db()
    assert (made.name_ko, made.parent_id) == ("물길과", None)
    path = client.post(own, {"end": "1"}).headers["Location"]
    client.post(path, {"apply": "1", "digest": digest(read(client, path))})
    made.refresh_from_db()
    assert made.valid_to is not None


def test_a_list_of_people_invites_them(browser: Browser) -> None:
    client = three(browser)
    text = "이름,이메일,부서,역할\n이지은,lee@busan.example,도로과,부서장\n김,틀림,도로과,담당자\n"
    path = send(client, text, "people")
    page = read(client, path)
    assert "이메일 주소가 아닙니다" in page
    assert official_by_email("lee@busan.example") is None
    client.post(path, {"apply": "1", "digest": digest(page)})
    made = official_by_email("lee@busan.example")
    assert made is not None
    assert made.roles == ["head"]
    assert "lee@busan.example" in client.get("/studio/people/list.csv").content.decode("utf-8-sig")
    assert "lee@" not in str(OfficePlan.objects.values())


def test_a_list_of_one_kind_is_not_found_as_the_other(browser: Browser) -> None:
    client = three(browser)
    path = send(client, MOVED)
    assert client.get(path.replace("organisation", "people")).status_code == 404
