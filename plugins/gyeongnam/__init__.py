"""경상남도: twelve languages, with three people on the line."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin, ReportColumn
from plugins.gyeongnam.languages import LANGUAGES, language_of, together

PLUGIN = Plugin(
    code="gyeongnam",
    name="경상남도",
    api=(1, 1),
    summary="통역이 필요한 의견에 열두 언어 3자 통역 상담을 잇습니다.",
    publisher="Sodam",
    source="서울신문·엔데일리 2024-04-22 (경남 120민원콜센터 12개 언어); 읽은 날 2026-11-24",
    contributes=(
        Measure(
            code="interpreted",
            label_ko="통역이 필요한 의견",
            label_en="With an interpreter",
            of="received",
            where={"op": "in", "field": "field.interpreter", "value": sorted(LANGUAGES)},
        ),
        Panel(
            code="interpreter",
            label_ko="3자 통역 상담",
            label_en="Call with an interpreter",
            show=together,
        ),
        ReportColumn(
            code="interpreter",
            label_ko="통역할 말",
            label_en="Language",
            value=language_of,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
