"""강원특별자치도: forests that burn, and guests who should like to come again."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin
from plugins.gangwon.season import beside

QUICK = 30
"""Percent of the statutory time: the province's target for trouble on a visit (overlay, `sla`)."""
ABOUT = {"op": "eq", "field": "category", "value": "tourism"}

PLUGIN = Plugin(
    code="gangwon",
    name="강원특별자치도",
    api=(1, 1),
    summary="산불조심기간이면 산림 의견 옆에 알리고, 관광 불편을 얼마나 빨리 푸는지 잽니다.",
    publisher="Sodam",
    source=(
        "산림청 공고 제2022-28호 (산림보호법 제31조 제3항), 경기도 산불조심기간 공고 2019; "
        "한국지방정부신문 2025-08-11 (도청 콜센터를 관광불편 신고센터로); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="visits_closed",
            label_ko="관광 불편 처리",
            label_en="Trouble on visits settled",
            of="closed",
            where=ABOUT,
        ),
        Measure(
            code="visits_quick",
            label_ko="관광 불편 빨리 처리",
            label_en="Trouble on visits settled quickly",
            of="closed",
            where={"all": [ABOUT, {"op": "le", "field": "used_percent", "value": QUICK}]},
        ),
        Panel(
            code="fire_season",
            label_ko="산불조심기간",
            label_en="Wildfire season",
            show=beside,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
