"""An operator looks into a city: with a reason, for a time, seeing no person; and attacked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from django.db.utils import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from core_crm.audit.models import AuditEntry, OperatorVisit
from core_crm.audit.services import visit_ask, visit_enter, visit_token
from core_crm.audit.types import VISIT_SEEN, Actor
from core_crm.voices.models import Voice
from core_crm.voices.types import CitizenDraft
from customization.public import reading_only
from sodam.staff.operator_mask import may_be_shown
from sodam.ui import idle
from tenants import sql
from tenants.accounts.models import User
from tenants.context import serving_city, serving_platform
from tests.probes.routes import filled, routes_of
from tests.sodam.staff import kit

pytestmark = pytest.mark.usefixtures("two_cities")

REASON = "시계가 이상하다는 신고를 확인합니다"
NAME, PHONE, EMAIL = "남궁하늘별", "010-0000-7741", "haneulbyeol@citizen.example"
BACKEND = "sodam.demo.accounts.RealAccounts"


@pytest.fixture
def operator(two_cities: object) -> Iterator[Any]:
    """Somebody who runs the platform."""
    with serving_platform():
        person = User.objects.create_user(
            "visitor@sodam.example", name="임서준", platform_role="operator"
        )
    yield person
    _forget(person)


def _forget(*people: Any) -> None:
    """By hand: the shared schema has none of the tables that refer to a city's accounts, and only
    its owner takes anything out of the platform's audit."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("TRUNCATE public.core_audit_auditentry, public.core_audit_auditseal")
    with serving_platform():
        for person in people:
            sql.execute("DELETE FROM tenants_accounts_user WHERE id = %s", [person.pk])


@pytest.fixture
def case(two_cities: object) -> Any:
    """A voice of Busan that tells a lot about who sent it."""
    with serving_city("busan"):
        officer = kit.official("officer")
        return kit.voice(
            to=officer,
            title=f"{NAME} 집 앞 가로등",
            body=f"저는 {NAME}입니다. {PHONE} 또는 {EMAIL}로 연락 주세요. 900101-1234567",
            citizen=CitizenDraft(name=NAME, phone=PHONE, email=EMAIL),
        )


def console(person: Any) -> Client:
    client = Client(headers={"host": "console.localhost"})
    with serving_platform():
        client.force_login(person, backend=BACKEND)
    return client


def asked(person: Any, *, minutes: int = 30) -> str:
    """The address that the console gives, without its host."""
    client = console(person)
    answer = client.post("/cities/busan/enter", {"reason": REASON, "minutes": minutes})
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer.url).content.decode()
    address = page.split('href="http://busan.localhost')[1].split('"')[0]
    return address.replace("&amp;", "&")


def visiting(person: Any, *, minutes: int = 30) -> Client:
    """The browser of an operator who began a visit."""
    client = Client(headers={"host": "busan.localhost"})
    entered = client.post(asked(person, minutes=minutes))
    assert (entered.status_code, entered.url) == (303, "/staff/")
    return client


def the_visit() -> OperatorVisit:
    with serving_city("busan"):
        return OperatorVisit.objects.latest("asked_at")


def an_official(role: str) -> Client:
    with serving_city("busan"):
        return kit.logged_in(kit.official(role))


def test_a_visitor_sees_the_citys_work_and_no_person(operator: Any, case: Any) -> None:
    client = visiting(operator)
    looked = ["/staff/", "/staff/voices?view=all", f"/staff/voices/{case.ref}", "/studio/"]
    for address in looked:
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert "방문 끝내기" in page
        for secret in (NAME, PHONE, EMAIL, "900101-1234567", "0000-7741"):
            assert secret not in page, address
    assert case.ref in client.get("/staff/voices?view=all").content.decode()
    with serving_city("busan"):
        entries = AuditEntry.objects.filter(action=VISIT_SEEN).order_by("at", "id")
        paths = [entry.facts["path"] for entry in entries]
        actors = {entry.actor_id for entry in entries}
    assert paths[:4] == [urlsplit(address).path for address in looked]
    assert actors == {operator.pk}


