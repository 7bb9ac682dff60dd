"""인천광역시: points for every day saved, and taken away twice for every day late."""

from __future__ import annotations

from customization.plugin_api import Panel, Permission, Plugin, ReportColumn
from plugins.incheon.mileage import shown, written

PLUGIN = Plugin(
    code="incheon",
    name="인천광역시",
    api=(1, 1),
    summary="민원처리 마일리지: 법정기간보다 하루 빠르면 1점, 하루 늦으면 2점을 뺍니다.",
    publisher="Sodam",
    source="서울신문 2006-10-17 (인천시 민원처리 마일리지, 법정기간 2–30일); 읽은 날 2026-11-24",
    contributes=(
        Panel(
            code="mileage",
            label_ko="민원처리 마일리지",
            label_en="Points for speed",
            show=shown,
        ),
        ReportColumn(
            code="mileage",
            label_ko="마일리지 점수",
            label_en="Points for speed",
            value=written,
        ),
    ),
    permissions=(Permission.CASES,),
)
