"""The ministry's pages over figures made by hand: who sees them, what they say, what they hide."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

Visitor = Callable[..., Client]
PAGES = ("/", "/map", "/ranking", "/trend", "/region/busan", "/definitions", "/submissions")
TAGS = re.compile(r"<[^>]+>")
OCTOBER = "month=2026-10&measure=reduction"


class Table(HTMLParser):
    """The cells of a page's tables, row by row, without what is only spoken."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = self._silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self._open = True
            self.rows[-1].append("")
        if tag == "span" and dict(attrs).get("class") == "sr-only":
            self._silent = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._open = False
        if tag == "span":
            self._silent = False

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self.rows[-1][-1] += data


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def rows_of_csv(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("path", PAGES)
def test_only_analysts_come_in(figures: None, visitor: Visitor, path: str) -> None:
    assert visitor(None).get(path).status_code == 302
    assert visitor("operator").get(path).status_code == 403
    assert visitor("").get(path).status_code == 403
    assert visitor("analyst").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/map", "/ranking", "/trend"])
def test_without_figures_a_page_says_so_and_shows_no_zero(visitor: Visitor, path: str) -> None:
    said = page(visitor(), path)
    assert "아직 수치가 없습니다" in said
    assert "없는 수를 0으로 적지 않습니다" in said


def test_the_overview_says_first_who_is_missing_and_why(figures: None, visitor: Visitor) -> None:
    said = page(visitor(), "/")
    assert "14 / 16 시·도 제출" in said
    assert "빠진 곳: 세종(개통 전), 경남(자료를 읽지 못함)." in said
    assert "전국 값은 14곳으로 셉니다." in said


def spoken(said: str) -> list[str]:
    """What a screen reader says of each link that selects a government."""
    links = re.findall(r"<a ([^>]*data-pick[^>]*)>(.*?)</a>", said, flags=re.DOTALL)
    named = [(re.findall(r'aria-label="([^"]+)"', given), text) for given, text in links]
    return [label[0] if label else " ".join(TAGS.sub("", text).split()) for label, text in named]


def test_one_selection_moves_every_view(figures: None, visitor: Visitor) -> None:
    said = page(visitor(), f"/?{OCTOBER}&region=daegu")
    current = re.findall(r'id="(\w)-(\w+)"[^>]*data-pick[^>]*aria-current="true"', said)
    assert sorted(current) == [("m", "daegu"), ("r", "daegu"), ("t", "daegu")]
    assert 'data-chosen="대구, 52.6%, 14곳 가운데 4위"' in said
    assert '<h2 id="card-h">대구광역시</h2>' in said
    assert "대구는 11달 내리 올랐습니다." in said


def test_without_a_selection_whoever_stands_first_is_selected(
    figures: None, visitor: Visitor
) -> None:
    said = page(visitor(), f"/?{OCTOBER}")
    current = re.findall(r'id="(\w-\w+)"[^>]*data-pick[^>]*aria-current="true"', said)
    assert sorted(current) == ["m-busan", "r-busan", "t-busan"]


def test_each_region_is_a_link_with_name_value_and_rank_in_every_view(
    figures: None, visitor: Visitor
) -> None:
    said = page(visitor(), f"/?{OCTOBER}")
    names = spoken(said)
    assert len(names) == 3 * 16
    for name in ("대전, 55.8%, 14곳 가운데 2위", "서울, 55.8%, 14곳 가운데 2위", "세종, 미제출"):
        assert names.count(name) == 1  # on the map
    assert {"대전 55.8% 2위 (14곳 가운데)", "세종 미제출"} <= set(names)  # among the squares
    assert {"2 대전 55.8% 14곳 가운데 2위", "– 세종 미제출"} <= set(names)  # beside the bars
    assert sum("제주" in name and "표본 작음" in name for name in names) == 3


def test_small_samples_are_marked_and_missing_ones_are_not_zero(
    figures: None, visitor: Visitor
) -> None:
    said = page(visitor(), f"/ranking?{OCTOBER}")
    rows = {row[0]: row for row in Table(said).rows}
    assert rows["울산"][5] == "표본 작음"
    assert rows["서울"][1] == rows["대전"][1] == "공동 2"
    assert rows["세종"][1:5] == ["–", "미제출", "–", "–"]
    assert rows["부산"][3] == "▲ 0.9"


@pytest.mark.parametrize(
    "path",
    [
        f"/ranking?{OCTOBER}&peers=city",
        f"/ranking?{OCTOBER}&kind=compound",
        "/ranking?month=2026-10&measure=received&per=1000",
        f"/map?{OCTOBER}&region=jeju",
        f"/trend?{OCTOBER}&region=busan&with=daegu&with=gyeonggi",
        f"/region/busan?{OCTOBER}&slice=category",
        f"/region/busan?{OCTOBER}&slice=department&bureau=gyotong",
        f"/region/busan?{OCTOBER}&slice=category&key=road",
    ],
)
def test_the_file_holds_the_tables_rows_and_keeps_the_filters(
    figures: None, visitor: Visitor, path: str
) -> None:
    client = visitor()
    figures = page(client, path).split("<figure")[1:]
    assert figures
    for said in figures:
        link = re.findall(r'href="([^"]+format=csv)"', said)[0].replace("&amp;", "&")
        given, shown = rows_of_csv(client, link), Table(said).rows
        assert [row[0] for row in given] == [row[0] for row in shown]
        assert given[0] == shown[0]
        assert [_bare(row) for row in given[1:]] == [_bare(row) for row in shown[1:]]


def _bare(row: list[str]) -> list[str]:
    """The cells after the first without what only eyes need."""
    seen = (cell.replace("▼ ", "-").replace("–", "") for cell in row[1:])
    return [re.sub(r"[,%건점]|공동 |▲ ", "", cell) for cell in seen]


def test_peers_are_ranked_among_themselves(figures: None, visitor: Visitor) -> None:
    rows = Table(page(visitor(), f"/ranking?{OCTOBER}&peers=province")).rows[1:]
    assert {row[0] for row in rows} == {
        "경기", "강원", "충북", "충남", "전북", "경북", "경남", "제주",
    }  # fmt: skip
    assert rows[0][:2] == ["제주", "1"]


def test_counts_are_divided_by_residents_and_rates_are_not(figures: None, visitor: Visitor) -> None:
    client = visitor()
    per = page(client, "/ranking?month=2026-10&measure=received&per=1000")
    assert "주민 천 명당 접수" in per
    busan = next(row for row in Table(per).rows if row[0] == "부산")
    assert busan[2] == "0.22"  # 700 of 3,248,359
    rate = page(client, f"/ranking?{OCTOBER}&per=1000")
    assert "천 명당" not in rate


def test_the_union_of_2026_is_marked_in_the_trend(figures: None, visitor: Visitor) -> None:
    said = page(visitor(), f"/trend?{OCTOBER}")
    assert "2026년 7월 전남광주 출범" in said
    assert "[[&quot;26. 7&quot;, &quot;전남광주 출범&quot;]]" in said


def test_no_more_than_five_are_compared(figures: None, visitor: Visitor) -> None:
    many = "&".join(f"with={code}" for code in ("daegu", "ulsan", "jeju", "seoul", "incheon"))
    said = page(visitor(), f"/trend?{OCTOBER}&region=busan&{many}")
    assert Table(said).rows[0] == ["달", "부산", "대구", "울산", "제주", "서울", "전국"]


def test_a_bureau_leads_to_its_departments_and_hidden_cells_say_so(
    figures: None, visitor: Visitor
) -> None:
    client = visitor()
    bureaus = page(client, f"/region/busan?{OCTOBER}")
    below = re.findall(r'href="([^"]+)">교통혁신국', bureaus)[0].replace("&amp;", "&")
    said = page(client, below)
    rows = {row[0]: row for row in Table(said).rows}
    assert rows["택시운수과"][1:] == ["5 미만 보호"] * 6
    assert rows["대중교통과"][1] == "60.0%"
    crumbs = re.findall(
        r"<li>(?:<a[^>]+>|<span[^>]+>)([^<]+)", said.split('aria-label="지금 위치"')[1]
    )
    assert crumbs[:4] == ["전국", "부산광역시", "국", "교통혁신국"]


def test_the_way_down_ends_at_the_months_of_a_category(figures: None, visitor: Visitor) -> None:
    said = page(visitor(), f"/region/busan?{OCTOBER}&slice=category&key=road")
    rows = {row[0]: row for row in Table(said).rows}
    assert rows["2026년 10월"][1:3] == ["57.0%", "405"]
    assert rows["2026년 9월"][1] == "56.0%"
    assert rows["2026년 8월"][1] == "자료 없음"


@pytest.mark.parametrize(
    "path",
    [
        "/region/atlantis",
        f"/region/busan?{OCTOBER}&slice=department&bureau=nothing",
        f"/region/busan?{OCTOBER}&slice=category&key=nothing",
        "/map/../admin",
    ],
)
def test_what_does_not_exist_is_not_found(figures: None, visitor: Visitor, path: str) -> None:
    assert visitor().get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/?month=2031-01&measure=wealth&kind=x&per=7&peers=moon&region=atlantis&with=atlantis",
        "/ranking?month=%EC%8B%9C&measure=",
        "/region/busan?slice=voices&bureau=x",
    ],
)
def test_an_address_with_unknown_words_opens_with_the_defaults(
    figures: None, visitor: Visitor, path: str
) -> None:
    assert "2026년 10월" in page(visitor(), path)


