"""경기도: one number for 27 lines, and a civil affairs office that never closes."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin
from plugins.gyeonggi.one_number import direct_line

PLUGIN = Plugin(
    code="gyeonggi",
    name="경기도",
    api=(1, 1),
    summary="031-120의 안내번호와 언제나민원실을 의견 옆에 보이고, 외국인 주민의 의견을 셉니다.",
    publisher="Sodam",
    source=(
        "서울경제 2020-11-19 (27개 신고전화를 031-120으로); "
        "한국일보 2016-07-10 (여권 4일, 언제나민원실); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="migrants",
            label_ko="외국인 주민 의견",
            label_en="Of foreign residents",
            of="received",
            where={
                "any": [
                    {"op": "eq", "field": "category", "value": "migrants"},
                    {"op": "eq", "field": "language", "value": "en"},
                ]
            },
        ),
        Panel(
            code="direct_line",
            label_ko="바로 잇는 번호",
            label_en="Direct line",
            show=direct_line,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
