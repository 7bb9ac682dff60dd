"""The file another office hands over, line by line, in our names."""

from __future__ import annotations

from collections.abc import Mapping

from customization.plugin_api import Importer

STATES = {"완결": "closed", "진행": "open"}


def convert(line: Mapping[str, str]) -> Mapping[str, str]:
    """One line of the old system's list. A column that is missing or empty stays empty."""
    return {
        "id": line.get("문서번호", "").strip(),
        "title": line.get("건명", "").strip(),
        "body": line.get("요지", "").strip(),
        "received_at": line.get("접수", "").strip().replace(".", "-").rstrip("-"),
        "status": STATES.get(line.get("상태", "").strip(), ""),
    }


OLD_SYSTEM = Importer(
    code="old_system",
    label_ko="옛 민원대장",
    label_en="The old register",
    convert=convert,
    columns=("문서번호", "건명", "요지", "접수", "상태"),
)