def test_no_page_of_officials_shows_a_visitor_whose_voice_it_is(operator: Any, case: Any) -> None:
    """Every address, the voice in every placeholder: what a page forgets is covered below it."""
    client = visiting(operator)
    told, opened = [], 0
    values = {"ref": case.ref, "voice_id": str(case.id), "uuid": str(case.id)}
    for route in routes_of("city"):
        if not route.path.startswith(("staff/", "studio/")) or "visit" in route.path:
            continue
        for address in filled(route, values):
            for asked_for in (address, f"{address}?q={NAME}&view=all"):
                answer = client.get(asked_for)
                body = b"" if answer.streaming else answer.content
                opened += answer.status_code == 200
                if any(secret in body.decode() for secret in (NAME, PHONE, EMAIL, "0000-7741")):
                    told.append(asked_for)
                assert answer.status_code < 500, (asked_for, answer.status_code)
    assert told == []
    assert opened > 60


def test_a_name_finds_nothing_for_a_visitor(operator: Any, case: Any) -> None:
    client = visiting(operator)
    for wanted in (NAME, "아무도아닌사람", ""):
        page = client.get(f"/staff/voices?view=all&q={wanted}").content.decode()
        assert case.ref in page


def test_a_visitor_changes_nothing(operator: Any, case: Any) -> None:
    client = visiting(operator)
    given = {"reason": "확인하려고 합니다", "body": "메모"}
    acts = ("unmask", "start", "note", "withdraw", "take")
    assert client.post("/staff/voices/pulse").status_code == 403, "a page's own question: not noted"
    assert client.get("/staff/session").status_code == 200
    for act in acts:
        answer = client.post(f"/staff/voices/{case.ref}/{act}", given)
        assert (answer.status_code, "보기만" in answer.content.decode()) == (403, True), act
    with serving_city("busan"):
        assert Voice.objects.get(pk=case.pk).version == case.version
        tried = AuditEntry.objects.filter(action=VISIT_SEEN, facts__method="POST")
        assert tried.count() == len(acts)


def test_a_visitor_takes_no_file_along(operator: Any, case: Any) -> None:
    client = visiting(operator)
    assert client.post("/staff/voices.csv", {"reason": "파일이 필요합니다"}).status_code == 403
    assert client.get("/studio/brand/sample/1a5fb4.css").status_code == 403
    for kind, more in (("text/csv", {}), ("image/png", {}), ("text/html", {"x": 1})):
        file = HttpResponse("x", content_type=kind)
        if more:
            file.headers["Content-Disposition"] = "attachment"
        assert not may_be_shown(file)
    assert not may_be_shown(StreamingHttpResponse(iter([b"x"]), content_type="text/html"))


def test_the_database_itself_refuses_a_page_that_would_write(operator: Any, case: Any) -> None:
    """A draft is kept by GET nowhere; should a page begin to, the transaction reads only."""
    with (
        serving_city("busan"),
        pytest.raises(DatabaseError),
        reading_only(statement_seconds=5),
    ):
        Voice.objects.filter(pk=case.pk).update(title="바꿈")


def test_the_link_opens_once_and_for_five_minutes(operator: Any) -> None:
    address = asked(operator)
    first, second = (Client(headers={"host": "busan.localhost"}) for _each in range(2))
    assert first.get(address).status_code == 200
    assert first.get(address).status_code == 200, "looking uses nothing up"
    assert first.post(address).status_code == 303
    assert second.post(address).status_code == 404
    assert second.get("/staff/").status_code == 302
    with serving_city("busan"):
        old = visit_ask(
            operator=Actor(operator.pk, "임서준"),
            reason=REASON,
            minutes=5,
            now=timezone.now() - timedelta(seconds=301),
        )
        late = visit_token(old)
    assert second.post(f"/staff/visit?k={late}").status_code == 404


