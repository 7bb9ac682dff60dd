"""What no city changes: what the law fixes, and what the ministry compares between cities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core_crm.calendars import Period
from core_crm.calendars.errors import BadPeriod
from customization.resolution.places import fits, places
from customization.resolution.problems import Problem
from customization.resolution.trees import ABSENT, Path, Tree, is_same, value_at
from tenants.context import current_city_or_none

PERIOD_RANKS = {"immediately": 0, "hours": 0, "days": 1, "weeks": 2, "months": 2, "years": 2}
PLUGIN_MARK = "x."
CALENDAR_DAYS = {"weeks": 7, "months": 30, "years": 365}


@dataclass(frozen=True, slots=True)
class Lock:
    """A place that stays as the standard has it. `pattern` has `*` for one step.

    `allows(standard, wanted)` says which other values are lawful all the same; none by default.
    """

    pattern: Path
    why: str
    allows: Callable[[Any, Any], bool] | None = None


def is_not_longer(standard: Any, wanted: Any) -> bool:
    """A statutory period may be promised shorter, never longer (민원 처리에 관한 법률 제18조).

    A period that is none is the model's to refuse.
    """
    try:
        return _length(wanted) <= _length(standard)
    except (BadPeriod, KeyError, TypeError, ValueError):
        return False


def _length(period: Mapping[str, Any]) -> tuple[int, int]:
    """For comparing: hours and immediate ones, then working days, then calendar time."""
    given = Period(period["unit"], int(period["amount"]))
    rank = PERIOD_RANKS[given.unit]
    if rank == 0:
        return rank, given.working_hours
    return rank, given.amount * CALENDAR_DAYS.get(given.unit, 1)


def is_official_here(_standard: Any, _wanted: Any) -> bool:
    """Is the city being served an official site? Only such a one decides about its masthead."""
    city = current_city_or_none()
    return city is not None and city.official_site


def is_not_more(standard: Any, wanted: Any) -> bool:
    """A number that may only become smaller; none stands for "for ever"."""
    if standard is None:
        return isinstance(wanted, int | None)
    return isinstance(wanted, int) and wanted <= standard


def is_not_less(standard: Any, wanted: Any) -> bool:
    """A number that may only become larger."""
    return isinstance(wanted, int) and not isinstance(wanted, bool) and wanted >= standard


def is_as_strict(standard: Any, wanted: Any) -> bool:
    """May a field be taken for more personal than the standard does? Never for less."""
    known = ("none", "personal", "sensitive", "unique_id")
    if standard not in known or wanted not in known:
        return False
    return known.index(wanted) >= known.index(standard)


LOCKS = (
    Lock(
        ("code_list", "services", "services", "*", "period"),
        "법정 처리기간은 짧게만 바꿀 수 있습니다 (민원 처리에 관한 법률 제18조)",
        is_not_longer,
    ),
    Lock(
        ("code_list", "*", "*", "*", "petition_class"),
        "민원의 종류는 법이 정합니다 (민원 처리에 관한 법률 제2조)",
    ),
    Lock(
        ("code_list", "services", "services", "*", "is_compound"),
        "복합민원인지는 법이 정합니다 (민원 처리에 관한 법률 제2조 제5호)",
    ),
    Lock(
        ("template", "*", "purpose"), "보내는 목적에 따라 동의가 달라집니다 (정보통신망법 제50조)"
    ),
    Lock(
        ("campaign_type", "*", "purpose"),
        "보내는 목적에 따라 동의가 달라집니다 (정보통신망법 제50조)",
    ),
    Lock(
        ("campaign_type", "*", "consent"),
        "누구의 동의가 있어야 하는지는 법이 정합니다 (정보통신망법 제50조)",
    ),
    Lock(
        ("branding", "*", "masthead"),
        "공식 누리집으로 등록된 곳만 정할 수 있습니다",
        is_official_here,
    ),
    Lock(("workflow", "*", "subject"), "절차가 다루는 것은 표준 모델이 정합니다"),
    Lock(
        ("workflow", "*", "states", "*", "maps_to"),
        "시·도를 견주려면 표준 상태가 같아야 합니다",
    ),
    Lock(("kpi", "*", "formula"), "시·도를 견주려면 재는 방법이 같아야 합니다"),
    Lock(("kpi", "*", "base"), "시·도를 견주려면 재는 방법이 같아야 합니다"),
    Lock(("kpi", "*", "unit"), "시·도를 견주려면 단위가 같아야 합니다"),
    Lock(("kpi", "*", "direction"), "시·도를 견주려면 좋은 쪽이 같아야 합니다"),
    Lock(
        ("kpi", "*", "fewest"),
        "누가 답했는지 드러나지 않게, 최소 표본은 늘리기만 할 수 있습니다",
        is_not_less,
    ),
    Lock(
        ("workflow", "*", "transitions", "close_unable", "requires_comment"),
        "들어줄 수 없을 때는 까닭을 알려야 합니다 (민원 처리에 관한 법률 제27조 제3항)",
    ),
    Lock(
        ("form", "*", "fields", "*", "personal_data"),
        "표준 항목의 개인정보 등급은 높이기만 할 수 있습니다 (개인정보 보호법 제23조, 제24조)",
        is_as_strict,
    ),
    Lock(
        ("consent_text", "*", "purpose"),
        "동의의 종류는 법이 나눕니다 (개인정보 보호법 제22조)",
    ),
    Lock(("consent_text", "*", "basis"), "동의의 근거는 법이 정합니다"),
    Lock(
        ("consent_text", "*", "kept_days"),
        "동의한 자료는 표준보다 오래 가질 수 없습니다 (개인정보 보호법 제21조)",
        is_not_more,
    ),
    Lock(
        ("consent_text", "*", "asked_again_days"),
        "광고 수신 동의는 2년 안에 다시 확인합니다 (정보통신망법 제50조 제8항)",
        is_not_more,
    ),
    Lock(("retention", "*", "subject"), "무엇의 보유기간인지는 표준 모델이 정합니다"),
    Lock(("retention", "*", "basis"), "보유의 근거는 법이 정합니다"),
    Lock(("retention", "*", "counted_from"), "언제부터 셀지는 표준 모델이 정합니다"),
    Lock(("retention", "*", "at_least_days"), "가장 짧은 보유기간은 법이 정합니다"),
    Lock(("retention", "*", "at_most_days"), "가장 긴 보유기간은 표준 모델이 정합니다"),
    Lock(("retention", "*", "then"), "보유기간이 끝난 뒤의 일은 표준 모델이 정합니다"),
    Lock(("evaluation_sheet", "*", "about"), "무엇을 평가하는지는 표준 모델이 정합니다"),
)
"""Of places that the standard has. What a city adds (a state, a service of its own) is its own."""


def broken_locks(standard: Tree, resolved: Tree, *, locks: Iterable[Lock] = LOCKS) -> list[Problem]:
    """The places that no city may change so, each with the reason.

    Judged by what becomes of a place, not by one operation: unit and amount of a period are two.
    """
    return [
        Problem(path, lock.why)
        for lock in locks
        for path, before in places(standard, lock.pattern)
        if _is_broken(lock, before, resolved, path)
    ]


KEPT = (
    "calendar",
    "call_routing",
    "code_list",
    "consent_text",
    "form",
    "kpi",
    "retention",
    "routing",
    "sla",
    "survey",
    "template",
    "terminology",
    "branding",
    "workflow",
)
"""Kinds whose standard documents the rooms, the law or the ministry need: none is taken out."""


def missing_documents(standard: Tree, resolved: Tree) -> list[Problem]:
    """Standard documents that are gone and may not be; a plugin's may."""
    return [
        Problem((kind, code), "표준 모델의 이 문서는 없앨 수 없습니다. 내용을 고쳐 주세요")
        for kind in KEPT
        for code in standard.get(kind, {})
        if not code.startswith(PLUGIN_MARK) and value_at(resolved, (kind, code)) is ABSENT
    ]


def locked_because(path: Path, standard: Tree, *, locks: Iterable[Lock] = LOCKS) -> str:
    """Why nobody may change this place at all; "" when it may be, within the law or freely."""
    for lock in locks:
        above = path[: len(lock.pattern)]
        if (
            not lock.allows
            and fits(above, lock.pattern)
            and value_at(standard, above) is not ABSENT
        ):
            return lock.why
    return ""


def _is_broken(lock: Lock, before: Any, resolved: Tree, path: Path) -> bool:
    after = value_at(resolved, path)
    if after is ABSENT:  # dropping a whole service or state is no change of its period
        return value_at(resolved, path[:-1]) is not ABSENT
    return not is_same(before, after) and not (lock.allows and lock.allows(before, after))
