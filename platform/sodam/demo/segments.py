"""Segments of a demo world: by what citizens need, one of them kept as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core_crm.segments.services import segment_create
from core_crm.segments.types import SegmentDraft, SegmentKind
from core_crm.staff.selectors import official_list
from core_crm.staff.types import Role
from sodam.demo.plan import CityPlan

MOVED_DAYS, PASSPORT_DAYS, OLD = 180, 365, 65


def fill_segments(plan: CityPlan) -> int:
    """Write them into the city being served; how many."""
    owner = next(one for one in official_list() if Role.STEWARD in one.roles)
    drafts = _drafts(plan)
    for draft in drafts:
        segment_create(SegmentDraft(**draft, owner_id=owner.pk), by=None, now=plan.scene.now)
    return len(drafts)


def _drafts(plan: CityPlan) -> list[dict[str, Any]]:
    today = plan.scene.today
    passport = "passport_expires_on"
    return [
        {
            "code": "moved_in_lately",
            "name": "새로 이사 온 시민",
            "description": "전입 뒤 반년 안에 쓸 만한 안내를 한 번에 보냅니다.",
            "condition": {"op": "within_days", "field": "moved_in_on", "value": MOVED_DAYS},
        },
        {
            "code": "passport_ends",
            "name": "여권이 한 해 안에 끝나는 시민",
            "description": "재발급을 미리 알립니다. 대상을 고정해 두 번 보내지 않습니다.",
            "kind": SegmentKind.SNAPSHOT.value,
            "condition": {
                "all": [
                    {"op": "ge", "field": passport, "value": f"{today}"},
                    {
                        "op": "le",
                        "field": passport,
                        "value": f"{today + timedelta(days=PASSPORT_DAYS)}",
                    },
                ]
            },
        },
        {
            "code": "elders_to_ask",
            "name": "문자로 물을 수 있는 어르신",
            "description": "누리집을 쓰기 어려운 분들의 말을 설문으로 듣습니다.",
            "condition": {
                "all": [
                    {"op": "ge", "field": "age", "value": OLD},
                    {"op": "eq", "field": "has_phone", "value": True},
                    {"op": "eq", "field": "consent.survey.sms", "value": True},
                ]
            },
        },
    ]
