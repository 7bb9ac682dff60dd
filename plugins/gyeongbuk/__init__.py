"""경상북도: the east coast is far from Andong, so the province is in Pohang, too."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin, ReportColumn
from plugins.gyeongbuk.east import COAST, in_pohang, is_coast

PLUGIN = Plugin(
    code="gyeongbuk",
    name="경상북도",
    api=(1, 1),
    summary="동해안 다섯 시·군의 의견을 포항의 환동해지역본부와 잇습니다.",
    publisher="Sodam",
    source=(
        "한국경제 2018-05-31 (여권 말고 모든 민원을 포항에서), 연합뉴스 2018-09-03 "
        "(환동해종합민원실), 전자신문 2018-01-15 (동해안 다섯 시·군); 읽은 날 2026-11-24"
    ),
    contributes=(
        Measure(
            code="east_coast",
            label_ko="동해안 의견",
            label_en="From the east coast",
            of="received",
            where={"op": "in", "field": "field.sigun", "value": sorted(COAST)},
        ),
        Panel(
            code="pohang",
            label_ko="환동해종합민원실",
            label_en="East coast civil affairs office",
            show=in_pohang,
        ),
        ReportColumn(
            code="east_coast",
            label_ko="동해안",
            label_en="East coast",
            value=is_coast,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
