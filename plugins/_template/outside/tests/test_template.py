"""The contract, and what this plugin promises by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from customization.plugin_testing import a_case, plugin_at_work, problems_of_plugin
from plugins._template.files import convert
from plugins._template.pages import days_allowed, show
from plugins._template.steps import make_visit, refuses

NOW = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)


def test_the_contract_is_kept() -> None:
    assert problems_of_plugin("plugins._template") == []


def test_a_voice_by_phone_is_closed_after_a_visit_only() -> None:
    case = a_case(channel="phone")
    with plugin_at_work():
        assert refuses(case, NOW)
        kept = make_visit(case, {}, NOW)
        assert kept.attributes == {"visited_on": "2026-10-01"}
        assert refuses(case, NOW) == ""
        assert refuses(a_case(channel="portal"), NOW) == ""


def test_the_box_says_until_when_the_place_is_visited() -> None:
    case = replace(a_case(channel="phone"), received_at=NOW)
    with plugin_at_work(config={"visit_within_days": 3}):
        content = show(case, NOW.date())
        assert content is not None
        assert content.lines == (("방문 기한", "2026-10-04"),)
        late = show(case, NOW.date() + timedelta(days=4))
        assert late is not None
        assert late.note


def test_the_export_says_how_many_days_were_given() -> None:
    case = replace(a_case(), received_at=NOW, due_at=NOW + timedelta(days=7, hours=3))
    assert days_allowed(case) == 7


def test_a_line_of_the_old_register_becomes_ours() -> None:
    line = {
        "문서번호": " 7 ",
        "건명": "가로등",
        "요지": "꺼졌음",
        "접수": "2026.09.01.",
        "상태": "완결",
    }
    assert convert(line) == {
        "id": "7",
        "title": "가로등",
        "body": "꺼졌음",
        "received_at": "2026-09-01",
        "status": "closed",
    }
