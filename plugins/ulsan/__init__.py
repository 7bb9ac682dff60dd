"""울산광역시: smells of the industrial complexes, found before they are gone."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin
from plugins.ulsan.odour import areas

QUICK = 30
"""Percent of the statutory time: the city's target for these voices (overlay, `sla`)."""
ABOUT = {"op": "eq", "field": "category", "value": "industrial_site"}

PLUGIN = Plugin(
    code="ulsan",
    name="울산광역시",
    api=(1, 1),
    summary="악취관리지역을 의견 옆에 보이고, 악취를 얼마나 빨리 푸는지 잽니다.",
    publisher="Sodam",
    source=(
        "뉴스포인트 2021-10-05 (울산 악취관리지역 네 곳); "
        "최성득, JEAHT 25(1) 2022-03-31 (악취 민원은 주로 여름); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="odour_closed",
            label_ko="산업단지·악취 처리",
            label_en="Industrial smells settled",
            of="closed",
            where=ABOUT,
        ),
        Measure(
            code="odour_quick",
            label_ko="산업단지·악취 빨리 처리",
            label_en="Industrial smells settled quickly",
            of="closed",
            where={"all": [ABOUT, {"op": "le", "field": "used_percent", "value": QUICK}]},
        ),
        Panel(
            code="odour_areas",
            label_ko="악취관리지역",
            label_en="Odour control areas",
            show=areas,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
