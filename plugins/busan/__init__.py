"""부산광역시: the reference government, with what its 2006 case study asks beyond the standard."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import (
    Importer,
    Measure,
    Panel,
    Permission,
    Plugin,
    RecordField,
    ReportColumn,
    Trigger,
)
from plugins.busan import sources, talks

HALF = 50
"""Percent of the statutory time: goal 1 of Table 4."""

PLUGIN = Plugin(
    code="busan",
    name="부산광역시",
    api=(1, 1),
    version="1.0",
    summary="절반 안에 끝낸 비율, 전입 15일과 여권 만료, 사업고객, 현장대화 기록을 더합니다.",
    publisher="Sodam",
    source="부산광역시 CRM 사례연구 (2006) 표 4, 표 5와 과업 화면; 읽은 날 2026-11-24",
    contributes=(
        Measure(
            code="closed_in_half",
            label_ko="절반 안에 처리",
            label_en="Settled in half the time",
            of="closed",
            where={
                "all": [
                    {"op": "in", "field": "outcome", "value": ["answered", "unable"]},
                    {"op": "le", "field": "used_percent", "value": HALF},
                ]
            },
        ),
        RecordField(
            code="moved_in_on",
            label_ko="부산 전입일",
            label_en="Moved to Busan on",
            source="citizen",
            kind="move_in",
            name="on",
            type="date",
            personal="personal",
        ),
        RecordField(
            code="passport_expires_on",
            label_ko="여권 만료일",
            label_en="Passport expires on",
            source="citizen",
            kind="passport",
            name="expires_on",
            type="date",
            personal="personal",
        ),
        RecordField(
            code="business_guest",
            label_ko="사업고객(PIFF·APEC·전시)",
            label_en="Business guest (PIFF, APEC, exhibition)",
            source="citizen",
            kind="business_guest",
            name="event",
            type="text",
        ),
        Trigger(
            code="moved_in",
            label_ko="전입 15일째",
            label_en="Fifteen days after moving in",
            field="x.busan.moved_in_on",
            offset_days=15,
        ),
        Trigger(
            code="passport_expires",
            label_ko="여권 만료 일주일 전",
            label_en="A week before the passport expires",
            field="x.busan.passport_expires_on",
            offset_days=-7,
        ),
        Panel(
            code="task",
            label_ko="과업으로 풀기",
            label_en="Solve it as a task",
            show=sources.advice,
        ),
        ReportColumn(
            code="voice_source",
            label_ko="고객의 소리 출처",
            label_en="Source of the voice",
            value=sources.source_of,
        ),
        Importer(
            code="field_talk",
            label_ko="현장대화 기록",
            label_en="Record of a talk on the spot",
            convert=talks.as_voice,
            columns=talks.COLUMNS,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(
        Permission.CASES,
        Permission.FIGURES,
        Permission.RECORDS,
        Permission.CAMPAIGNS,
        Permission.FILES,
        Permission.DOCUMENTS,
    ),
)
