"""Where a voice goes: a service first, then the city's rules, then its category, then the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.audit.models import AuditEntry
from core_crm.staff.models import Department
from core_crm.staff.services import organisation_load_standard
from core_crm.voices.selectors import transitions_of
from core_crm.voices.selectors.roles import RoleMap, department_of_role, role_labels
from core_crm.voices.selectors.routing import Matter, Routing, city_routing
from core_crm.voices.services import catalogue_load_standard
from core_crm.voices.services.routing import route_of_matter
from core_crm.voices.types.routing import RoutingRule
from tenants.context import current_city
from tests.conftest import ServedCity, kst
from tests.support.documents import have
from tests.support.voices import Office, a_voice

TODAY = date(2026, 11, 24)
NOW = kst("2026-11-24 10:00")
LIGHT = {"words": {"가로등": True, "보안등": True}, "department_role": "street_light", "sort": 10}


def body_of(rules: dict[str, Any], **rest: Any) -> dict[str, Any]:
    labelled = {code: {"label": {"ko": code}, **rule} for code, rule in rules.items()}
    return {"label": {"ko": "배정"}, "rules": labelled, **rest}


def chosen(rules: dict[str, Any], **matter: Any) -> str:
    known = {"title": "", "body": "", **matter}
    found = Routing(body_of(rules)).choose(Matter(**known), today=TODAY)
    return found.code if found else ""


def test_a_word_in_title_or_text_leads_past_the_category(office: Office) -> None:
    voice = a_voice(NOW, title="직원이 불친절해요", body="창구에서 그랬습니다.", category="road")
    assert voice.department == office.road  # nobody here plays the role `audit`
    other = a_voice(NOW, body="부모급여가 언제 나오나요?", category="tax")
    assert other.department == office.civil


def test_the_rule_is_told_in_the_history_and_the_audit(busan: ServedCity) -> None:
    organisation_load_standard(current_city())
    catalogue_load_standard(current_city())
    voice = a_voice(NOW, title="가로수가 쓰러질 것 같아요", category="road")
    assert voice.department == department_of_role("tree")[0]
    (first,) = transitions_of(voice)
    assert first.comment == "배정 규칙 ‘가로수’: 가로수"
    kept = AuditEntry.objects.get(action="voice.register", subject_id=voice.id)
    assert kept.facts["rule"] == "street_tree"


def test_a_service_decides_before_any_word(office: Office) -> None:
    matter = Matter("가로등", "가로등", service="passport_issue")
    route = route_of_matter(matter, today=TODAY)
    assert (route.department, route.rule) == (office.passport, None)


def test_the_fallback_gets_what_leads_nowhere(office: Office) -> None:
    route = route_of_matter(Matter("안녕하세요", "반갑습니다"), today=TODAY)
    assert route.department == office.civil


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가로등이 꺼졌어요", "light"),
        ("보안등 교체", "light"),
        ("가 로 등", ""),  # a word is a word: only blanks of the rule's own may be left out
        ("도로가 파였어요", ""),
        ("GARODEUNG", ""),
    ],
)
def test_words_are_found_as_written(text: str, expected: str) -> None:
    assert chosen({"light": LIGHT}, body=text) == expected


def test_blanks_of_a_rules_word_may_be_left_out_and_case_does_not_matter() -> None:
    rules = {"bus": {"words": {"버스 노선": True, "BRT": True}, "department_role": "transit"}}
    assert chosen(rules, title="버스노선을 늘려 주세요") == "bus"
    assert chosen(rules, title="버스  노선") == "bus"
    assert chosen(rules, body="brt 정류장") == "bus"


def test_a_word_put_aside_is_not_sought_and_a_rule_without_any_means_nobody() -> None:
    off = {**LIGHT, "words": {"가로등": False, "보안등": True}}
    assert chosen({"light": off}, body="가로등") == ""
    assert chosen({"light": off}, body="보안등") == "light"
    none = {**LIGHT, "words": {"가로등": False}}
    assert chosen({"light": none}, body="보안등과 가로등") == ""


def test_a_word_against_it_and_a_place_elsewhere_stop_a_rule() -> None:
    rule = {**LIGHT, "not_words": {"사유지": True}, "places": {"해운대": True}}
    assert chosen({"light": rule}, body="가로등", location="해운대구 우동") == "light"
    assert chosen({"light": rule}, body="가로등", location="사하구") == ""
    assert chosen({"light": rule}, body="사유지 가로등", location="해운대구") == ""


def test_the_lowest_sort_decides_and_an_inactive_rule_nothing() -> None:
    rules = {
        "late": {**LIGHT, "sort": 20},
        "early": {**LIGHT, "sort": 5},
        "off": {**LIGHT, "sort": 1, "is_active": False},
    }
    assert chosen(rules, body="가로등") == "early"


def test_a_condition_asks_for_facts(busan: ServedCity) -> None:
    when = {"all": [{"op": "eq", "field": "category", "value": "traffic"}]}
    rules = {"bus": {"words": {"버스": True}, "when": when, "department_role": "transit"}}
    assert chosen(rules, body="버스가 늦어요", category="traffic") == "bus"
    assert chosen(rules, body="버스 정류장 보도블록", category="road") == ""


def test_a_rule_that_asks_for_a_field_that_is_gone_stands_still(busan: ServedCity) -> None:
    when = {"op": "eq", "field": "field.gone", "value": "x"}
    broken = {"words": {"가로등": True}, "when": when, "department_role": "tree", "sort": 1}
    routing = Routing(body_of({"broken": broken, "light": LIGHT}))
    matter = Matter("", "가로등")
    found = routing.choose(matter, today=TODAY)
    assert found
    assert found.code == "light"
    verdicts = {one.code: one for one in routing.judge_all(matter, today=TODAY)}
    assert "field.gone" in verdicts["broken"].problem


def test_a_city_names_its_own_department_for_a_role(office: Office) -> None:
    have({"routing.voice.departments": {"street_light": office.passport.code}})
    assert RoleMap.of_this_city().department_code("street_light") == office.passport.code
    assert a_voice(NOW, body="가로등이 꺼졌어요").department == office.passport


def test_a_department_that_does_not_exist_is_not_named(office: Office) -> None:
    named = RoleMap.of_this_city(named={"road": "gone.department"})
    assert named.department_code("road") == office.road.code


def test_every_rule_of_the_standard_names_a_role(busan: ServedCity) -> None:
    rules = city_routing().definition.rules
    assert {rule.department_role for rule in rules.values()} <= set(role_labels())
    assert len(rules) > 10


def test_a_rule_that_asks_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="낱말, 장소, 조건"):
        RoutingRule.model_validate({"label": {"ko": "모두"}, "department_role": "road"})


def test_no_query_is_asked_that_the_route_has_not(
    office: Office, django_assert_num_queries: Any
) -> None:
    matter = Matter("안녕하세요", "반갑습니다", category="road")
    city_routing()  # the documents are kept by the process: read before, as in any living one
    with django_assert_num_queries(2):  # category, department: as before there were rules
        route_of_matter(matter, today=TODAY)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read_and_the_words_found_are_in_it(body: str, word: str) -> None:
    rules = {"light": LIGHT}
    if word.strip() and len(word) <= 40:
        rules["any"] = {"words": {word: True}, "department_role": "road", "sort": 1}
    found = Routing(body_of(rules)).choose(Matter("", body), today=TODAY)
    joined = "".join(body.split()).lower()
    for said in found.words if found else ():
        assert "".join(said.split()).lower() in joined


def test_a_department_of_no_role_is_none(office: Office) -> None:
    assert department_of_role("fisheries") == (None,)
    assert Department.objects.count() == 4