def test_a_running_month_says_so_and_is_not_taken_apart(figures: None, visitor: Visitor) -> None:
    client = visitor()
    assert "진행 중인 달" not in page(client, "/")
    assert "진행 중인 달" in page(client, "/?month=2026-11&measure=reduction")
    said = page(client, "/region/busan?month=2026-11&measure=reduction")
    assert "달이 끝나야 나누어 볼 수 있습니다." in said
    assert "2026년 10월 보기" in said


def test_every_figure_leads_to_its_definition(figures: None, visitor: Visitor) -> None:
    client = visitor()
    said = page(client, "/definitions")
    for path in ("/map", "/ranking", "/trend", "/region/busan"):
        (anchor,) = set(re.findall(r'href="/definitions#(\w+)"', page(client, path)))
        assert f'id="{anchor}"' in said
    assert "round((1 - used_minutes / allowed_minutes) * 100, 1)" in said


def test_submissions_name_the_finding_and_what_mends_it(figures: None, visitor: Visitor) -> None:
    client = visitor()
    said = page(client, "/submissions")
    assert "자료의 합이 서로 맞지 않습니다." in said
    assert "sodam facts refresh --full을 실행합니다." in said
    assert len(rows_of_csv(client, "/submissions?format=csv")) == 17


@pytest.mark.parametrize("path", PAGES)
def test_no_korean_is_left_for_a_reader_of_english(
    figures: None, visitor: Visitor, path: str
) -> None:
    said = page(visitor(language="en"), f"{path}?{OCTOBER}")
    main = said[said.index("<main") : said.index("</main>")]
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
    assert set(re.findall(r"[^\s]*[가-힣]+[^\s]*", text)) == set()
