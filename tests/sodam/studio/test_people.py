"""People in the studio: listed, invited, changed, stopped; what roles and groups may do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core_crm.messaging.models import OutgoingMessage
from core_crm.staff.models import Official
from core_crm.staff.selectors import department_list, official_by_email
from core_crm.staff.services import group_roles_set, official_invite, official_sign_on
from core_crm.staff.types import RIGHTS_BY_ROLE, Right, Role
from core_crm.voices.services import voice_assign
from sodam.demo import accounts
from sodam.studio.plan_words import right_words, role_words
from tests.conftest import kst
from tests.sodam.studio.conftest import Browser
from tests.sodam.studio.test_studio import read
from tests.support.voices import a_voice

NOW = kst("2026-11-25 09:00")
NEW = {
    "email": "lee@busan.example",
    "name": "이지은",
    "department": "",
    "position": "주무관",
    "phone": "",
    "roles": ["officer"],
}


def somebody(**changes: Any) -> Official:
    given: dict[str, Any] = {
        "email": "park@busan.example",
        "name": "박서준",
        "roles": ["officer"],
        "department": department_list()[0],
    }
    return official_invite(now=NOW, **(given | changes))


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_only_who_manages_approves_or_audits_sees_the_people(browser: Browser, role: str) -> None:
    seers = {Right.STAFF_MANAGE, Right.SETTINGS_APPROVE, Right.AUDIT_VIEW}
    may = bool(seers & RIGHTS_BY_ROLE[Role(role)])
    assert browser(role).get("/studio/people").status_code == (200 if may else 403)


@pytest.mark.parametrize("role", ["approver", "privacy", "head", "steward"])
def test_nobody_else_acts_on_people(browser: Browser, role: str) -> None:
    client, person = browser(role), somebody()
    for path in (
        "/studio/people/new",
        "/studio/people/upload",
        "/studio/people/groups",
        f"/studio/people/{person.id}",
        f"/studio/people/{person.id}/link",
        f"/studio/people/{person.id}/leave",
        f"/studio/people/{person.id}/return",
        "/studio/organisation/upload",
        "/studio/organisation/new",
    ):
        assert client.post(path, NEW).status_code == 403, path
    assert official_by_email("lee@busan.example") is None


def test_an_invitation_goes_by_mail_and_its_link_opens(browser: Browser, city_client: Any) -> None:
    client = browser("admin")
    answer = client.post("/studio/people/new", NEW)
    made = official_by_email("lee@busan.example")
    assert made is not None
    assert answer.headers["Location"] == f"/studio/people/{made.id}"
    letter = OutgoingMessage.objects.get(about_kind="official", about_id=made.id)
    assert letter.recipient == "lee@busan.example"
    url = re.search(r"http://\S+(/staff/welcome/\S+)", letter.body)
    assert url is not None
    assert url.group(1) not in read(client, f"/studio/people/{made.id}")
    guest = city_client("busan")
    assert "이지은 님, 어서 오세요" in read(guest, url.group(1))
    word = {"password": "바다가 보이는 창가 7", "again": "바다가 보이는 창가 7"}
    assert guest.post(url.group(1), {**word, "again": "다른"}).status_code == 422
    assert guest.post(url.group(1), {"password": "짧다", "again": "짧다"}).status_code == 422
    assert guest.post(url.group(1), word).headers["Location"] == "/staff/"
    assert guest.get("/staff/").status_code == 200
    assert city_client("busan").get(url.group(1)).status_code == 404


def test_where_no_mail_leaves_the_link_is_shown_once(
    browser: Browser, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, person = browser("admin"), somebody()
    settings.DEMO_MODE, settings.SODAM_SMTP_HOST = False, ""
    monkeypatch.setattr(accounts, "INVENTED", ".nobody")  # else no .example account may come in
    page = client.post(f"/studio/people/{person.id}/link", follow=True).content.decode()
    assert "/staff/welcome/" in page
    assert "/staff/welcome/" not in read(client, f"/studio/people/{person.id}")
    assert not OutgoingMessage.objects.filter(about_kind="official").exists()


def test_the_same_address_is_not_invited_twice(browser: Browser) -> None:
    client = browser("admin")
    somebody(email=NEW["email"])
    answer = client.post("/studio/people/new", NEW)
    assert answer.status_code == 422
    assert "이미 이 이메일로" in answer.content.decode()


def test_filters_narrow_and_an_empty_list_says_why(browser: Browser) -> None:
    client = browser("admin")
    somebody()
    assert "박서준" in read(client, "/studio/people", text="서준", role="officer")
    assert "박서준" not in read(client, "/studio/people", role="admin")
    assert "박서준" not in read(client, "/studio/people", state="stopped")
    assert "그런 직원이 없습니다" in read(client, "/studio/people", text="달나라")


def change_of(person: Official, **changes: Any) -> dict[str, Any]:
    unit = person.department
    return {
        "name": person.name,
        "department": unit.code if unit else "",
        "position": "",
        "phone": "",
        "roles": person.roles,
    } | changes


def test_a_change_is_looked_at_before_it_is_saved(browser: Browser) -> None:
    client, person = browser("admin"), somebody()
    wanted = change_of(person, roles=["approver"])
    looked = client.post(f"/studio/people/{person.id}", {**wanted, "look": "1"})
    page = looked.content.decode()
    assert str(right_words()[Right.SETTINGS_APPROVE]) in page
    assert str(right_words()[Right.VOICE_HANDLE]) in page
    person.refresh_from_db()
    assert person.roles == ["officer"]
    client.post(f"/studio/people/{person.id}", {**wanted, "save": "1"})
    person.refresh_from_db()
    assert person.roles == ["approver"]


def test_nobody_changes_their_own_roles(browser: Browser) -> None:
    client = browser("admin")
    own = official_by_email("admin@busan.example")
    assert own is not None
    answer = client.post(
        f"/studio/people/{own.id}", {**change_of(own, roles=["admin", "approver"]), "save": "1"}
    )
    assert answer.status_code == 422
    assert "다른 관리자가" in answer.content.decode()


def test_who_leaves_is_stopped_and_may_come_back(browser: Browser) -> None:
    client, person = browser("admin"), somebody()
    client.post(f"/studio/people/{person.id}/leave", {"heir": ""})
    person.user.refresh_from_db()
    assert not person.user.is_active
    assert "다시 쓰게 하기" in read(client, f"/studio/people/{person.id}")
    client.post(f"/studio/people/{person.id}/return")
    person.user.refresh_from_db()
    assert person.user.is_active


def test_the_matrix_is_the_servers_own_table(browser: Browser) -> None:
    page = read(browser("officer"), "/studio/people/roles")
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    assert len(rows) == len(Right)
    for row, right in zip(rows, Right, strict=True):
        assert str(right_words()[right]) in row
        cells = ["<svg" in cell for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
        assert cells == [right in RIGHTS_BY_ROLE[role] for role in Role]
    assert set(role_words()) == set(Role)


def test_groups_are_kept_and_removed(browser: Browser) -> None:
    client = browser("admin")
    client.post("/studio/people/groups", {"group": "민원처리", "roles": ["officer"]})
    assert "민원처리" in read(client, "/studio/people/groups")
    client.post("/studio/people/groups", {"group": "민원처리", "roles": []})
    assert "정한 모둠이 없습니다" in read(client, "/studio/people/groups")


def sign_on(email: str, groups: list[str] | None) -> Official | None:
    return official_sign_on(email=email, name="박서준", groups=groups, now=NOW)


def test_groups_give_and_take_roles_at_each_sign_on(browser: Browser) -> None:
    group_roles_set("담당", roles=["officer"], now=NOW)
    group_roles_set("부서장", roles=["head"], now=NOW)
    person = somebody(roles=["officer", "steward"])
    joined = sign_on("park@busan.example", ["부서장", "모르는 모둠"])
    assert joined is not None
    assert set(joined.roles) == {"steward", "head"}
    same = sign_on("park@busan.example", None)
    assert same is not None
    assert set(same.roles) == {"steward", "head"}
    assert person.id == joined.id


def test_somebody_unknown_comes_in_by_a_group_that_has_roles(browser: Browser) -> None:
    assert sign_on("new@busan.example", ["담당"]) is None
    group_roles_set("담당", roles=["officer"], now=NOW)
    assert sign_on("new@busan.example", ["다른"]) is None
    made = sign_on("new@busan.example", ["담당"])
    assert made is not None
    assert made.roles == ["officer"]
    assert sign_on("new@busan.example", []) is None  # the last group is gone, and so is every role


def test_what_somebody_sees_is_looked_at_without_being_them(browser: Browser) -> None:
    client, person = browser("admin"), somebody(roles=["head"])
    voice_assign(
        a_voice(NOW, title="가로등이 꺼졌습니다"),
        department=person.department,
        officer=None,
        by=None,
        now=NOW,
    )
    page = read(client, f"/studio/people/{person.id}/sees")
    assert "가로등이 꺼졌습니다" in page
    rights = re.findall(r'<li class="(gain)?">.*?<span[^>]*>([^<]+)</span></li>', page)
    assert {word for has, word in rights if has} == {str(right_words()[x]) for x in person.rights}
    other = somebody(email="other@busan.example", department=department_list()[9])
    assert "가로등이 꺼졌습니다" not in read(client, f"/studio/people/{other.id}/sees")
    as_privacy = read(browser("privacy"), f"/studio/people/{person.id}/sees")
    assert "가로등이 꺼졌습니다" not in as_privacy
