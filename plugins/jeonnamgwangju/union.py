"""The union of 2026-07-01: five districts were 광주광역시, 22 cities and counties 전라남도."""

from __future__ import annotations

from customization.plugin_api import CaseView

AREA = "area"
GWANGJU = frozenset({"gj_dong", "gj_seo", "gj_nam", "gj_buk", "gj_gwangsan"})


def former_region(case: CaseView) -> str | None:
    """The predecessor by the place that was chosen; None when nobody chose one."""
    area = case.attributes.get(AREA)
    if not isinstance(area, str) or not area:
        return None
    return "광주광역시" if area in GWANGJU else "전라남도"