def test_the_link_of_one_city_opens_no_other(operator: Any) -> None:
    address = asked(operator)
    other = Client(headers={"host": "seoul.localhost"})
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404
    forged = address[:-1] + ("A" if address[-1] != "A" else "B")
    assert Client(headers={"host": "busan.localhost"}).post(forged).status_code == 404


def test_the_session_of_one_city_is_none_in_another(operator: Any, case: Any) -> None:
    client = visiting(operator)
    other = Client(headers={"host": "seoul.localhost"})
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    answer = other.get("/staff/")
    assert (answer.status_code, answer.url.startswith("/staff/login")) == (302, True)


def test_the_time_ends_the_visit(operator: Any) -> None:
    client = visiting(operator, minutes=15)
    _as_if_begun(minutes_ago=16)
    answer = client.get("/staff/")
    assert answer.status_code == 302
    assert "why=time" in answer.url
    assert "시간이 다 되어" in client.get(answer.url).content.decode()
    assert the_visit().ended_by == "time"
    assert client.get("/staff/").url.startswith("/staff/login")


def _as_if_begun(*, minutes_ago: int) -> None:
    """As the owner, without the trigger that keeps every login from it."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ALTER TABLE busan.core_audit_operatorvisit DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE busan.core_audit_operatorvisit SET entered_at = now() - %(ago)s,"
            " ends_at = now() - %(ago)s + minutes * interval '1 minute'",
            {"ago": timedelta(minutes=minutes_ago)},
        )
        owner.execute("ALTER TABLE busan.core_audit_operatorvisit ENABLE TRIGGER USER")


def test_half_an_hour_without_an_act_ends_the_visit(operator: Any) -> None:
    client = visiting(operator, minutes=120)
    with serving_city("busan"):
        session = client.session
        session[idle.KEY] -= idle.IDLE_SECONDS + 1
        session.save()
    assert "why=idle" in client.get("/staff/").url
    assert the_visit().ended_by == "idle"


def test_an_operator_whose_account_is_stopped_is_out_at_once(operator: Any) -> None:
    client = visiting(operator)
    assert client.get("/staff/").status_code == 200
    with serving_platform():
        User.objects.filter(pk=operator.pk).update(is_active=False)
    assert "why=account" in client.get("/staff/").url
    assert the_visit().ended_by == "account"


def test_the_operator_ends_it_by_the_button(operator: Any) -> None:
    client = visiting(operator)
    answer = client.post("/staff/visit/end")
    assert (answer.status_code, answer.url) == (303, "/staff/visit/over?why=operator")
    assert client.get("/staff/").url.startswith("/staff/login")
    assert the_visit().ended_by == "operator"


def test_the_city_sees_the_visit_and_ends_it(operator: Any, case: Any) -> None:
    admin, client = an_official("admin"), visiting(operator)
    client.get(f"/staff/voices/{case.ref}")
    bar = admin.get("/staff/").content.decode()
    assert ("운영자 방문" in bar, REASON in bar) == (True, True)
    listed = admin.get("/studio/visits").content.decode()
    assert ("보고 있음" in listed, "임서준" in listed) == (True, True)
    visit = the_visit()
    one = admin.get(f"/studio/visits/{visit.id}").content.decode()
    assert f"/staff/voices/{case.ref}" in one
    assert admin.post(f"/studio/visits/{visit.id}/end").status_code == 303
    assert "why=ended" in client.get("/staff/").url
    assert the_visit().ended_by == "city"
    assert REASON not in admin.get("/staff/").content.decode()


def test_an_officer_sees_visits_and_cannot_end_them(operator: Any) -> None:
    officer, _client = an_official("officer"), visiting(operator)
    assert officer.get("/studio/visits").status_code == 200
    visit = the_visit()
    assert officer.post(f"/studio/visits/{visit.id}/end").status_code == 403
    assert the_visit().ended_at is None


def test_a_visitor_becomes_nobody_else(operator: Any) -> None:
    client = visiting(operator)
    given = {"login": "officer@busan.example", "password": kit.WORD}
    for path in ("/staff/login", "/staff/welcome/x", "/staff/visit/end/x"):
        assert client.post(path, given).status_code == 403
    assert "방문 끝내기" in client.get("/staff/").content.decode()


def test_who_was_logged_in_here_before_is_no_longer(operator: Any) -> None:
    admin = an_official("admin")
    assert admin.post(asked(operator)).status_code == 303
    assert "방문 끝내기" in admin.get("/staff/").content.decode()
    admin.post("/staff/visit/end")
    assert admin.get("/staff/").url.startswith("/staff/login")


def test_a_visit_is_nothing_for_citizens_and_programs(operator: Any, case: Any) -> None:
    client = visiting(operator)
    assert client.get(f"/track/{case.ref}").status_code != 200
    assert client.get(f"/api/v1/voices/{case.ref}").status_code == 401


def test_without_a_reason_or_for_longer_nobody_comes_in(operator: Any) -> None:
    wrong: tuple[dict[str, str], ...] = (
        {"reason": "짧음", "minutes": "30"},
        {"reason": REASON, "minutes": "121"},
        {"reason": REASON, "minutes": "0"},
        {"reason": " " * 40, "minutes": "30"},
        {"minutes": "30"},
    )
    client = console(operator)
    for given in wrong:
        assert client.post("/cities/busan/enter", given).status_code == 422
    with serving_city("busan"):
        assert not OperatorVisit.objects.exists()


def test_only_operators_ask_and_only_who_asked_gets_the_link(
    operator: Any, city_client: Callable[..., Client]
) -> None:
    nobody = Client(headers={"host": "console.localhost"})
    assert nobody.post("/cities/busan/enter", {"reason": REASON, "minutes": 30}).status_code == 302
    with serving_platform():
        analyst = User.objects.create_user(
            "analyst2@sodam.example", name="한서윤", platform_role="analyst"
        )
        approver = User.objects.create_user(
            "approver2@sodam.example", name="오하린", platform_role="approver"
        )
    try:
        refused = console(analyst).post("/cities/busan/enter", {"reason": REASON, "minutes": 30})
        assert refused.status_code == 403
        asked(operator)
        other = console(approver).get(f"/cities/busan/enter?visit={the_visit().id}")
        assert other.status_code == 404
    finally:
        _forget(analyst, approver)
    assert console(operator).get("/cities/atlantis/enter").status_code == 404


def test_the_citys_own_login_rewrites_no_visit(operator: Any) -> None:
    changes = (
        "SET reason = '다른 까닭입니다 아주'",
        "SET operator_name = '아무개'",
        "SET minutes = 120",
        "SET ends_at = ends_at + interval '1 minute'",
        "SET entered_at = now()",
        "SET ended_at = NULL",
    )
    now = timezone.now()
    with serving_city("busan"):
        visit = visit_ask(operator=Actor(operator.pk, "임서준"), reason=REASON, minutes=30, now=now)
        visit_enter(visit_token(visit), origin="", now=now)
        OperatorVisit.objects.filter(pk=visit.pk).update(ended_at=now)
        for change in changes:
            with pytest.raises(DatabaseError):
                sql.execute(f"UPDATE core_audit_operatorvisit {change}")
        with pytest.raises(DatabaseError):
            sql.execute("DELETE FROM core_audit_operatorvisit")


def test_an_id_that_is_no_visit_opens_nothing(operator: Any) -> None:
    client = visiting(operator)
    with serving_city("busan"):
        session = client.session
        session["operator_visit"] = str(UUID(int=7))
        session.save()
    assert client.get("/staff/").status_code == 302
