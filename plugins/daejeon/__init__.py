"""대전광역시: days saved go to the official who saved them."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Permission, Plugin, ReportColumn
from plugins.daejeon.saved import saved_days

PLUGIN = Plugin(
    code="daejeon",
    name="대전광역시",
    api=(1, 1),
    summary="민원처리 마일리지(줄인 날 수)와 트램 공사 의견의 비율을 봅니다.",
    publisher="Sodam",
    source=(
        "시티저널 (대전시 민원처리 마일리지제, 법정처리기간에서 소요기간을 뺀 날을 개인별로 적립); "
        "경향신문 2026-03-03 (트램 전 구간 공사); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="tram",
            label_ko="트램 공사 의견",
            label_en="About the tram works",
            of="received",
            where={"op": "eq", "field": "category", "value": "tram"},
        ),
        ReportColumn(
            code="saved_days",
            label_ko="줄인 날(마일리지)",
            label_en="Days saved",
            value=saved_days,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
