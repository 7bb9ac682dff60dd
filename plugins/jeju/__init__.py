"""제주특별자치도: guests, and two administrative cities."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin, ReportColumn
from plugins.jeju.visits import centre, city_of

ABOUT = {"op": "eq", "field": "category", "value": "tourism"}

PLUGIN = Plugin(
    code="jeju",
    name="제주특별자치도",
    api=(1, 1),
    summary="관광 불편을 관광불편신고센터와 잇고, 업종별로 잽니다. 행정시를 내보내기에 더합니다.",
    publisher="Sodam",
    source=(
        "노컷뉴스 2024-07-15 (제주관광불편신고센터 1533-0082), 뉴스1 2024-09-10 (업종별 226건); "
        "제주특별자치도 행정기구 조례 제12조; 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="visits",
            label_ko="관광 불편",
            label_en="Trouble on visits",
            of="received",
            where=ABOUT,
        ),
        Measure(
            code="visits_transport",
            label_ko="관광 교통 불편",
            label_en="Trouble with transport on visits",
            of="received",
            where={"all": [ABOUT, {"op": "eq", "field": "field.visit_kind", "value": "transport"}]},
        ),
        Panel(
            code="tourist_centre",
            label_ko="관광불편신고센터",
            label_en="Tourist complaint centre",
            show=centre,
        ),
        ReportColumn(
            code="administrative_city",
            label_ko="행정시",
            label_en="Administrative city",
            value=city_of,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
