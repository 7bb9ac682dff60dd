"""충청북도: a petition need not go to Cheongju."""

from __future__ import annotations

from customization.plugin_api import Panel, Permission, Plugin, ReportColumn
from plugins.chungbuk.offices import nearest, office_of

PLUGIN = Plugin(
    code="chungbuk",
    name="충청북도",
    api=(1, 1),
    summary="북부·남부출장소가 맡는 시·군의 의견인지 알려 줍니다.",
    publisher="Sodam",
    source=(
        "서울신문 2010-12-28 (북부출장소, 제천·단양); 아주경제 2012-01-12 (남부출장소, "
        "보은·옥천·영동); 읽은 날 2026-11-24"
    ),
    contributes=(
        Panel(
            code="regional_office",
            label_ko="가까운 출장소",
            label_en="Nearest office",
            show=nearest,
        ),
        ReportColumn(
            code="regional_office",
            label_ko="관할 출장소",
            label_en="Regional office",
            value=office_of,
        ),
    ),
    permissions=(Permission.CASES,),
)
