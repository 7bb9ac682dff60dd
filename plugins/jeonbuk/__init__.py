"""전북특별자치도: new land from the sea, and whose it is."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Measure, Panel, Permission, Plugin
from plugins.jeonbuk.saemangeum import whose

PLUGIN = Plugin(
    code="jeonbuk",
    name="전북특별자치도",
    api=(1, 1),
    summary="새만금의 어느 땅이 어느 시·군의 관할인지 의견 옆에 보이고, 그런 의견을 셉니다.",
    publisher="Sodam",
    source="서울신문 2025-09-17 (중앙분쟁조정위원회 2025-09-16 결정); 읽은 날 2026-11-24",
    contributes=(
        Measure(
            code="saemangeum",
            label_ko="새만금·바다 의견",
            label_en="About Saemangeum and the sea",
            of="received",
            where={"op": "eq", "field": "category", "value": "saemangeum"},
        ),
        Panel(
            code="saemangeum",
            label_ko="새만금 관할",
            label_en="Jurisdiction at Saemangeum",
            show=whose,
        ),
    ),
    documents=Path(__file__).parent / "documents",
    permissions=(Permission.CASES, Permission.FIGURES, Permission.DOCUMENTS),
)
