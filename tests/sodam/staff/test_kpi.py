"""The scorecard: each cell opens exactly its cases, whoever looks sees only what is theirs."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core_crm.kpis.selectors import indicator_get, indicator_list
from core_crm.kpis.services import facts_refresh
from core_crm.kpis.types import CellState
from core_crm.staff.services import official_invite
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.selectors import inbox
from sodam.staff.kpi_cell import cases_of
from sodam.staff.kpi_query import KpiQuery
from sodam.staff.kpi_reach import Reach, grid_for
from sodam.staff.kpi_table import table_of
from tests.conftest import ServedCity, kst
from tests.sodam.staff.kit import logged_in
from tests.sodam.staff.kpi_city import YEAR, YEARS_END
from tests.support.voices import ROAD, Office, a_voice, an_office

CODES = [one.code for one in indicator_list()]
CODES_OF_EACH_BASE = ("reduction", "received", "response_rate", "satisfaction")


@pytest.fixture
def office(busans_year: Office) -> Office:
    return busans_year


def asked(code: str = "reduction", **more: Any) -> KpiQuery:
    return KpiQuery(code, YEAR, **more)


def listed(official: Any, narrow: Any) -> set[Any]:
    """Ids of the whole list behind an address, page by page."""
    found, cursor = set(), ""
    while True:
        page = inbox(
            official, view="all", filters=narrow.filters(), cursor=cursor, size=3, now=YEARS_END
        )
        found |= {row.id for row in page.items}
        cursor = page.next_cursor
        if not cursor:
            return found


def cells_with_cases(official: Any, query: KpiQuery) -> list[tuple[Any, Any, Any]]:
    reach, indicator = Reach.of(official), indicator_get(query.indicator)
    grid = grid_for(reach, query, indicator=indicator, now=YEARS_END)
    return [
        (row, cell, cases_of(row, cell, grid, query, reach))
        for row in [*grid.rows, grid.total]
        for cell in [*row.cells, row.year]
        if cell.state in {CellState.KNOWN, CellState.RUNNING, CellState.TOO_FEW}
    ]


@pytest.mark.parametrize("level", ["bureau", "department", "official"])
def test_the_number_of_every_cell_is_the_number_of_its_list(office: Office, level: str) -> None:
    opened = 0
    for code, compound in product(CODES_OF_EACH_BASE, ("split", "all", "yes", "no")):
        query = asked(code, compound=compound, level=level, bureau="a1")
        for row, cell, narrow in cells_with_cases(office.admin, query):
            assert_holds(cell, listed(office.admin, narrow), row, narrow)
            opened += 1
    assert opened > 80


def assert_holds(cell: Any, found: set[Any], *about: Any) -> None:
    """The list is what the cell counted; of surveys, those that were asked about."""
    if not about[1].asked:
        assert len(found) == cell.base, about
        return
    invited = SurveyInvitation.objects.filter(voice_id__in=found).count()
    assert len(found) <= invited, about  # asked about twice, a case stands in the list once
    assert cell.state == CellState.TOO_FEW or cell.measures["invited"] == invited, about


def test_a_class_narrows_grid_and_list_alike(office: Office) -> None:
    query = asked(petition_class="inquiry_legal", compound="all")
    cells = cells_with_cases(office.admin, query)
    assert {row.department_code for row, _cell, _narrow in cells} == {"a1.passport", ""}
    assert all(len(listed(office.admin, narrow)) == cell.base for _row, cell, narrow in cells)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_cell_shows_its_formula_with_its_figures_and_opens_its_list(office: Office) -> None:
    client = logged_in(office.admin)
    html = page(client, f"/staff/kpi?year={YEAR}&cell={ROAD},,s:6")
    assert "도로안전과 · 단순 · 6월" in html
    formula = re.search(r"반올림\(\(1 − ([\d,]+) ÷ ([\d,]+)\) × 100, 1\) = ([\d.]+)%", html)
    assert formula
    used, allowed, value = (float(part.replace(",", "")) for part in formula.groups())
    assert value == pytest.approx((1 - used / allowed) * 100, abs=0.05)
    opened = re.search(r'href="([^"]+)">이 (\d+)건 열기', html)
    assert opened
    rows = page(client, opened[1])
    assert rows.count('class="sd-item') == int(opened[2]) == 6
    assert f"<b>{opened[2]}</b>건" in rows


def test_chips_name_what_narrows_the_list_and_let_go_of_it(office: Office) -> None:
    client = logged_in(office.admin)
    address = f"/staff/voices?view=all&closed={YEAR}-06&settled=yes&dept={ROAD}&compound=no"
    html = page(client, address)
    chips = re.findall(r'<li><a href="([^"]+)">([^<]+)<svg', html[html.index("sd-narrow") :])
    assert [word for _url, word in chips] == [
        "2025년 6월 종결", "답변·불가로 끝난 것", "도로안전과", "단순민원"
    ]  # fmt: skip
    wider = page(client, {word: url for url, word in chips}["2025년 6월 종결"])
    assert wider.count('class="sd-item') > html.count('class="sd-item')
    assert 'name="closed" value="2025-06"' in html  # searching keeps what narrows


def test_conditions_that_make_no_sense_narrow_nothing(busan: ServedCity) -> None:
    client = logged_in(an_office().admin)
    for nonsense in ("closed=2025-13", "received=x", "officer=1", "compound=maybe", "settled=no"):
        assert "sd-narrow" not in page(client, f"/staff/voices?view=all&{nonsense}")


def test_an_official_of_another_department_reads_the_number_but_opens_no_case(
    office: Office,
) -> None:
    html = page(logged_in(office.stranger), f"/staff/kpi?year={YEAR}&cell={ROAD},,s:6")
    assert "도로안전과 · 단순 · 6월" in html
    assert "건 열기" not in html
    assert "맡은 부서와 모든 의견을 보는 직원만" in html


def names_in(html: str) -> set[str]:
    return set(re.findall(r'<th scope="row" rowspan="\d+">([^<]+)</th>', html))


def test_an_officer_sees_the_own_row_a_head_the_departments_an_admin_any(office: Office) -> None:
    address = f"/staff/kpi?year={YEAR}&level=official"
    assert names_in(page(logged_in(office.officer), address)) == {"김담당"}
    assert names_in(page(logged_in(office.head), address)) == {"김담당", "이동료"}
    everybody = names_in(page(logged_in(office.admin), f"{address}&bureau=a1"))
    assert everybody == {"김담당", "이동료", "조여권"}


def test_an_officer_does_not_reach_a_colleagues_row_by_its_address(office: Office) -> None:
    place = f"{ROAD},{office.colleague.id},s"
    address = f"/staff/kpi?year={YEAR}&level=official&cell={place}:6"
    assert "이동료" not in page(logged_in(office.officer), address)
    table = logged_in(office.officer).get(f"/staff/kpi.csv?year={YEAR}&level=official")
    assert "이동료" not in table.content.decode()
    assert "이동료 · 단순 · 6월" in page(logged_in(office.head), address)


def test_somebody_without_department_and_view_of_all_has_no_row_of_their_own(
    office: Office,
) -> None:
    guest = official_invite(
        email="guest@test.example", name="홍손님", department=None, roles=["head"],
        now=YEARS_END,
    )  # fmt: skip
    html = page(logged_in(guest), f"/staff/kpi?year={YEAR}&level=official")
    assert names_in(html) == set()
    assert "담당자</a>" not in html


def test_few_answers_are_held_back_and_their_sums_too(office: Office) -> None:
    html = page(
        logged_in(office.admin),
        f"/staff/kpi?year={YEAR}&indicator=satisfaction&cell=a1.passport,,c:8",
    )
    assert "적은 답으로는 누가 답했는지" in html
    assert "= 반올림" in html  # the definition, without figures
    assert not re.search(r"반올림\(\([\d,]+ \+", html)


def test_each_state_of_a_month_says_why_it_has_no_number(busan: ServedCity) -> None:
    office = an_office()
    now = kst("2026-11-20 10:00")
    a_voice(kst("2026-10-05 10:00"))
    a_voice(now)
    facts_refresh(now=now, full=True)
    query = KpiQuery("received", 2026, compound="all")
    grid = grid_for(Reach.of(office.admin), query, indicator=indicator_get("received"), now=now)
    (row,) = table_of(grid, query).rows
    shown = [(cell.text, cell.spoken) for cell in row.cells]
    assert shown[8:] == [
        ("–", "소담을 쓰기 전"), ("1", ""), ("1", "집계 중"), ("·", "아직 오지 않은 달")
    ]  # fmt: skip
    assert "wip" in row.cells[10].css
    assert row.cells[11].url == ""


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


SHOWN = re.compile(
    r'<td class="h [^>]*>(?:<a[^>]*>|<span class="v">)(?:<span class="mark"[^>]*>▼</span>)?([^<]+)'
)


def test_the_file_holds_the_table(office: Office) -> None:
    client = logged_in(office.admin)
    for code in CODES:
        address = f"year={YEAR}&indicator={code}"
        head, *lines = rows_of(client.get(f"/staff/kpi.csv?{address}").content)
        assert (head[:3], head[-1]) == (["국", "실·과", "구분"], "연간")
        html = page(client, f"/staff/kpi?{address}")
        shown = SHOWN.findall(html[html.index("sd-heat") : html.index("</table>")])
        assert [cell for line in lines for cell in line[3:]] == shown


def test_the_files_name_says_what_it_holds(office: Office) -> None:
    answer = logged_in(office.admin).get(f"/staff/kpi.csv?year={YEAR}")
    name = unquote(answer["Content-Disposition"].partition("filename*=utf-8''")[2])
    assert name == "처리기간 단축률 2025.csv"


def test_the_trends_file_holds_its_table(office: Office) -> None:
    client, address = logged_in(office.admin), f"year={YEAR}&cell={ROAD},,s:6"
    lines = rows_of(client.get(f"/staff/kpi/trend.csv?{address}").content)
    html = page(client, f"/staff/kpi?{address}")
    figure = html[html.index('id="kpi-trend"') :]
    body = figure[figure.index("<tbody>") : figure.index("</tbody>")]
    shown = re.findall(r"<t[hd][^>]*>([^<]+)", body)
    assert [cell for line in lines[1:] for cell in line] == shown
    assert lines[0] == ["월", "도로안전과 · 단순", "시 전체"]


def test_a_city_without_figures_says_what_to_do(busan: ServedCity) -> None:
    office = an_office()
    html = page(logged_in(office.admin), "/staff/kpi")
    assert "아직 집계한 자료가 없습니다" in html
    for file in ("/staff/kpi.csv", "/staff/kpi/trend.csv"):
        assert logged_in(office.admin).get(file).headers["Location"] == "/staff/kpi"


NONSENSE = (
    "year=1", "year=x", "indicator=none", "level=x", "compound=x", "cell=x", "cell=x:99",
    "cell=total:0", "cell=:1", "petition_class=x", "bureau=none", "view=x",
)  # fmt: skip


def test_an_address_that_makes_no_sense_shows_the_default(office: Office) -> None:
    client = logged_in(office.admin)
    for nonsense in NONSENSE:
        assert "고른 칸 없음" in page(client, f"/staff/kpi?{nonsense}"), nonsense


def test_a_page_asks_the_same_questions_however_many_rows_it_has(office: Office) -> None:
    client = logged_in(office.admin)
    narrow = f"/staff/kpi?year={YEAR}&petition_class=statutory&cell=total:8"
    wide = f"/staff/kpi?year={YEAR}&cell=total:8"
    client.get(wide)
    counts = []
    for address in (narrow, wide):
        with CaptureQueriesContext(connection) as asked_of_it:
            page(client, address)
        of_rooms = [one for one in asked_of_it if "core_" in one["sql"]]  # not: is mine the newest?
        counts.append(len(of_rooms))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_menu_leads_to_the_scorecard_and_its_tabs_to_the_scores(office: Office) -> None:
    html = page(logged_in(office.admin), "/staff/")
    assert '<a href="/staff/kpi">성과지표관리</a>' in html
    for address in ("/staff/kpi", "/staff/scores"):
        html = page(logged_in(office.admin), address)
        assert 'href="/staff/scores"' in html
        assert 'href="/staff/kpi"' in html


def test_a_month_belongs_to_seoul(busan: ServedCity) -> None:
    """A closing at 00:30 on the first of July in Seoul is still June in UTC."""
    office = an_office()
    voice = a_voice(kst("2025-07-01 00:30"))
    facts_refresh(now=YEARS_END, full=True)
    (_row, cell, narrow), *_rest = cells_with_cases(office.admin, asked("received"))
    assert (cell.month, cell.base) == (date(2025, 7, 1), 1)
    assert listed(office.admin, narrow) == {voice.id}
    assert isinstance(voice.received_at, datetime)
