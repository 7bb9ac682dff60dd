"""What documents say of each other holds, or is told with its path and what was meant."""

from __future__ import annotations

from typing import Any

import pytest

from customization.resolution.judging import findings
from customization.resolution.operations import apply, operation
from customization.resolution.resolving import with_parts
from customization.resolution.standard import standard_tree
from customization.resolution.trees import ABSENT, Path, value_at

ADDED = {"measures": ("x.busan.fast",), "workflow_guards": (), "workflow_actions": ()}


@pytest.fixture(scope="module")
def standard() -> dict[str, Any]:
    return standard_tree()


def said(standard: dict[str, Any], *changes: tuple[Path, Any], added: Any = None) -> list[str]:
    overlay = [
        operation(path, seen=value_at(standard, path), wanted=wanted) for path, wanted in changes
    ]
    return [str(one) for one in findings(apply(standard, overlay), standard, added=added)]


def place(dotted: str) -> Path:
    return tuple(dotted.split("."))


SERVICE = "code_list.services.services.passport_issue"


@pytest.mark.parametrize(
    ("where", "wanted", "told"),
    [
        (f"{SERVICE}.category", "certificat", "없는 분야입니다: certificat — 혹시 'certificate'?"),
        (
            f"{SERVICE}.department_role",
            "pasport",
            "없는 부서 구실입니다: pasport — 혹시 'passport'?",
        ),
        ("routing.voice.fallback_role", "civil", "없는 부서 구실입니다: civil"),
        (
            "performance_contract.customer.items.on_time.kpi",
            "on_tme",
            "없는 지표입니다: on_tme — 혹시 'on_time'?",
        ),
        (
            "campaign_type.result_notice.channels.sms.template",
            "voice_answerd",
            "없는 알림 문구입니다: voice_answerd — 혹시 'voice_answered'?",
        ),
        (
            "workflow.voice.transitions.sort.rights",
            ["voice_asign"],
            "없는 권한입니다: voice_asign — 혹시 'voice_assign'?",
        ),
        ("call_routing.main.hours", "offices", "없는 업무시간입니다: offices — 혹시 'office'?"),
        (
            "call_routing.main.lines.tax.categories",
            ["taxes"],
            "없는 분야입니다: taxes — 혹시 'tax'?",
        ),
    ],
)
def test_a_name_that_nobody_has_is_told_with_a_near_miss(
    standard: dict[str, Any], where: str, wanted: Any, told: str
) -> None:
    found = said(standard, (place(where), wanted))
    assert [one for one in found if one.startswith(f"{where}: {told}")], found


def test_dropping_what_another_document_names_is_told_there(standard: dict[str, Any]) -> None:
    found = said(standard, (place("code_list.categories.categories.tax"), ABSENT))
    assert any(one.startswith("code_list.services.services.tax_relief.category:") for one in found)


def test_weights_of_one_level_and_period_add_up(standard: dict[str, Any]) -> None:
    found = said(standard, (place("kpi.on_time.weight"), 20))
    assert found == [
        "kpi: 담당자·월 지표의 가중치를 더하면 100이어야 합니다 (지금 90)",
        "kpi: 부서·월 지표의 가중치를 더하면 100이어야 합니다 (지금 90)",
    ]
    both = ((place("kpi.on_time.weight"), 20), (place("kpi.reduction.weight"), 40))
    assert said(standard, *both) == []


def test_a_measure_of_a_plugin_that_is_off_is_told(standard: dict[str, Any]) -> None:
    own = dict(value_at(standard, ("kpi", "received"))) | {"formula": "x.busan.fast"}
    change = (("kpi", "fast_ones"), own)
    assert said(standard, change, added=ADDED) == []
    assert said(standard, change, added=ADDED | {"measures": ()}) == [
        "kpi.fast_ones.formula: x.busan.fast을(를) 더하는 플러그인이 꺼져 있습니다"
    ]
    assert said(standard, change) == []


