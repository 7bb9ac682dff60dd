"""Figures: what stands in the page, in the chart's data and in the file is the same."""

from __future__ import annotations

import json
import re
from html import unescape

from django.template.loader import render_to_string

from sodam.ui.figures import Chart, Column, Figure, Series, TableCell, csv_answer, figure_csv

CHART = Chart(
    kind="line",
    categories=("1월", "2월", "3월"),
    series=(
        Series("복합", (50.0, None, -2.5)),
        Series("시 전체", (48.0, 49.0, 50.0), is_quiet=True),
    ),
    unit="%",
    decimals=1,
    target=50.0,
    target_label="목표 50%",
)
ROWS = (
    (TableCell("1월"), TableCell("50.0"), TableCell("48.0", url="/list?a=1&b=2")),
    (TableCell("2월"), TableCell("–", note="해당 의견 없음"), TableCell("49.0")),
    (TableCell("3월"), TableCell("−2.5", plain="-2.5"), TableCell("50.0")),
)
FIGURE = Figure(
    id="trend",
    heading="도로 <안전>과",
    sentence="1월 50%에서 3월 −2.5%.",
    columns=(Column("월"), Column("복합", is_number=True), Column("시 전체", is_number=True)),
    rows=ROWS,
    chart=CHART,
    csv_url="/trend.csv?a=1&b=2",
    definition_url="#formula",
    data_time="2026. 11. 23.(월) 06:00 자료",
)


def drawn(figure: Figure) -> str:
    return render_to_string("ui/components/figure.html", {"figure": figure})


def test_the_table_stands_in_the_page_with_heads_links_and_reasons() -> None:
    html = drawn(FIGURE)
    assert html.count('<th scope="col"') == 3
    assert html.count('<th scope="row">') == 3
    assert '<a class="sd-link" href="/list?a=1&amp;b=2">48.0</a>' in html
    assert '–<span class="sr-only"> 해당 의견 없음</span>' in html
    assert "도로 &lt;안전&gt;과" in html


def test_the_chart_holds_gaps_where_there_is_no_number() -> None:
    found = re.search(r'data-chart="([^"]+)"', drawn(FIGURE))
    assert found
    data = json.loads(unescape(found[1]))
    assert data["series"][0]["values"] == [50.0, None, -2.5]
    assert (data["target"], data["unit"], data["series"][1]["is_quiet"]) == (50.0, "%", True)


def test_a_figure_without_a_chart_offers_no_choice() -> None:
    html = drawn(Figure(**{**_fields(FIGURE), "chart": None}))
    assert "data-chart" not in html
    assert "radio" not in html
    assert "no-chart" in html


def test_the_file_holds_the_table_and_numbers_stay_numbers() -> None:
    answer = figure_csv("도로 추세.csv", FIGURE)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["월,복합,시 전체", "1월,50.0,48.0", "2월,–,49.0", "3월,-2.5,50.0"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_runs_no_formula_and_has_a_korean_name() -> None:
    answer = csv_answer("지표 2026.csv", ["이름"], [["=HYPERLINK(A1)"], ["-1.5"]])
    assert answer.content.decode().startswith("\ufeff")
    assert "'=HYPERLINK(A1)" in answer.content.decode()
    assert "\r\n-1.5\r\n" in answer.content.decode()
    assert "filename*=utf-8''%EC%A7%80%ED%91%9C%202026.csv" in answer["Content-Disposition"]


def _fields(figure: Figure) -> dict[str, object]:
    return {name: getattr(figure, name) for name in figure.__slots__}
