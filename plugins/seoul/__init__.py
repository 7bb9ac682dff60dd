"""서울특별시: a call centre that answers by night, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Permission, Plugin, ReportColumn
from plugins.seoul.hours import band

PLUGIN = Plugin(
    code="seoul",
    name="서울특별시",
    api=(1, 1),
    summary="120다산콜재단으로 들어온 의견의 비율과, 주간·야간·휴일 접수를 봅니다.",
    publisher="Sodam",
    source=(
        "서울신문 2008-01-28 (120 다산콜센터 24시간 상담, 그 앞은 평일 08–19시); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="phoned",
            label_ko="전화로 접수",
            label_en="Received by phone",
            of="received",
            where={"op": "eq", "field": "channel", "value": "phone"},
        ),
        ReportColumn(
            code="band",
            label_ko="접수 시간대",
            label_en="Time of day received",
            value=band,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