def test_a_promise_is_never_longer_than_the_services_lawful_period(
    standard: dict[str, Any],
) -> None:
    target = {
        "label": {"ko": "여권", "en": "Passports"},
        "service": "passport_issue",
        "period": {"unit": "days", "amount": 9},
    }
    path = place("sla.voice.targets.passports")
    assert said(standard, (path, target)) == [
        "sla.voice.targets.passports.period: 목표는 그 민원의 법정 처리기간보다 길 수 없습니다"
    ]
    shorter = target | {"period": {"unit": "days", "amount": 5}}
    assert said(standard, (path, shorter)) == []


def test_a_rule_asks_only_fields_that_are_there(standard: dict[str, Any]) -> None:
    rule = {
        "label": {"ko": "섬", "en": "Islands"},
        "department_role": "road",
        "when": {"op": "eq", "field": "categry", "value": "road"},
    }
    found = said(standard, (place("routing.voice.rules.islands"), rule))
    assert found == [
        "routing.voice.rules.islands.when: /field: ‘categry’은(는) 없는 항목입니다. "
        "혹시 ‘category’인가요?"
    ]


def test_a_rule_may_ask_the_citys_own_fields(standard: dict[str, Any]) -> None:
    field = {"label": {"ko": "섬", "en": "Island"}, "type": "truth"}
    rule = {
        "label": {"ko": "섬", "en": "Islands"},
        "department_role": "road",
        "when": {"op": "eq", "field": "field.on_island", "value": True},
    }
    asks = (place("routing.voice.rules.islands"), rule)
    assert any("field.on_island" in one for one in said(standard, asks))
    assert said(standard, asks, (place("form.voice.fields.on_island"), field)) == []


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("consent_text.marketing.purpose", "service"),
        ("consent_text.marketing.kept_days", 1000),
        ("consent_text.marketing.asked_again_days", 731),
        ("retention.access_log.at_least_days", 365),
        ("retention.voices.then", "delete"),
        ("kpi.satisfaction.fewest", 3),
        ("kpi.on_time.direction", "lower"),
        ("workflow.voice.transitions.close_unable.requires_comment", False),
        ("evaluation_sheet.policy_check.about", "task"),
    ],
)
def test_what_the_law_or_the_comparison_needs_stays(
    standard: dict[str, Any], where: str, wanted: Any
) -> None:
    assert any(one.startswith(f"{where}:") for one in said(standard, (place(where), wanted)))


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("consent_text.marketing.kept_days", 365),
        ("consent_text.marketing.asked_again_days", 365),
        ("retention.voices.keep_days", 1000),
        ("retention.access_log.keep_days", 1000),
        ("kpi.satisfaction.fewest", 10),
        ("kpi.on_time.target", 95),
    ],
)
def test_within_the_law_a_city_chooses(standard: dict[str, Any], where: str, wanted: Any) -> None:
    assert said(standard, (place(where), wanted)) == []


def test_a_standard_document_that_is_needed_is_not_taken_out(standard: dict[str, Any]) -> None:
    assert any(
        one.startswith("consent_text.marketing:") and "없앨 수 없습니다" in one
        for one in said(standard, (("consent_text", "marketing"), ABSENT))
    )
    assert said(standard, (("campaign_type", "city_news"), ABSENT)) == []
    assert said(standard, (("retention",), ABSENT))


def test_what_a_plugin_brought_may_go_again(standard: dict[str, Any]) -> None:
    body = dict(value_at(standard, ("template", "voice_answered")))
    base = with_parts(standard, {"busan": {"template": {"welcome": body}}})
    assert findings(standard, base) == ()


def test_a_city_may_have_roles_of_its_own_where_it_names_their_department(
    standard: dict[str, Any],
) -> None:
    asks = (place("routing.voice.rules.winter.department_role"), "snow_station")
    assert any("snow_station" in one for one in said(standard, asks))
    named = (place("routing.voice.departments.snow_station"), "road_office.snow")
    assert said(standard, asks, named) == []


def test_a_notice_asks_only_for_values_it_is_given(standard: dict[str, Any]) -> None:
    sms = place("template.voice_received.texts.ko.sms")
    found = said(standard, (sms, "((ref)) ((due_att))까지"))
    assert found == [
        "template.voice_received.texts.ko.sms: 이 알림에는 ((due_att))에 채울 값이 없습니다 "
        "— 혹시 'due_at'?"
    ]
    assert said(standard, (sms, "((ref)) ((due_at)) ((call_centre_phone))")) == []
