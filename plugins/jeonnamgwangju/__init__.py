"""전남광주통합특별시: which of its two predecessors a voice belonged to."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Permission, Plugin, ReportColumn
from plugins.jeonnamgwangju.union import GWANGJU, former_region

PLUGIN = Plugin(
    code="jeonnamgwangju",
    name="전남광주통합특별시",
    api=(1, 1),
    summary="합치기 전의 광주광역시와 전라남도 가운데 어디의 일인지 가려, 옛 통계에 잇습니다.",
    publisher="Sodam",
    source=(
        "오마이뉴스 2026-01-30 (광주광역시와 전라남도를 폐지하고 통합, 시·군·구는 그대로); "
        "행정안전부 행정동 코드 2023-05-01; 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="from_gwangju",
            label_ko="옛 광주광역시 지역",
            label_en="From the former Gwangju",
            of="received",
            where={"op": "in", "field": "field.area", "value": sorted(GWANGJU)},
        ),
        ReportColumn(
            code="former_region",
            label_ko="통합 전 시·도",
            label_en="Region before the union",
            value=former_region,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
