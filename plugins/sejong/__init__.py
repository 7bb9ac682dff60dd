"""세종특별자치시: one tier of government, a city and its countryside."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Permission, Plugin, ReportColumn
from plugins.sejong.tier import COUNTRYSIDE, kind_of_place

PLUGIN = Plugin(
    code="sejong",
    name="세종특별자치시",
    api=(1, 1),
    summary="구·군이 없는 시에서, 읍·면과 동 가운데 어디의 일인지 봅니다.",
    publisher="Sodam",
    source=(
        "국민일보 2010-11-29 (관할구역에 다른 지방자치단체를 두지 않음); "
        "행정안전부 행정동 코드 2023-05-01 (10개 읍·면, 14개 동); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="countryside",
            label_ko="읍·면에서 온 의견",
            label_en="From the countryside",
            of="received",
            where={"op": "in", "field": "field.eupmyeondong", "value": sorted(COUNTRYSIDE)},
        ),
        ReportColumn(
            code="kind_of_place",
            label_ko="읍·면 또는 동",
            label_en="Countryside or town",
            value=kind_of_place,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
