"""A list of departments beside the organisation: what it would do, and what it does."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from core_crm.audit.models import AuditEntry
from core_crm.imports.errors import TableUnreadable
from core_crm.imports.models import ImportBatch
from core_crm.staff.errors import (
    HeirNeeded,
    PlanDoesNothing,
    PlanEnded,
    PlanOutdated,
    RightMissing,
)
from core_crm.staff.models import Department, OfficePlan, Official
from core_crm.staff.selectors import department_list_current, department_tree
from core_crm.staff.services import (
    Outlook,
    department_load,
    official_invite,
    plan_apply,
    plan_arrange,
    plan_drop,
    plan_outlook,
    plan_read,
    plan_write,
    plans_apply_due,
    plans_forget,
)
from core_crm.staff.types import Change, DepartmentRow, PlanKind, PlanState
from tests.conftest import ServedCity, kst

NOW = kst("2020-01-15 09:00")  # long past: what ends then has ended by any clock
TODAY = date(2020, 1, 15)
CITY = (
    DepartmentRow(code="urban", name_ko="도시국", kind="bureau", sort=1),
    DepartmentRow(code="urban.road", name_ko="도로과", parent_code="urban", sort=2),
    DepartmentRow(code="urban.park", name_ko="공원과", parent_code="urban", sort=3),
    DepartmentRow(code="life", name_ko="생활국", kind="bureau", sort=4),
    DepartmentRow(code="life.water", name_ko="물관리과", parent_code="life", sort=5),
)


@pytest.fixture
def city(busan: ServedCity) -> ServedCity:
    department_load(CITY)
    return busan


def plan_of(text: str, **given: Any) -> OfficePlan:
    facts = {"kind": PlanKind.ORGANISATION, "title": "조직.csv", "now": NOW} | given
    return plan_read(text.encode(), **facts)  # type: ignore[arg-type]


def told(outlook: Outlook) -> dict[str, str]:
    return {line.name: "+".join(line.changes) for line in outlook.lines}


def why(outlook: Outlook) -> list[tuple[int, str, str]]:
    return [
        (x.line, one.column, one.text.partition("] ")[2] or one.text)
        for x in outlook.lines
        for one in x.problems
    ]


WHOLE = """부서코드,부서명,상위부서,종류
urban,도시국,,국
urban.road,도로안전과,도시국,과
urban.park,공원과,생활국,과
life,생활국,,국
,하천과,생활국,과
"""


def test_new_renamed_moved_ended_and_unchanged_are_told_apart(city: ServedCity) -> None:
    outlook = plan_outlook(plan_of(WHOLE, is_whole=True))
    assert told(outlook) == {
        "도시국": "unchanged",
        "도로과": "renamed",
        "공원과": "moved",
        "생활국": "unchanged",
        "하천과": "new",
        "물관리과": "ended",
    }
    renamed = next(one for one in outlook.lines if Change.RENAMED in one.changes)
    assert [(x.field, x.before, x.after) for x in renamed.differences] == [
        ("부서명", "도로과", "도로안전과")
    ]
    counts = outlook.counts
    assert (counts.rows, counts.created, counts.updated, counts.skipped) == (5, 1, 2, 2)
    assert (counts.refused, counts.ended) == (0, 1)


def test_nothing_is_saved_before_it_is_applied(city: ServedCity) -> None:
    before = list(Department.objects.order_by("code").values())
    plan_outlook(plan_of(WHOLE, is_whole=True))
    assert list(Department.objects.order_by("code").values()) == before


def test_applying_does_what_was_shown_and_a_second_time_nothing(city: ServedCity) -> None:
    plan = plan_of(WHOLE, is_whole=True)
    applied = plan_apply(plan, digest=plan_outlook(plan).digest, now=NOW)
    assert applied.result is not None
    assert (applied.result.created, applied.result.updated) == (1, 2)
    assert Department.objects.get(code="urban.road").name_ko == "도로안전과"
    moved = Department.objects.get(code="urban.park").parent
    assert moved is not None
    assert moved.code == "life"
    assert Department.objects.get(code="life.water").valid_to == TODAY
    new = Department.objects.get(name_ko="하천과")
    assert (new.valid_from, new.kind) == (TODAY, "department")
    with pytest.raises(PlanEnded):
        plan_apply(plan, now=NOW)
    again = plan_of(WHOLE, is_whole=True)
    assert not any(line.does_something for line in plan_outlook(again).lines)
    with pytest.raises(PlanDoesNothing):
        plan_apply(again, now=NOW)


def test_an_ended_department_is_offered_nowhere_but_stays_for_the_past(city: ServedCity) -> None:
    plan_apply(plan_of(WHOLE, is_whole=True), now=NOW)
    assert "life.water" not in department_list_current().values_list("code", flat=True)
    names = {child.name_ko for node in department_tree() for child in node.children}
    assert "물관리과" not in names
    assert Department.objects.filter(code="life.water").exists()


def test_a_list_that_is_not_the_whole_one_ends_nothing(city: ServedCity) -> None:
    outlook = plan_outlook(plan_of("부서코드,부서명\nurban.road,도로안전과\n"))
    assert told(outlook) == {"도로과": "renamed"}


def test_the_text_may_be_cp949_or_an_excel_file_with_a_title_above(city: ServedCity) -> None:
    korean = plan_read(WHOLE.encode("cp949"), kind=PlanKind.ORGANISATION, title="a", now=NOW)
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["부산광역시 조직 현황"])
    sheet.append([])
    for line in WHOLE.splitlines():
        sheet.append([cell or None for cell in line.split(",")])
    file = io.BytesIO()
    book.save(file)
    excel = plan_read(file.getvalue(), kind=PlanKind.ORGANISATION, title="b", now=NOW)
    plain = plan_of(WHOLE)
    assert korean.encoding == "cp949"
    assert excel.encoding == "xlsx"
    shown = [told(plan_outlook(one)) for one in (plain, korean, excel)]
    assert shown[0] == shown[1] == shown[2]
    assert [row["line"] for row in excel.rows][:2] == [4, 5]


@pytest.mark.parametrize("data", [b"PK\x03\x04 not a zip", b"%PDF-1.7", b"", "부서명\n".encode()])
def test_what_is_no_table_is_refused_with_what_to_do(city: ServedCity, data: bytes) -> None:
    with pytest.raises(TableUnreadable):
        plan_read(data, kind=PlanKind.ORGANISATION, title="x", now=NOW)


def test_headings_are_guessed_and_can_be_said(city: ServedCity) -> None:
    plan = plan_of("조직코드,이 름,소속 기관,비고\nurban.road,도로안전과,생활국,x\n")
    assert [one["field"] for one in plan.columns] == ["code", "name_ko", "", ""]
    arranged = plan_arrange(plan, fields=["code", "name_ko", "parent", "bogus"])
    assert told(plan_outlook(arranged)) == {"도로과": "renamed+moved"}


def test_without_names_or_codes_the_list_says_which_column_lacks(city: ServedCity) -> None:
    assert plan_outlook(plan_of("가,나\n1,2\n")).missing == ("부서명",)


def test_every_refused_line_names_its_column_and_what_was_meant(city: ServedCity) -> None:
    outlook = plan_outlook(
        plan_of(
            "부서코드,부서명,상위부서,종류,이메일,차례\n"
            "urban.road,도로과,도시굴,과,,\n"
            "Bad Code,새과,도시국,과,,\n"
            "n1,둘째과,도시국,모임,메일아님,x\n"
            ",,도시국,과,,\n"
            "urban.park,공원과,도시국,과,,\n"
            "urban.park,공원과,도시국,과,,\n"
        )
    )
    found = why(outlook)
    assert (2, "상위부서", "그런 상위부서가 없습니다: 도시굴. 혹시 ‘도시국’인가요?") in found
    assert {(line, column) for line, column, _ in found} == {
        (2, "상위부서"),
        (3, "부서코드"),
        (4, "종류"),
        (4, "이메일"),
        (4, "차례"),
        (5, "부서명"),
        (7, "부서코드"),
    }
    assert outlook.counts.refused == 5
    assert "6번째 줄과 같은 부서" in next(text for line, _, text in found if line == 7)


def test_circles_are_refused_also_with_what_the_list_leaves_out(city: ServedCity) -> None:
    found = why(plan_outlook(plan_of("부서코드,부서명,상위부서\nurban,도시국,urban.road\n")))
    assert [(line, column) for line, column, _ in found] == [(2, "상위부서")]
    pair = "부서코드,부서명,상위부서\na1,가과,b1\nb1,나과,a1\n"
    assert {line for line, _, _ in why(plan_outlook(plan_of(pair)))} == {2, 3}


def test_below_a_refused_new_department_nothing_can_stand(city: ServedCity) -> None:
    text = "부서코드,부서명,상위부서\nn1,가국,없는국\nn2,나과,n1\nn3,다팀,n2\n"
    assert {line for line, _, _ in why(plan_outlook(plan_of(text)))} == {2, 3, 4}


def test_a_line_that_is_nobodys_refuses_no_other(city: ServedCity) -> None:
    """A second line of one department has no code, as what stands at the top has no parent."""
    text = "부서명,상위부서\n새과,\n새과,\n도시국,\n"
    assert [line for line, _, _ in why(plan_outlook(plan_of(text)))] == [3]


def test_what_stands_under_a_department_that_ends_is_told_so(city: ServedCity) -> None:
    text = "부서코드,부서명,상위부서\nurban,도시국,\nlife.water,물관리과,생활국\n"
    (found,) = why(plan_outlook(plan_of(text, is_whole=True)))
    assert found[2].startswith("상위부서가 끝납니다: 생활국.")


def test_a_whole_list_with_a_refused_line_ends_nothing(city: ServedCity) -> None:
    text = "부서코드,부서명,이메일\nurban,도시국,틀린주소\n"
    outlook = plan_outlook(plan_of(text, is_whole=True))
    assert told(outlook) == {"도시국": "refused"}
    assert outlook.counts.ended == 0


def test_refused_lines_come_back_as_a_file_that_can_be_sent_again(city: ServedCity) -> None:
    text = "부서코드,부서명,이메일\nurban,도시계획국,a@busan.example\nlife,생활국,틀린주소\n"
    applied = plan_apply(plan_of(text), now=NOW)
    assert applied.result is not None
    assert (applied.result.rows, applied.result.updated, applied.result.refused) == (2, 1, 1)
    with open(str(applied.result.errors_file), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    assert lines[0] == "부서코드,부서명,이메일,사유"
    assert lines[1].startswith("life,생활국,틀린주소,3번째 줄: [이메일]")
    assert ImportBatch.objects.get().refused == 1


def test_the_same_name_under_another_parent_needs_a_code(city: ServedCity) -> None:
    outlook = plan_outlook(plan_of("부서명,상위부서\n도로과,생활국\n"))
    assert "urban.road" in why(outlook)[0][2]


def an_official(code: str, email: str = "lee@busan.example") -> Official:
    unit = Department.objects.get(code=code)
    return official_invite(email=email, name="이지은", department=unit, roles=["officer"], now=NOW)


def test_what_ends_with_people_needs_an_heir_who_gets_them(city: ServedCity) -> None:
    person = an_official("life.water")
    plan = plan_of(WHOLE, is_whole=True)
    held = plan_outlook(plan).held
    assert [(one.code, one.people, one.work) for one in held] == [("life.water", 1, 0)]
    with pytest.raises(HeirNeeded) as needed:
        plan_apply(plan, now=NOW)
    assert needed.value.facts["departments"] == ["life.water"]
    with pytest.raises(HeirNeeded):
        plan_apply(plan_arrange(plan, heirs={"life.water": "life.water"}), now=NOW)
    new_code = next(x.key for x in plan_outlook(plan).lines if x.name == "하천과")
    plan_apply(plan_arrange(plan, heirs={"life.water": new_code}), now=NOW)
    person.refresh_from_db()
    assert person.department is not None
    assert person.department.name_ko == "하천과"
    entry = AuditEntry.objects.get(action="department.end")
    assert entry.facts == {"department": "life.water", "to": new_code, "people": 1, "work": 0}


def test_one_department_can_end_by_a_line_but_not_over_others(city: ServedCity) -> None:
    over = plan_write([{"code": "urban", "ends": "O"}], kind=PlanKind.ORGANISATION,
                      title="끝", now=NOW)  # fmt: skip
    assert "먼저 옮기거나" in why(plan_outlook(over))[0][2]
    leaf = plan_write([{"code": "urban.road", "ends": "O"}], kind=PlanKind.ORGANISATION,
                      title="끝", now=NOW)  # fmt: skip
    plan_apply(leaf, now=NOW)
    assert Department.objects.get(code="urban.road").valid_to == TODAY


def test_a_change_meanwhile_is_shown_before_it_is_applied(city: ServedCity) -> None:
    plan = plan_of(WHOLE, is_whole=True)
    digest = plan_outlook(plan).digest
    department_load([DepartmentRow(code="life.new", name_ko="환경과", parent_code="life")])
    with pytest.raises(PlanOutdated):
        plan_apply(plan, digest=digest, now=NOW)
    assert Department.objects.get(code="urban.road").name_ko == "도로과"


def test_a_plan_of_another_day_waits_for_it(city: ServedCity) -> None:
    february = date(2020, 2, 1)
    plan = plan_of(WHOLE, is_whole=True, effective_on=february)
    assert plan_apply(plan, now=NOW).state == PlanState.SCHEDULED
    assert plans_apply_due(now=kst("2020-01-31 23:59")) == 0
    assert Department.objects.get(code="urban.road").name_ko == "도로과"
    assert plans_apply_due(now=kst("2020-02-01 00:01")) == 1
    assert Department.objects.get(code="urban.road").name_ko == "도로안전과"
    assert Department.objects.get(code="life.water").valid_to == february
    assert plans_apply_due(now=kst("2020-02-01 00:02")) == 0


def test_one_that_no_longer_fits_on_its_day_fails_with_the_reason(city: ServedCity) -> None:
    plan = plan_of(WHOLE, is_whole=True, effective_on=date(2020, 2, 1))
    plan_apply(plan, now=NOW)
    an_official("life.water")
    assert plans_apply_due(now=kst("2020-02-01 00:01")) == 0
    plan.refresh_from_db()
    assert (plan.state, plan.rows) == (PlanState.FAILED, [])
    assert "넘겨받을 부서" in plan.problem


def test_a_dropped_or_forgotten_list_keeps_no_lines(city: ServedCity) -> None:
    dropped = plan_drop(plan_of(WHOLE), now=NOW)
    assert (dropped.state, dropped.rows) == (PlanState.DROPPED, [])
    plan_of(WHOLE)
    assert plans_forget(now=NOW + timedelta(days=6)) == 0
    assert plans_forget(now=NOW + timedelta(days=8)) == 1
    assert all(one.rows == [] for one in OfficePlan.objects.all())


def test_only_who_manages_the_staff_may(city: ServedCity) -> None:
    person, plan = an_official("urban.road"), plan_of(WHOLE)
    for act in (
        lambda: plan_of(WHOLE, by=person),
        lambda: plan_apply(plan, by=person, now=NOW),
        lambda: plan_arrange(plan, is_whole=True, by=person),
        lambda: plan_drop(plan, by=person, now=NOW),
    ):
        with pytest.raises(RightMissing):
            act()
