"""What a change of rules, periods, hours or targets would have done to the last cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.voices.selectors.replaying import Rulebook, cases_recent
from core_crm.voices.services import voice_answer
from customization.documents.selectors import in_force
from customization.preview import routing
from customization.preview.routing import PLACES, impact
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.resolution.trees import copied, put, value_at
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

MONDAY = kst("2026-11-23 09:00")
NOW = kst("2026-11-27 10:00")


@pytest.fixture
def office(busans_office: Office) -> Office:
    return busans_office


def changed(places: Mapping[str, Any]) -> Impact | None:
    before = in_force().tree
    after = copied(before)
    for dotted, value in places.items():
        put(after, tuple(dotted.split(".")), value)
    return impact(before, after, now=NOW)


def figures(found: Impact | None) -> list[int]:
    """Looked at, moved, late, no more late, over target, back in target."""
    assert found
    return list(found.figures.values())


def test_a_change_of_something_else_has_no_effect_here(office: Office) -> None:
    assert changed({"kpi.reduction.target": 60}) is None


def test_a_new_rule_moves_the_cases_that_hold_its_word(office: Office) -> None:
    moved = a_voice(MONDAY, body="볼라드가 부러졌어요")
    a_voice(MONDAY, body="보도블록이 깨졌어요")
    rule = {
        "label": {"ko": "볼라드", "en": "Bollards"},
        "words": {"볼라드": True},
        "department_role": "passport",
        "sort": 1,
    }
    found = changed({"routing.voice.rules.bollard": rule})
    assert figures(found) == [2, 1, 0, 0, 0, 0]
    assert found
    assert found.rows == ((moved.ref, "부서", "도로안전과", "여권과", "볼라드: 볼라드"),)
    assert "2건 가운데 1건이 다른 부서로" in found.sentence


def test_a_shorter_period_of_a_service_makes_cases_late(office: Office) -> None:
    voice = a_voice(MONDAY, category="", service_code="passport_issue")
    found = changed({"code_list.services.services.passport_issue.period.amount": 3})
    assert figures(found)[2] == 1
    assert found
    assert found.rows[0] == (
        voice.ref,
        "법정기한",
        f"{voice.due_at:%Y-%m-%d %H:%M}",
        "2026-11-25 18:00",
        "",
    )


def test_a_stricter_target_is_missed_by_what_took_longer(office: Office) -> None:
    voice = a_voice_in_work(office, MONDAY)
    voice_answer(voice, body="고쳤습니다.", by=office.officer, now=kst("2026-11-25 15:00"))
    assert figures(changed({"sla.voice.targets.grievance.percent": 20})) == [1, 0, 0, 0, 1, 0]
    assert figures(changed({"sla.voice.targets.grievance.percent": 90})) == [1, 0, 0, 0, 0, 0]


def test_longer_office_hours_move_the_due_times_counted_in_hours(office: Office) -> None:
    a_voice(kst("2026-11-26 17:00"), category="", service_code="report_move")
    assert (
        figures(changed({"calendar.office.closes_at": "21:00"}))[2] == 1
    )  # 20:00 that day, not 11:00 the next


def test_what_is_not_right_yet_is_not_counted(office: Office) -> None:
    found = changed({"sla.voice.targets.grievance.percent": 500})
    assert found
    assert found.failed


def test_nothing_is_written_and_the_others_go_on(office: Office) -> None:
    a_voice(MONDAY)
    before = AuditEntry.objects.count()
    after = copied(in_force().tree)
    put(after, ("sla", "voice", "targets", "grievance", "percent"), 10)
    (found,) = what_if(in_force().tree, after, now=NOW, previews=(routing,))
    assert found.figures
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "draft",
    [
        {"body": "보도블록이 깨졌어요"},
        {"category": "", "body": "안녕하세요"},
        {"category": "tax", "body": "수돗물이 나오지 않아요"},
        {"category": "", "service_code": "passport_issue", "body": "가로등"},
        {"category": "unsure", "body": "택시가 승차거부를 합니다"},
        {"category": "road", "body": "가로등이 꺼졌어요", "location": "해운대"},
    ],
)
def test_the_replay_says_what_registration_does(office: Office, draft: dict[str, Any]) -> None:
    """Two ways lead there, by tables and by documents; they must not part."""
    voice = a_voice(MONDAY, **draft)
    tree = in_force().tree
    book = Rulebook(**{name: value_at(tree, place) for name, place in PLACES.items()})
    (case,) = cases_recent()
    assert voice.department
    if voice.service is None or voice.service_code in tree["code_list"]["services"]["services"]:
        assert book.send(case).department == voice.department.code
    target = book.target(case, due_at=voice.due_at)
    assert (target.at if target else None) == voice.target_at
    if voice.service is None:
        assert book.due_at(case) == voice.due_at
