"""대구광역시: what comes in while the call centre is closed goes on to the control room."""

from __future__ import annotations

from customization.plugin_api import Panel, Permission, Plugin, ReportColumn
from plugins.daegu.night import asked_at_night, hand_over

PLUGIN = Plugin(
    code="daegu",
    name="대구광역시",
    api=(1, 1),
    summary="상담 시간 밖에 들어온 안전 의견이 재난안전상황실과 이어지는지 보여 줍니다.",
    publisher="Sodam",
    source=(
        "헤럴드경제 2026-02-11 (120달구벌콜센터 09–18시, 상담 시간 밖은 재난안전상황실); "
        "읽은 날 2026-11-24"
    ),
    contributes=(
        Panel(
            code="control_room",
            label_ko="재난안전상황실",
            label_en="Disaster control room",
            show=hand_over,
        ),
        ReportColumn(
            code="closed_hours",
            label_ko="상담 시간 밖 접수",
            label_en="Received while closed",
            value=asked_at_night,
        ),
    ),
    permissions=(Permission.CASES,),
)
