"""Who is in the figures, and why the others are not: said before any number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core_crm.national_reports.types import (
    NationalRegionRow,
    SubmissionRow,
    SubmissionState,
    ValueState,
)
from sodam.ministry import wording
from sodam.ministry.scene import Scene


@dataclass(frozen=True, slots=True)
class Completeness:
    """`14 / 16`, who is missing and why, and over how many the nation's value is counted."""

    received: int
    total: int
    reasons: str
    counted: int
    stale: str

    @property
    def is_complete(self) -> bool:
        return self.received == self.total and self.counted == self.total and not self.stale


def completeness_of(scene: Scene, handed_in: Sequence[SubmissionRow]) -> Completeness:
    """Of the month and measure that are shown."""
    rows = {row.code: row for row in handed_in}
    states = {one.code: one.state for one in scene.values}
    missing = [one for one in scene.regions if states.get(one.code) == ValueState.MISSING]
    failed = [one for one in scene.regions if _failed(rows.get(one.code)) and one not in missing]
    return Completeness(
        received=len(scene.regions) - len(missing),
        total=len(scene.regions),
        reasons=_reasons(missing, rows),
        counted=scene.nation.regions,
        stale=", ".join(_name(one) for one in failed),
    )


def _reasons(missing: Sequence[NationalRegionRow], rows: Mapping[str, SubmissionRow]) -> str:
    """`대구·인천(개통 전), 경남(자료를 읽지 못함)`."""
    by_reason: dict[str, list[str]] = {}
    for one in missing:
        by_reason.setdefault(_reason(one, rows.get(one.code)), []).append(_name(one))
    between = ", " if wording.is_english() else "·"
    said = (f"{between.join(names)} ({why})" for why, names in by_reason.items())
    return "; ".join(said) if wording.is_english() else ", ".join(said).replace(" (", "(")


def _failed(row: SubmissionRow | None) -> bool:
    return row is not None and row.state == SubmissionState.FAILED


def _name(region: NationalRegionRow) -> str:
    return region.name_en if wording.is_english() else region.short_name_ko


def _reason(region: NationalRegionRow, row: SubmissionRow | None) -> str:
    if region.status != "open":
        return status_word(region.status)
    if row is None or row.state == SubmissionState.MISSING:
        return _("아직 받지 못함")
    if row.state == SubmissionState.FAILED:
        return _("자료를 읽지 못함")
    return _("이 달 자료 없음")


def status_word(status: str) -> str:
    """How a government takes part."""
    words = {
        "open": _("운영 중"),
        "suspended": _("멈춤"),
        "closed": _("닫음"),
        "not_open": _("개통 전"),
    }
    return words.get(status, status)
