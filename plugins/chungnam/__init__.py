"""충청남도: the south has an office of its own, and the west has animals and the sea."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin
from plugins.chungnam.south import AREA, at_hand

PLUGIN = Plugin(
    code="chungnam",
    name="충청남도",
    api=(1, 1),
    summary="남부출장소가 여섯 가지 민원을 바로 처리하는 시·군을 알리고, 축산 악취를 셉니다.",
    publisher="Sodam",
    source=(
        "국민일보 2023-01-02 (남부출장소, 논산·계룡·금산); "
        "한국경제 2024-09-18 (축산 악취 개선사업); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="south",
            label_ko="남부 시·군의 의견",
            label_en="From the south",
            of="received",
            where={"op": "in", "field": "field.sigun", "value": sorted(AREA)},
        ),
        Measure(
            code="livestock",
            label_ko="축산 악취 의견",
            label_en="About smells of livestock",
            of="received",
            where={"op": "eq", "field": "category", "value": "livestock"},
        ),
        Panel(
            code="south_office",
            label_ko="남부출장소",
            label_en="Southern office",
            show=at_hand,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
