"""A plugin that uses everything a plugin may add. Begin from it: `sodam plugin new CODE DIR`.

Its story: voices that came by phone, and a visit to the place within some days. Throw away what
your government does not need. The leading underscore
keeps the template itself from being loaded.
"""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import Permission, Plugin
from plugins._template.config import Config
from plugins._template.figures import BY_PHONE, MOVED_IN_DAY, MOVED_IN_ON
from plugins._template.files import OLD_SYSTEM
from plugins._template.messages import CARRIER
from plugins._template.pages import DAYS_LEFT, VISIT
from plugins._template.steps import MAKE_VISIT, VISIT_MADE

PLUGIN = Plugin(
    code="template",
    name="본보기",
    api=(1, 1),
    version="1.0",
    summary="전화로 받은 의견을 세고, 현장 방문을 기록합니다.",
    publisher="소담",
    source="본보기이므로 사실을 담지 않습니다. 여기에 사실의 출처와 읽은 날을 적으세요.",
    contributes=(
        BY_PHONE,
        MOVED_IN_ON,
        MOVED_IN_DAY,
        VISIT_MADE,
        MAKE_VISIT,
        OLD_SYSTEM,
        CARRIER,
        VISIT,
        DAYS_LEFT,
    ),
    documents=Path(__file__).parent / "documents",
    config=Config,
    permissions=(
        Permission.CASES,
        Permission.STEPS,
        Permission.FIGURES,
        Permission.RECORDS,
        Permission.FILES,
        Permission.MESSAGES,
        Permission.CAMPAIGNS,
        Permission.DOCUMENTS,
    ),
)
